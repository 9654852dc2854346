"""The built program with the demonstration, a mail server, and a browser without scripts, for the tests beside this file.

One program and one mail server serve all tests of a run; both end with it. Nothing waits for a fixed time: mails are
waited for until they arrive, with a limit."""

import atexit
import email.message
import email.policy
import functools
import html
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from pathlib import Path

import icalendar
from aiosmtpd.controller import Controller

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("IESPEJA_BINARY", str(ROOT / "target/debug/iespeja"))
PASSWORD = "lapsene-kartupelis-73-vilnis"

#: How long a start may take: the first one compiles the courses, on a machine that may be busy.
READY_SECONDS = 300
#: How long a mail may take.
MAIL_SECONDS = 60


@dataclass
class Received:
    """A mail as the server was given it."""

    recipients: list[str]
    message: email.message.EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        """The plain text."""
        part = self.message.get_body(preferencelist=("plain",))
        return part.get_content() if part else ""

    @property
    def link(self) -> str:
        """The first address in the text."""
        found = re.search(r"http://127\.0\.0\.1:\d+\S+", self.text)
        assert found, self.text
        return found.group()

    @property
    def invitations(self) -> list["Invitation"]:
        """What is for the calendar: of every part, wherever it is, of the type `text/calendar`."""
        parts = (part for part in self.message.walk() if part.get_content_type() == "text/calendar")
        return [Invitation(part) for part in parts]

    @property
    def defects(self) -> list[str]:
        """What the parser found wrong, in any part."""
        return [f"{part.get_content_type()}: {defect!r}" for part in self.message.walk() for defect in part.defects]


class Invitation:
    """A calendar file in a mail."""

    def __init__(self, part: email.message.EmailMessage) -> None:
        #: The parameter of the part's type.
        self.method = part.get_param("method")
        self.charset = part.get_param("charset")
        self.text = part.get_payload(decode=True).decode("utf-8")
        self.calendar = icalendar.Calendar.from_ical(self.text)

    @property
    def event(self) -> icalendar.Event:
        """Its only entry."""
        (event,) = self.calendar.walk("VEVENT")
        return event


class Mailbox:
    """A mail server that keeps what it is given."""

    def __init__(self) -> None:
        self._mails: list[Received] = []
        self._refused: set[str] = set()
        self._arrived = threading.Condition()
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port())
        self._controller.start()

    @property
    def url(self) -> str:
        return f"smtp://{self._controller.hostname}:{self._controller.port}"

    async def handle_DATA(self, _server, _session, envelope) -> str:
        """Called by aiosmtpd for each mail."""
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        mail = Received(list(envelope.rcpt_tos), message)
        with self._arrived:
            self._mails.append(mail)
            self._arrived.notify_all()
            if self._refused.intersection(mail.recipients):
                self._refused.difference_update(mail.recipients)
                return "554 5.3.0 It was taken, and then the system failed"
        return "250 OK"

    def refuse_next(self, address: str) -> None:
        """The next mail to this address is taken and then refused, as by a server that fails at the end."""
        with self._arrived:
            self._refused.add(address)

    def all_to(self, address: str, about: str = "") -> list[Received]:
        """Those that have arrived, the first one first."""
        with self._arrived:
            return [mail for mail in self._mails if address in mail.recipients and about in mail.subject]

    def wait_for(self, address: str, about: str = "", count: int = 1) -> Received:
        """The last of so many mails with these words in the subject; waits until they have arrived."""
        with self._arrived:
            arrived = self._arrived.wait_for(lambda: len(self._to(address, about)) >= count, MAIL_SECONDS)
            found = self._to(address, about)
            if not arrived:
                others = [mail.subject for mail in self._mails if address in mail.recipients]
                raise AssertionError(f"no mail to {address} about {about!r}, only {others}\n{platform().output()}")
            return found[count - 1]

    def _to(self, address: str, about: str) -> list[Received]:
        return [mail for mail in self._mails if address in mail.recipients and about in mail.subject]

    def stop(self) -> None:
        self._controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Platform:
    """The program with `--demo`, on data of its own, sending its mails to a mailbox."""

    def __init__(self) -> None:
        self.mailbox = Mailbox()
        self._folder = tempfile.mkdtemp(prefix="iespeja-readers-")
        compiled = os.environ.get("IESPEJA_TEST_BUNDLE")
        if compiled:
            shutil.copytree(compiled, Path(self._folder) / "bundle")
        port = free_port()
        self.origin = f"http://127.0.0.1:{port}"
        self._log = open(Path(self._folder) / "output.log", "w+b")
        settings = {
            "IESPEJA_LISTEN": f"127.0.0.1:{port}",
            "IESPEJA_DATA_DIR": self._folder,
            "IESPEJA_DEMO_PASSWORD": PASSWORD,
            "IESPEJA_SMTP_URL": self.mailbox.url,
        }
        self._process = subprocess.Popen(
            [PROGRAM, "--demo"],
            cwd=ROOT,
            env=os.environ | settings,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )
        atexit.register(self.stop)
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.origin}/readyz", timeout=5):
                    return
            except OSError:
                # It does not listen yet, or is not ready.
                time.sleep(0.1)
        raise AssertionError(f"the program is not ready:\n{self.output()}")

    def output(self) -> str:
        """What it printed so far."""
        return (Path(self._folder) / "output.log").read_text(errors="replace")

    def stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self.mailbox.stop()
        self._log.close()
        shutil.rmtree(self._folder, ignore_errors=True)


@functools.cache
def platform() -> Platform:
    """The one of this run, started when it is first needed."""
    return Platform()


def session(number: int, day: date, begins: str, ends: str) -> dict[str, str]:
    """The fields of a session at a venue, in the form of an event."""
    fields = {
        "day": day.isoformat(),
        "begins": begins,
        "ends": ends,
        "city": "Rēzekne",
        "address": "Paraugu iela 1",
        "room": "101. telpa",
        "accessibility": "Lifts, indukcijas cilpa",
    }
    return {f"session-{number}-{name}": value for name, value in fields.items()}


@dataclass
class Form:
    """A form of a page, with what would be sent."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def fill(self, values: dict[str, str]) -> None:
        """Types, chooses or ticks; each has to be a field of the form."""
        for name, value in values.items():
            assert name in self.names, f"the form has no field {name}: {sorted(self.names)}"
            self.fields = [(known, kept) for known, kept in self.fields if known != name]
            self.fields.append((name, value))


class _Forms(HTMLParser):
    """Reads the forms of a page as a browser would send them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select: str | None = None
        self._textarea: str | None = None
        self._typed = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = dict(attrs)
        if tag == "form":
            self._form = Form(of.get("action") or "", (of.get("method") or "get").lower())
            self.forms.append(self._form)
        if self._form is None:
            return
        name, value = of.get("name"), of.get("value") or ""
        if tag == "option" and self._select and "selected" in of:
            self._form.fields.append((self._select, value))
        if not name:
            return
        if tag in ("input", "select", "textarea"):
            self._form.names.add(name)
        if tag == "button":
            self._form.buttons.append((name, value))
        elif tag == "select":
            self._select = name
        elif tag == "textarea":
            self._textarea, self._typed = name, ""
        elif tag == "input":
            is_choice = of.get("type") in ("checkbox", "radio")
            if not is_choice or "checked" in of:
                self._form.fields.append((name, value))

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self._typed += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._textarea and self._form:
            # A line break right after the tag is not part of the text.
            self._form.fields.append((self._textarea, self._typed.removeprefix("\n")))
            self._textarea = None


@dataclass
class Page:
    """An answer of the program."""

    status: int
    url: str
    headers: email.message.Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def path(self) -> str:
        return urllib.parse.urlsplit(self.url).path

    @property
    def links(self) -> list[str]:
        """The addresses of its links, in order."""
        return [html.unescape(address) for address in re.findall(r'<a\b[^>]*\bhref="([^"]*)"', self.text)]

    def form(self, action: str) -> Form:
        """The form that is sent to this address."""
        reader = _Forms()
        reader.feed(self.text)
        for form in reader.forms:
            if urllib.parse.urlsplit(form.action).path == action:
                return form
        raise AssertionError(f"{self.url} has no form for {action}: {[form.action for form in reader.forms]}")


class Browser:
    """A browser without scripts: keeps cookies, follows redirects."""

    def __init__(self) -> None:
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def open(self, address: str) -> Page:
        """A page by its path or whole address."""
        return self._ask(address, None)

    def send(self, page: Page, action: str, values: dict[str, str] | None = None, button: tuple[str, str] | None = None) -> Page:
        """Fills and sends the form of a page that leads to this address."""
        form = page.form(action)
        form.fill(values or {})
        fields = form.fields + ([button] if button else [])
        return self._ask(form.action, urllib.parse.urlencode(fields).encode())

    def _ask(self, address: str, body: bytes | None) -> Page:
        request = urllib.request.Request(urllib.parse.urljoin(platform().origin, address), body)
        try:
            with self._opener.open(request, timeout=60) as answer:
                return Page(answer.status, answer.url, answer.headers, answer.read())
        except urllib.error.HTTPError as answer:
            return Page(answer.status, answer.url, answer.headers, answer.read())

    @classmethod
    def signed_in(cls, address: str) -> "Browser":
        """Of somebody of the demonstration."""
        browser = cls()
        page = browser.open("/lv/sign-in")
        page = browser.send(page, "/lv/sign-in", {"email": address, "password": PASSWORD})
        assert page.status == 200 and page.path != "/lv/sign-in", page.text
        return browser


class ReaderTest(unittest.TestCase):
    """What the tests have in common: an organiser who makes events, and guests who register."""

    maxDiff = None

    def setUp(self) -> None:
        self.organiser = Browser.signed_in("organiser@example.com")
        self.mailbox = platform().mailbox

    def announce(self, kind: str, values: dict[str, str]) -> str:
        """Makes an event for everyone and announces it; its id."""
        new = f"/lv/organise/events/new/{kind}"
        values = {"audience": "everyone", "summary_lv": "Par ko runāsim."} | values
        page = self.organiser.send(self.organiser.open(new), new, values, ("do", "save"))
        self.assertEqual(page.status, 200, page.text)
        event = page.path.rsplit("/", 1)[-1]
        page = self.organiser.send(page, f"/lv/organise/events/{event}/publish")
        self.assertEqual(page.status, 200, page.text)
        return event

    def change(self, event: str, values: dict[str, str]) -> None:
        """Changes fields of an event."""
        path = f"/lv/organise/events/{event}/edit"
        page = self.organiser.send(self.organiser.open(path), path, values, ("do", "save"))
        self.assertEqual((page.status, page.path), (200, f"/lv/organise/events/{event}"), page.text)

    def cancel(self, event: str, reason: str) -> None:
        """Cancels an event."""
        path = f"/lv/organise/events/{event}/cancel"
        page = self.organiser.send(self.organiser.open(path), path, {"cancel_reason": reason})
        self.assertEqual(page.status, 200, page.text)

    def ask_for_place(self, event: str, address: str, names: tuple[str, str] = ("Zanda", "Ņikona-Parauga"), **values: str) -> Page:
        """Registers as a guest: the address still has to be confirmed."""
        path = f"/lv/events/{event}/register"
        guest = Browser()
        values = {"given_name": names[0], "family_name": names[1], "email": address} | values
        page = guest.send(guest.open(path), path, values)
        self.assertEqual((page.status, page.path), (200, f"{path}/sent"), page.text)
        return page

    def register(self, event: str, address: str, names: tuple[str, str] = ("Zanda", "Ņikona-Parauga"), **values: str) -> str:
        """Registers as a guest and confirms the address; the path of the registration."""
        self.ask_for_place(event, address, names, **values)
        link = self.mailbox.wait_for(address).link
        guest = Browser()
        page = guest.send(guest.open(link), urllib.parse.urlsplit(link).path + "/confirm")
        self.assertEqual(page.status, 200, page.text)
        return page.path
