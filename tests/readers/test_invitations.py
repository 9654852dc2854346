"""Mails about events as a mail server receives them, and their calendar files as another program reads them."""

import re
import time
import unittest
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import icalendar

from support import MAIL_SECONDS, Browser, Invitation, ReaderTest, Received, platform, session

RIGA = ZoneInfo("Europe/Riga")


def coming(weekday: int, after_days: int) -> date:
    """The first such day of the week that is so many days away or more."""
    day = date.today() + timedelta(days=after_days)
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def local(day: date, clock: str) -> datetime:
    """A time of day in Latvia."""
    return datetime.combine(day, datetime.strptime(clock, "%H:%M").time(), RIGA)


class Invitations(ReaderTest):
    """From the registration to the cancelled event."""

    def assert_well_made(self, mail: Received, method: str, address: str) -> list[Invitation]:
        """Checks what holds for every invitation; returns those of the mail."""
        self.assertEqual(mail.defects, [])
        self.assertEqual(mail.recipients, [address])
        self.assertTrue(mail.text.strip())
        invitations = mail.invitations
        self.assertTrue(invitations, mail.message.as_string())
        for invitation in invitations:
            self.assertEqual(invitation.method, method)
            self.assertEqual(invitation.calendar["METHOD"], method, "METHOD is the parameter of the part")
            self.assertEqual(invitation.charset, "utf-8")
            self.assertEqual(invitation.calendar["VERSION"], "2.0")
            self.assertEqual(invitation.calendar.errors, [])
            event = invitation.event
            self.assertEqual(event.errors, [])
            for required in ("UID", "DTSTAMP", "SEQUENCE", "ORGANIZER", "ATTENDEE", "DTSTART"):
                self.assertIn(required, event)
            self.assertEqual(str(event["ATTENDEE"]), f"mailto:{address}")
            self.assertRegex(str(event["ORGANIZER"]), r"^mailto:\S+@\S+$")
            # RFC 5546, 3.2: whoever is invited by REQUEST or CANCEL is one person here.
            self.assertNotIsInstance(event["ATTENDEE"], list)
        return invitations

    def test_a_guest_registers_is_invited_and_told_of_changes(self) -> None:
        address = "zanda.nikona@example.com"
        day = coming(weekday=2, after_days=30)
        title = "Saruna par „ērtu”, drošu; un gudru \\ darbu"
        event = self.announce("discussion", {"title_lv": title} | session(1, day, "10:00", "13:00"))

        self.ask_for_place(event, address)
        asked = self.mailbox.wait_for(address, title)
        self.assertEqual(asked.invitations, [], "nothing for the calendar before the address is confirmed")
        # A program that opens the links in mails confirms nothing.
        scanner = Browser()
        for _ in range(2):
            self.assertEqual(scanner.open(asked.link).status, 200)
        self.assertEqual(len(self.mailbox.all_to(address)), 1)
        guest = Browser()
        page = guest.send(guest.open(asked.link), asked.link.removeprefix(platform().origin) + "/confirm")
        self.assertIn("Jums ir vieta", page.text)

        confirmed = self.mailbox.wait_for(address, title, count=2)
        (first,) = self.assert_well_made(confirmed, "REQUEST", address)
        entry = first.event
        self.assertEqual(entry["SUMMARY"], title)
        self.assertEqual(entry["ATTENDEE"].params["CN"], "Zanda Ņikona-Parauga")
        self.assertEqual(entry["STATUS"], "CONFIRMED")
        self.assertEqual(entry.DTSTART, local(day, "10:00"))
        self.assertEqual(entry.DTEND, local(day, "13:00"))
        self.assertEqual(entry["LOCATION"], "Paraugu iela 1, Rēzekne, 101. telpa")

        later = day + timedelta(days=7)
        self.change(event, {"session-1-day": later.isoformat()})
        moved = self.mailbox.wait_for(address, title, count=3)
        (second,) = self.assert_well_made(moved, "REQUEST", address)
        self.assertEqual(second.event["UID"], entry["UID"], "the same entry")
        self.assertGreater(second.event["SEQUENCE"], entry["SEQUENCE"])
        self.assertGreaterEqual(second.event.DTSTAMP, entry.DTSTAMP)
        self.assertEqual(second.event.DTSTART, local(later, "10:00"))

        self.change(event, {"summary_lv": "Tikai apraksts."})
        self.cancel(event, "Lektors ir saslimis.")
        cancelled = self.mailbox.wait_for(address, title, count=4)
        self.assertIn("Lektors ir saslimis.", cancelled.text, "a changed summary is no cause for a mail")
        (last,) = self.assert_well_made(cancelled, "CANCEL", address)
        self.assertEqual(last.event["UID"], entry["UID"])
        self.assertGreater(last.event["SEQUENCE"], second.event["SEQUENCE"])
        self.assertEqual(last.event["STATUS"], "CANCELLED")

    def test_each_session_is_an_entry_and_one_that_is_dropped_is_cancelled(self) -> None:
        address = "seminars@example.com"
        day = coming(weekday=1, after_days=40)
        following = day + timedelta(days=1)
        title = "Seminārs divās dienās"
        values = session(1, day, "10:00", "17:00") | session(2, following, "09:30", "16:00")
        event = self.announce("seminar", {"title_lv": title, "minimum": ""} | values)
        self.register(event, address)
        invitations = self.assert_well_made(self.mailbox.wait_for(address, title, count=2), "REQUEST", address)
        self.assertEqual([one.event.DTSTART for one in invitations], [local(day, "10:00"), local(following, "09:30")])
        uids = [str(one.event["UID"]) for one in invitations]
        self.assertEqual(len(set(uids)), 2)

        path = f"/lv/organise/events/{event}/edit"
        page = self.organiser.send(self.organiser.open(path), path, button=("do", "remove-session-1"))
        page = self.organiser.send(page, path, button=("do", "save"))
        self.assertEqual((page.status, page.path), (200, path.removesuffix("/edit")), page.text)
        changed = self.mailbox.wait_for(address, title, count=3).invitations
        self.assertEqual(
            {(str(one.event["UID"]), one.method, str(one.calendar["METHOD"])) for one in changed},
            {(uids[0], "CANCEL", "CANCEL"), (uids[1], "REQUEST", "REQUEST")},
        )

    def test_whoever_cancels_loses_the_entry_and_the_next_gets_it(self) -> None:
        first, second = "pirma@example.com", "otra@example.com"
        day = coming(weekday=3, after_days=35)
        title = "Diskusija ar vienu vietu"
        values = session(1, day, "14:00", "16:00")
        event = self.announce("discussion", {"title_lv": title, "capacity": "1", "offer_hours": "0"} | values)
        own = self.register(event, first, ("Pirmā", "Parauga"))
        self.register(event, second, ("Otrā", "Parauga"))
        waiting = self.mailbox.wait_for(second, title, count=2)
        self.assertEqual(waiting.invitations, [], "who waits has nothing in the calendar")

        guest = Browser()
        page = guest.send(guest.open(f"{own}/cancel"), f"{own}/cancel")
        self.assertEqual(page.status, 200, page.text)
        invited = self.assert_well_made(self.mailbox.wait_for(first, title, count=2), "REQUEST", first)
        ended = self.assert_well_made(self.mailbox.wait_for(first, title, count=3), "CANCEL", first)
        self.assertEqual(ended[0].event["UID"], invited[0].event["UID"])
        self.assertGreater(ended[0].event["SEQUENCE"], invited[0].event["SEQUENCE"])
        promoted = self.assert_well_made(self.mailbox.wait_for(second, title, count=3), "REQUEST", second)
        self.assertNotEqual(promoted[0].event["UID"], invited[0].event["UID"], "each registration has an entry of its own")

    def test_a_mail_that_is_sent_once_more_keeps_its_id(self) -> None:
        address = "atkartoti@example.com"
        title = "Diskusija par atkārtotu vēstuli"
        event = self.announce("discussion", {"title_lv": title} | session(1, coming(2, 50), "10:00", "12:00"))
        self.mailbox.refuse_next(address)
        self.ask_for_place(event, address)
        first = self.mailbox.wait_for(address, title)

        administrator = Browser.signed_in("admin@example.com")
        job = self.failed_job(administrator, address)
        page = administrator.send(administrator.open(job), f"{job}/retry")
        self.assertEqual(page.status, 200, page.text)
        second = self.mailbox.wait_for(address, title, count=2)
        self.assertTrue(first.message["Message-ID"])
        self.assertEqual(second.message["Message-ID"], first.message["Message-ID"])
        self.assertEqual(second.text, first.text)

    def failed_job(self, administrator: Browser, address: str) -> str:
        """The path of the mail that was given up; waits until the server's answer is noted."""
        deadline = time.monotonic() + MAIL_SECONDS
        while time.monotonic() < deadline:
            page = administrator.open(f"/lv/admin/jobs?q={address}&phase=dead")
            for link in page.links:
                if re.fullmatch(r"/lv/admin/jobs/[0-9a-f-]{36}", link):
                    return link
            time.sleep(0.1)
        raise AssertionError(f"no mail was given up: {page.text}")


class ChangesOfTheClock(ReaderTest):
    """Times on the days on which the clock is moved, read from the calendar file of the public page."""

    @staticmethod
    def last_sunday(month: int) -> date:
        """The next last Sunday of this month that is at least a month away."""
        year = date.today().year
        while True:
            end = date(year, month, 31)
            day = end - timedelta(days=(end.weekday() + 1) % 7)
            if day > date.today() + timedelta(days=31):
                return day
            year += 1

    def entries(self, event: str) -> list[icalendar.Event]:
        page = Browser().open(f"/lv/events/{event}/event.ics")
        self.assertEqual(page.headers.get_content_type(), "text/calendar")
        calendar = icalendar.Calendar.from_ical(page.text)
        self.assertEqual(calendar["METHOD"], "PUBLISH")
        self.assertEqual(calendar.errors, [])
        return calendar.walk("VEVENT")

    def test_a_seminar_on_both_sides_of_a_change(self) -> None:
        for month, hours_apart in ((10, 25), (3, 23)):
            sunday = self.last_sunday(month)
            saturday = sunday - timedelta(days=1)
            with self.subTest(sunday=sunday):
                values = session(1, saturday, "10:00", "17:00") | session(2, sunday, "10:00", "17:00")
                event = self.announce("seminar", {"title_lv": f"Seminārs {sunday}", "minimum": ""} | values)
                first, second = self.entries(event)
                for entry, day in ((first, saturday), (second, sunday)):
                    self.assertEqual(entry.DTSTART.astimezone(RIGA), local(day, "10:00"))
                    self.assertEqual(entry.DTEND.astimezone(RIGA), local(day, "17:00"))
                    self.assertEqual(entry.DTSTART.utcoffset(), timedelta(0), "written in UTC")
                self.assertEqual(second.DTSTART - first.DTSTART, timedelta(hours=hours_apart))

    def test_a_night_in_which_the_clock_is_moved(self) -> None:
        # In October 04:00 becomes 03:00, in March 03:00 becomes 04:00: both at 01:00 UTC.
        for month, hours in ((10, 4), (3, 2)):
            sunday = self.last_sunday(month)
            with self.subTest(sunday=sunday):
                values = session(1, sunday, "02:00", "05:00")
                event = self.announce("discussion", {"title_lv": f"Nakts saruna {sunday}"} | values)
                (entry,) = self.entries(event)
                self.assertEqual(entry.DTEND - entry.DTSTART, timedelta(hours=hours))
                self.assertEqual(entry.DTEND.astimezone(RIGA).strftime("%H:%M"), "05:00")

    def test_the_hour_that_is_there_twice_is_the_one_that_was_chosen(self) -> None:
        sunday = self.last_sunday(10)
        path = "/lv/organise/events/new/discussion"
        values = {"title_lv": "Atkārtotā stunda", "summary_lv": "Par laiku.", "audience": "everyone"} | session(1, sunday, "03:30", "06:00")
        page = self.organiser.send(self.organiser.open(path), path, values, ("do", "save"))
        self.assertEqual(page.status, 422, "which of the two is asked")
        page = self.organiser.send(page, path, {"session-1-begins_which": "second"}, ("do", "save"))
        self.assertEqual(page.status, 200, page.text)
        event = page.path.rsplit("/", 1)[-1]
        self.organiser.send(page, f"/lv/organise/events/{event}/publish")
        (entry,) = self.entries(event)
        after = datetime.combine(sunday, datetime.min.time(), timezone.utc) + timedelta(hours=1, minutes=30)
        self.assertEqual(entry.DTSTART, after)


class PublicFeed(ReaderTest):
    """The calendar to which anybody can subscribe."""

    def test_it_has_every_coming_session_once_and_nobody_s_name(self) -> None:
        day = coming(weekday=4, after_days=45)
        event = self.announce("discussion", {"title_lv": "Diskusija plūsmā"} | session(1, day, "10:00", "11:00"))
        self.register(event, "plusma@example.com", ("Slepenā", "Dalībniece-Parauga"))
        page = Browser().open("/lv/events.ics")
        self.assertEqual(page.headers.get_content_type(), "text/calendar")
        self.assertNotIn("Slepenā", page.text)
        calendar = icalendar.Calendar.from_ical(page.text)
        self.assertEqual((calendar["METHOD"], calendar.errors), ("PUBLISH", []))
        entries = calendar.walk("VEVENT")
        uids = [str(entry["UID"]) for entry in entries]
        self.assertEqual(len(uids), len(set(uids)))
        self.assertGreater(len(uids), 5, "those of the demonstration, too")
        for entry in entries:
            self.assertEqual(entry.errors, [])
            self.assertNotIn("ATTENDEE", entry)
            self.assertLess(entry.DTSTART, entry.DTEND)
        (own,) = [entry for entry in entries if event in str(entry["UID"])]
        self.assertEqual((own["SUMMARY"], own.DTSTART), ("Diskusija plūsmā", local(day, "10:00")))
        self.assertTrue(str(own["URL"]).endswith(f"/lv/events/{event}"))
        # Read with other tools line by line: no line is longer than 75 octets (RFC 5545, 3.1).
        for line in page.body.split(b"\r\n"):
            self.assertLessEqual(len(line), 75, line)


if __name__ == "__main__":
    unittest.main()
