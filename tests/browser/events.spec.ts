import type { Locator, Page } from "@playwright/test";

import { violations } from "./support/axe.ts";
import { expect, signedIn, test, visitor } from "./support/fixtures.ts";
import { activate, choose, expectVisibleFocus, pick, type } from "./support/keyboard.ts";
import type { Mail } from "./support/server.ts";

/** Every test makes its own event, so that none depends on another or on the demonstration's days. */
const PARTICIPANT = "participant@example.com";

/** A day at least a month away whose day and month have the same number: as such it is typed in any order of both. */
function comingDay(): Date {
  const earliest = Date.now() + 32 * 86_400_000;
  const year = new Date().getUTCFullYear();
  const days = [year, year + 1].flatMap((year) => Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(year, month, month + 1))));
  const day = days.find((day) => day.getTime() > earliest);
  if (!day) throw new Error("no such day");
  return day;
}

const iso = (day: Date): string => day.toISOString().slice(0, 10);
const later = (day: Date, days: number): Date => new Date(day.getTime() + days * 86_400_000);

/** The value of a property of a calendar file's only entry. */
function property(mail: Mail, name: string): string {
  const [calendar, ...others] = mail.calendars;
  expect(others, "one file for the event's one session").toEqual([]);
  const line = calendar?.lines.find((line) => new RegExp(`^${name}[;:]`).test(line));
  expect(line, `${name} in ${calendar?.lines.join("\n")}`).toBeTruthy();
  return (line ?? "").slice((line ?? "").indexOf(":") + 1);
}

/** As the part of the mail and the file say it; both have to say the same. */
function method(mail: Mail): string {
  expect(property(mail, "METHOD")).toBe(mail.calendars[0]?.method);
  return property(mail, "METHOD");
}

/** A field of the event's first session. */
function sessionField(page: Page, label: string): Locator {
  return page.locator("#session-1").getByLabel(label, { exact: true });
}

/** The organiser announces an event of one place whose places are confirmed without asking; its id. */
async function announce(page: Page, title: string, day: Date): Promise<string> {
  const main = page.getByRole("main");
  await page.goto("/lv/organise");
  await main.getByRole("link", { name: "Jauns pasākums" }).click();
  await main.getByRole("link", { name: "Diskusija" }).click();
  await main.getByRole("radio", { name: "Ikvienam" }).check();
  await main.getByLabel("Nosaukums latviešu valodā").fill(title);
  await main.getByLabel("Apraksts latviešu valodā").fill("Par ko runāsim.");
  await sessionField(page, "Diena").fill(iso(day));
  await main.getByLabel("Pilsēta vai ciems").fill("Rīga");
  await main.getByLabel("Adrese", { exact: true }).fill("Paraugu iela 1");
  await main.getByLabel("Vides piekļūstamība").fill("Lifts");
  await main.getByLabel("Vietu skaits").fill("1");
  await main.getByLabel("Cik stundu tur piedāvātu vietu").fill("0");
  await main.getByRole("button", { name: "Saglabāt melnrakstu" }).click();
  await expect(page.getByText("Melnraksts ir saglabāts.")).toBeVisible();
  await main.getByRole("button", { name: "Izsludināt" }).click();
  await expect(page.getByText("Pasākums ir izsludināts.")).toBeVisible();
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

test("an event is announced, filled, moved and cancelled, and everybody's calendar follows", async ({ page, context, server, problems }) => {
  const day = comingDay();
  const title = "Diskusija par vienu vietu";
  const guestAddress = "viesis.viena-vieta@example.lv";
  await signedIn(context, server, "organiser");
  const event = await test.step("the organiser announces it", async () => announce(page, title, day));

  await page.goto("/lv/");
  const learner = await visitor(page, problems);
  await signedIn(learner.context(), server, "participant");
  const own = await test.step("somebody with an account gets the place", async () => {
    const main = learner.getByRole("main");
    await learner.goto(`/lv/events?q=${encodeURIComponent(title)}`);
    await main.getByRole("link", { name: title }).click();
    await main.getByRole("link", { name: "Pieteikties" }).click();
    expect(await violations(learner)).toEqual([]);
    await main.getByRole("button", { name: "Pieteikties" }).click();
    await expect(main).toContainText("Jums ir vieta");
    expect(await violations(learner)).toEqual([]);
    return new URL(learner.url()).pathname;
  });
  const invited = await server.mailTo(PARTICIPANT, new RegExp(`Jums ir vieta: ${title}`));
  const uid = property(invited, "UID");
  expect(method(invited)).toBe("REQUEST");
  expect(property(invited, "ATTENDEE")).toBe(`mailto:${PARTICIPANT}`);
  expect(property(invited, "DTSTART")).toContain(iso(day).replaceAll("-", ""));

  // Only in the browser of this person; scripts, and so axe, are off.
  const guest = await visitor(page, problems, { javaScriptEnabled: false });
  const guestMain = guest.getByRole("main");
  const link = await test.step("a guest without scripts joins the waiting list", async () => {
    await guest.goto(`/lv/events/${event}`);
    await expect(guestMain).toContainText("Visas vietas aizņemtas");
    await guestMain.getByRole("link", { name: "Pieteikties gaidīšanas sarakstā" }).click();
    await guestMain.getByRole("button", { name: "Pieteikties gaidīšanas sarakstā" }).click();
    await expect(guest.getByRole("alert")).toContainText("Ierakstiet");
    await guestMain.getByLabel("Vārds", { exact: true }).fill("Ģertrūde");
    await guestMain.getByLabel("Uzvārds").fill("Ņemme-Parauga");
    await guestMain.getByLabel("E-pasta adrese").fill(guestAddress);
    await guestMain.getByRole("button", { name: "Pieteikties gaidīšanas sarakstā" }).click();
    await expect(guest.getByRole("heading", { level: 1 })).toHaveText(/Vēl jāapstiprina/);
    const mail = await server.mailTo(guestAddress, /Apstipriniet pieteikumu/);
    expect(mail.calendars, "nothing for the calendar yet").toEqual([]);
    const link = mail.links.find((address) => address.includes("/registrations/")) ?? "";
    // Opening the link, as programs that check mails do, confirms nothing.
    await guest.goto(link);
    await guest.reload();
    await expect(guestMain).toContainText("Pieteikums vēl jāapstiprina");
    await guestMain.getByRole("button", { name: "Apstiprināt" }).click();
    await expect(guestMain).toContainText("Jūs esat gaidīšanas sarakstā");
    await expect(guestMain).toContainText("Jūsu vieta rindā: 1");
    expect((await server.mailTo(guestAddress, /gaidīšanas sarakstā/)).calendars).toEqual([]);
    return link;
  });

  const uidOfGuest = await test.step("the place of whoever cancels goes to the next", async () => {
    const main = learner.getByRole("main");
    await learner.goto(own);
    await main.getByRole("link", { name: "Atsaukt pieteikumu" }).click();
    expect(await violations(learner)).toEqual([]);
    await main.getByRole("button", { name: "Jā, atteikties" }).click();
    await expect(main).toContainText("Pieteikums ir atsaukts");
    const cancelled = await server.mailTo(PARTICIPANT, new RegExp(`Pieteikums ir atsaukts: ${title}`));
    expect([method(cancelled), property(cancelled, "UID")]).toEqual(["CANCEL", uid]);
    const promoted = await server.mailTo(guestAddress, /Jums tagad ir vieta/);
    expect(method(promoted)).toBe("REQUEST");
    const uidOfGuest = property(promoted, "UID");
    expect(uidOfGuest, "each registration has an entry of its own").not.toBe(uid);
    await guest.goto(link);
    await expect(guestMain).toContainText("Jums ir vieta");
    return uidOfGuest;
  });

  const moved = await test.step("the organiser moves it, and the calendar entry moves", async () => {
    const main = page.getByRole("main");
    await page.goto(`/lv/organise/events/${event}/edit`);
    await sessionField(page, "Diena").fill(iso(later(day, 7)));
    await sessionField(page, "Sākums").fill("14:00");
    await sessionField(page, "Beigas").fill("16:00");
    await main.getByRole("button", { name: "Saglabāt", exact: true }).click();
    await expect(page.getByText("Izmaiņas ir saglabātas.")).toBeVisible();
    const changed = await server.mailTo(guestAddress, /Mainīts laiks vai vieta/);
    expect([method(changed), property(changed, "UID")]).toEqual(["REQUEST", uidOfGuest]);
    expect(Number(property(changed, "SEQUENCE"))).toBeGreaterThan(Number(property(invited, "SEQUENCE")));
    expect(property(changed, "DTSTART")).toContain(iso(later(day, 7)).replaceAll("-", ""));
    return changed;
  });

  await test.step("the organiser cancels it, and the calendar entry ends", async () => {
    const main = page.getByRole("main");
    await page.goto(`/lv/organise/events/${event}/cancel`);
    await main.getByLabel("Iemesls").fill("Lektore ir saslimusi.");
    await main.getByRole("button", { name: "Atcelt pasākumu" }).click();
    await expect(page.getByText("Pasākums ir atcelts.")).toBeVisible();
    const ended = await server.mailTo(guestAddress, /Pasākums nenotiks/);
    expect(ended.text).toContain("Lektore ir saslimusi.");
    expect([method(ended), property(ended, "UID")]).toEqual(["CANCEL", uidOfGuest]);
    expect(Number(property(ended, "SEQUENCE"))).toBeGreaterThan(Number(property(moved, "SEQUENCE")));
    await guest.goto(link);
    await expect(guestMain).not.toContainText("Jums ir vieta");
    await guest.goto(`/lv/events/${event}/register`);
    await expect(guestMain).toContainText("Pieteikties nevar");
  });
});

test("an event is announced and a place is taken with the keyboard alone", async ({ page, context, server, problems }) => {
  const day = comingDay();
  const title = "Diskusija ar tastatūru";
  const main = page.getByRole("main");
  await signedIn(context, server, "organiser");

  await test.step("the organiser announces it, after a mistake", async () => {
    const dayField = sessionField(page, "Diena");
    await page.goto("/lv/organise");
    await activate(main.getByRole("link", { name: "Jauns pasākums" }));
    await activate(main.getByRole("link", { name: "Diskusija" }));
    await pick(main.getByLabel("Programmas virziens"), "Diskusijas valsts un pašvaldību institūcijām");
    await type(main.getByLabel("Nosaukums latviešu valodā"), title);
    await type(main.getByLabel("Apraksts latviešu valodā"), "Par ko runāsim.");
    await choose(main.getByRole("radio", { name: "Ikvienam" }));
    await activate(main.getByRole("button", { name: "Saglabāt melnrakstu" }));
    await inSummary(page);
    await activate(page.locator(".error-summary a").first());
    await expect(dayField).toBeFocused();
    await expectVisibleFocus(page);
    const number = String(day.getUTCDate()).padStart(2, "0");
    await page.keyboard.type(`${number}${number}${day.getUTCFullYear()}`);
    await expect(dayField).toHaveValue(iso(day));
    await type(main.getByLabel("Pilsēta vai ciems"), "Rīga");
    await type(main.getByLabel("Adrese", { exact: true }), "Paraugu iela 1");
    await type(main.getByLabel("Vides piekļūstamība"), "Lifts");
    await activate(main.getByRole("button", { name: "Saglabāt melnrakstu" }));
    await expect(page.getByText("Melnraksts ir saglabāts.")).toBeVisible();
    await activate(main.getByRole("button", { name: "Izsludināt" }));
    await expect(page.getByText("Pasākums ir izsludināts.")).toBeVisible();
  });
  const event = new URL(page.url()).pathname.split("/").at(-1) ?? "";

  await test.step("a guest registers and confirms, after mistakes", async () => {
    const address = "viesis.tastatura@example.lv";
    const guest = await visitor(page, problems);
    const main = guest.getByRole("main");
    await guest.goto(`/lv/events/${event}`);
    await activate(main.getByRole("link", { name: "Pieteikties" }));
    await activate(main.getByRole("button", { name: "Pieteikties" }));
    await inSummary(guest);
    await activate(guest.locator(".error-summary a").first());
    await expect(main.getByLabel("Vārds", { exact: true })).toBeFocused();
    await type(main.getByLabel("Vārds", { exact: true }), "Ķīte");
    await type(main.getByLabel("Uzvārds"), "Šķēle-Parauga");
    await type(main.getByLabel("E-pasta adrese"), address);
    await activate(main.getByRole("button", { name: "Pieteikties" }));
    await expect(guest.getByRole("heading", { level: 1 })).toHaveText(/Vēl jāapstiprina/);
    const mail = await server.mailTo(address, new RegExp(`Apstipriniet pieteikumu: ${title}`));
    await guest.goto(mail.links.find((link) => link.includes("/registrations/")) ?? "");
    await activate(main.getByRole("button", { name: "Apstiprināt" }));
    await expect(main).toContainText("Jums ir vieta");
    expect(method(await server.mailTo(address, new RegExp(`Jums ir vieta: ${title}`)))).toBe("REQUEST");
  });

  await test.step("somebody with an account registers", async () => {
    const learner = await visitor(page, problems);
    await signedIn(learner.context(), server, "participant");
    const main = learner.getByRole("main");
    await learner.goto(`/lv/events/${event}`);
    await activate(main.getByRole("link", { name: "Pieteikties" }));
    await type(main.getByLabel("Amats"), "speciālists");
    await activate(main.getByRole("button", { name: "Pieteikties" }));
    await expect(main).toContainText("Jums ir vieta");
    await activate(main.getByRole("link", { name: "Atsaukt pieteikumu" }));
    await activate(main.getByRole("button", { name: "Jā, atteikties" }));
    await expect(main).toContainText("Pieteikums ir atsaukts");
  });
});

/** The summary of errors has the focus and can be seen. */
async function inSummary(page: Page): Promise<void> {
  await expect(page.locator(".error-summary")).toBeFocused();
  await expectVisibleFocus(page);
}
