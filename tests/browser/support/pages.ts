import type { Page } from "@playwright/test";

import { type Language, readCourse } from "./answers.ts";
import { setUp, toCode, turnOn } from "./second-factor.ts";
import { DEMO_PASSWORD } from "./server.ts";

/** The course that the journeys take. */
export const COURSE = "foundations";

/** Whom the demonstration lets sign in; a visitor does not. */
export type Role = "visitor" | "learner" | "participant" | "organiser" | "manager" | "author" | "admin";

/** A page of the site, as a role sees it. */
export interface PageOf {
  role: Role;
  name: string;
  open(page: Page, language: Language): Promise<void>;
}

const course = readCourse(COURSE, "lv");
const lessons = course.lessons.filter((lesson) => !lesson.test);
const firstLesson = `courses/${COURSE}/lessons/${lessons[0]?.slug ?? ""}`;

const OPEN_EVENTS = "events?free=yes&audience=everyone";
/** The list with the event that is full, with a waiting list and with requests. */
const FULL_EVENT = "organise?q=vides+piekl";
const EVENT_LINK = 'main th a[href*="/organise/events/"]';

const SECOND_FACTOR = "me/account/second-factor";

const lastLesson = `courses/${COURSE}/lessons/${lessons.at(-1)?.slug ?? ""}`;

/** A lesson in which something is answered in one's own words. */
const withReflection = `courses/${COURSE}/lessons/${lessons[2]?.slug ?? ""}`;

/** A page that an address opens. */
const at = (role: Role, path: string): PageOf => ({
  role,
  name: `/${path}`,
  open: async (page, language) => void (await page.goto(`/${language}/${path}`)),
});

/** A page that is walked to from an address, without words, so that it is the same in both languages. */
const after = (role: Role, path: string, name: string, walk: (page: Page) => Promise<void>): PageOf => ({
  role,
  name,
  open: async (page, language) => {
    await page.goto(`/${language}/${path}`);
    await walk(page);
  },
});

const send = (page: Page): Promise<void> => page.locator('main form[method="post"] button[type="submit"]').first().click();
const follow = (selector: string) => (page: Page): Promise<void> => page.locator(selector).first().click();

/** Begins an attempt at the test whose page is open, or goes on with it. */
export async function intoAttempt(page: Page): Promise<void> {
  await page.locator('main form[action$="/test/start"] button, main a[href*="/attempts/"]:not([href$="/review"])').first().click();
  await page.waitForURL(/\/attempts\//);
}

async function beforeHandingIn(page: Page): Promise<void> {
  await intoAttempt(page);
  await page.goto(`${page.url().split("?")[0]}/finish`);
}

/** At the result of an earlier attempt; hands one in if there is none. */
async function lookBack(page: Page): Promise<void> {
  const earlier = page.locator('main a[href$="/review"]');
  if ((await earlier.count()) > 0) return earlier.first().click();
  await beforeHandingIn(page);
  await page.locator('main form[action$="/finish"] button').click();
  await page.waitForURL(/\/review$/);
}

async function answerFirst(page: Page): Promise<void> {
  const check = page.getByRole("button", { name: /^(Pārbaudīt atbildi|Atbildēt vēlreiz|Check the answer|Answer again)$/ });
  const question = page.locator("[data-question-id]").filter({ has: check }).filter({ has: page.locator("input[type=radio], input[type=checkbox]") }).first();
  await question.locator("input[type=radio], input[type=checkbox]").first().check();
  await question.getByRole("button", { name: /^(Pārbaudīt atbildi|Atbildēt vēlreiz|Check the answer|Answer again)$/ }).click();
}

/** Marks a lesson as read whose questions are open. */
async function readOn(page: Page): Promise<void> {
  const done = page.locator("#lesson-done button");
  if ((await done.count()) > 0) await done.click();
}

/** Makes a token, and is at the page that shows it once. */
async function newToken(page: Page): Promise<void> {
  await page.locator("#name").fill("Paraugs");
  await send(page);
}

/** From the list of events to registering for the first. */
async function toRegister(page: Page): Promise<void> {
  await page.locator(".event-card__title a").first().click();
  await page.locator('main a[href$="/register"]').first().click();
}

/** From the list of events to registering several people for the first. */
async function toGroup(page: Page): Promise<void> {
  await page.locator(".event-card__title a").first().click();
  await page.locator('main a[href$="/register-group"]').first().click();
}

/** At one's own registration for an event; registers if there is none. */
async function toRegistration(page: Page): Promise<void> {
  await toRegister(page);
  await page.waitForURL(/\/register$|\/registrations\//);
  if (page.url().endsWith("/register")) await page.locator('main form button[type="submit"]').click();
  await page.waitForURL(/\/registrations\//);
}

/** From the list of an organiser's events to importing registrations for the first. */
async function toImport(page: Page): Promise<void> {
  await follow('main th a[href*="/organise/events/"]')(page);
  await follow('main a[href$="/registrations/import"]')(page);
}

/** Has a file checked in which a row is wrong; nobody is registered. */
async function checkFile(page: Page): Promise<void> {
  await toImport(page);
  const rows = ["Vārds;Uzvārds;E-pasts;Amats;Piezīmes", "Ivo;Paraugs;ivo.paraugs@example.com;jurists;", "Zane;;zane.parauga@example.com;;"];
  await page.locator("#file").setInputFiles({ name: "dalibnieki.csv", mimeType: "text/csv", buffer: Buffer.from(rows.join("\r\n")) });
  await send(page);
  await page.waitForURL(/\/import\/[0-9a-f-]+$/);
}

/** From the list of an organiser's events to writing to the participants of the first. */
async function toMessage(page: Page): Promise<void> {
  await follow('main th a[href*="/organise/events/"]')(page);
  await follow('main a[href$="/message"]')(page);
}

/** At a message before it is sent. */
async function seeMessage(page: Page): Promise<void> {
  await toMessage(page);
  for (const state of ["waiting", "offered"]) await page.locator(`#to_${state}`).check();
  await page.locator("#subject_lv").fill("Telpa ir mainīta");
  await page.locator("#text_lv").fill("Tiekamies 201. telpā.");
  await page.locator('button[value="preview"]').click();
}

/** Allows somebody extra time, and goes to where it is taken back. */
async function allowAndTakeBack(page: Page): Promise<void> {
  await page.locator('main th a[href*="/manage/learners/"]').first().click();
  await page.locator("#percent").fill("50");
  await page.locator("#time_reason").fill("Paraugs");
  await page.locator('form[action$="/time"] button').click();
  await page.locator('main a[href$="/withdraw"]').first().click();
}

/** From the list of one's events to the registrations of the first. */
async function toRegistrations(page: Page): Promise<void> {
  await page.locator(EVENT_LINK).first().click();
  await page.locator('main a[href$="/registrations"]').first().click();
  await page.waitForURL(/\/registrations$/);
}

/** From there to the first of these registrations. */
async function toRegistrationOf(page: Page): Promise<void> {
  await toRegistrations(page);
  await page.locator('main th a[href*="/registrations/"]').first().click();
}

/** Every page of the site in every state that looks different and can be reached at once. */
export const PAGES: readonly PageOf[] = [
  at("visitor", ""),
  at("visitor", "courses"),
  at("visitor", "courses?ground=disability&audience=everyone"),
  at("visitor", "courses?ground=religion"),
  at("visitor", "courses?theme=violence-prevention"),
  at("visitor", "courses?q=piel%C4%81gojums&time=90"),
  at("visitor", "courses?q=xyzzy"),
  at("visitor", "paths/foundations-and-ground"),
  at("visitor", "paths/gender-equality-in-policy"),
  at("visitor", `courses/${COURSE}`),
  at("visitor", "courses/bystander"),
  at("visitor", "handbook"),
  at("visitor", "handbook/handbook"),
  at("visitor", "handbook/handbook?q=dati"),
  at("visitor", "handbook/handbook?q=xyzzy"),
  at("visitor", "handbook/handbook/budzets"),
  at("visitor", "handbook/handbook/pieci-soli?task=annotation"),
  at("visitor", "glossary"),
  at("visitor", "glossary?q=diskriminacija"),
  at("visitor", "search"),
  at("visitor", "search?q=diskriminacija"),
  at("visitor", "search?q=dati&in=chapters"),
  at("visitor", "search?q=xyzzy"),
  at("visitor", "events"),
  at("visitor", "events?form=remote&free=yes"),
  at("visitor", "events?when=past"),
  at("visitor", "events?q=xyzzy"),
  after("visitor", "events", "an event", follow(".event-card__title a")),
  after("visitor", OPEN_EVENTS, "registering for an event", toRegister),
  after("visitor", OPEN_EVENTS, "registering for an event with mistakes", async (page) => {
    await toRegister(page);
    await page.locator("#organisation").fill("Neesoša pārvalde");
    await page.locator('main form button[type="submit"]').click();
  }),
  after("participant", OPEN_EVENTS, "a registration", toRegistration),
  after("participant", OPEN_EVENTS, "cancelling a registration", async (page) => {
    await toRegistration(page);
    await page.locator('main a[href$="/cancel"]').click();
  }),
  after("participant", OPEN_EVENTS, "registering a group", toGroup),
  after("participant", OPEN_EVENTS, "registering a group with mistakes", async (page) => {
    await toGroup(page);
    await page.locator('main form .actions button[value="review"]').click();
  }),
  after("participant", OPEN_EVENTS, "before a group is registered", async (page) => {
    await toGroup(page);
    await page.locator("#person-1-given_name").fill("Zanda");
    await page.locator("#person-1-family_name").fill("Paraudziņa");
    await page.locator("#person-1-email").fill("zanda@example.test");
    await page.locator("#if_too_few-waiting").check();
    await page.locator('main form .actions button[value="review"]').click();
  }),
  after("participant", OPEN_EVENTS, "a substitute", async (page) => {
    await toRegistration(page);
    await page.locator('main a[href$="/substitute"]').click();
  }),
  at("participant", "me/events"),
  at("participant", "me/events/calendar"),
  at("visitor", "register"),
  after("visitor", "register", "/register with mistakes", send),
  at("visitor", "sign-in"),
  after("visitor", "sign-in", "/sign-in with mistakes", send),
  at("visitor", "forgotten"),
  at("visitor", "confirm/nav-tadas-saites"),
  at("visitor", "verify"),
  at("visitor", "verify/nav-tada-koda"),
  at("visitor", "contact"),
  at("visitor", "privacy"),
  at("visitor", "accessibility"),
  at("visitor", "styleguide"),
  at("visitor", "there-is-no-such-page"),
  at("learner", ""),
  at("learner", "courses"),
  at("learner", `courses/${COURSE}`),
  at("learner", "paths/foundations-and-ground"),
  at("learner", firstLesson),
  after("learner", firstLesson, "a lesson with an answer marked", answerFirst),
  at("learner", `courses/${COURSE}/test`),
  after("learner", lastLesson, "a lesson with open questions", readOn),
  after("learner", withReflection, "before deleting what one wrote", follow('main a[href$="/delete"]')),
  after("learner", `courses/${COURSE}/test`, "a question of the test", intoAttempt),
  after("learner", `courses/${COURSE}/test`, "before handing in", beforeHandingIn),
  after("learner", `courses/${COURSE}/test`, "the result of an attempt", lookBack),
  at("learner", "me"),
  at("learner", "me/account"),
  at("learner", "me/account/password"),
  after("learner", "me/account/password", "/me/account/password with mistakes", send),
  at("learner", "me/account/email"),
  after("learner", "me/account/email", "/me/account/email with mistakes", send),
  at("learner", SECOND_FACTOR),
  after("learner", SECOND_FACTOR, "/me/account/second-factor with mistakes", send),
  after("participant", SECOND_FACTOR, "setting up a second factor", setUp),
  after("participant", SECOND_FACTOR, "setting up a second factor with a wrong code", async (page) => {
    await setUp(page);
    await send(page);
  }),
  // Only the organiser has one: nobody else is asked for a code when signing in.
  after("organiser", SECOND_FACTOR, "a second factor that is on", turnOn),
  after("organiser", SECOND_FACTOR, "new recovery codes", async (page) => {
    await turnOn(page);
    await page.locator("#password").fill(DEMO_PASSWORD);
    await send(page);
    await page.locator("main ul code").first().waitFor();
  }),
  after("organiser", SECOND_FACTOR, "removing a second factor", async (page) => {
    await turnOn(page);
    await follow('main a[href$="/second-factor/remove"]')(page);
    await page.waitForURL(/\/remove$/);
  }),
  after("organiser", SECOND_FACTOR, "the code when signing in", (page) => toCode(page, "organiser@example.com")),
  after("organiser", SECOND_FACTOR, "the code when signing in with mistakes", async (page) => {
    await toCode(page, "organiser@example.com");
    await send(page);
  }),
  at("visitor", "new-email/nav-tadas-saites"),
  at("learner", "me/profile"),
  at("learner", "me/organisation?q=paraug"),
  at("learner", "me/organisation/new"),
  after("learner", "me/organisation/new", "/me/organisation/new with mistakes", send),
  at("learner", "me/privacy"),
  at("learner", "me/reminders"),
  at("learner", "me/data"),
  at("learner", "me/data/erase"),
  after("learner", "me/data/erase", "/me/data/erase with mistakes", send),
  at("learner", "manage/indicators"),
  at("manager", "me/tokens"),
  after("manager", "me/tokens", "/me/tokens with mistakes", send),
  after("manager", "me/tokens", "a new token", newToken),
  after("manager", "me/tokens", "before revoking a token", async (page) => {
    const revoke = page.locator('main a[href$="/revoke"]');
    if ((await revoke.count()) === 0) {
      await newToken(page);
      await page.locator("main p > a.button").click();
    }
    await revoke.first().click();
  }),
  at("organiser", "organise"),
  at("organiser", "organise/events/new"),
  at("organiser", "organise/events/new/seminar"),
  after("organiser", "organise/events/new/discussion", "a new event with mistakes", (page) => page.locator('main .actions button[value="save"]').click()),
  after("organiser", "organise?status=draft", "a draft", follow('main th a[href*="/organise/events/"]')),
  after("organiser", "organise?status=published", "an announced event", follow('main th a[href*="/organise/events/"]')),
  after("organiser", FULL_EVENT, "the board of a full event", follow(EVENT_LINK)),
  after("organiser", FULL_EVENT, "the registrations for an event", toRegistrations),
  after("organiser", FULL_EVENT, "waiting registrations", async (page) => {
    await toRegistrations(page);
    await page.locator('select[name="state"]').selectOption("waiting");
    await page.locator(".list__find button").click();
  }),
  after("organiser", FULL_EVENT, "no registration is selected", async (page) => {
    await toRegistrations(page);
    await page.locator('.list__bulk button[value="confirm"]').click();
  }),
  after("organiser", FULL_EVENT, "no registration is found", async (page) => {
    await toRegistrations(page);
    await page.locator("#registrations-q").fill("xyzzy");
    await page.locator(".list__find button").click();
  }),
  after("organiser", FULL_EVENT, "a registration", toRegistrationOf),
  after("organiser", FULL_EVENT, "cancelling a registration", async (page) => {
    await toRegistrationOf(page);
    await follow('main a[href*="/registrations/cancel"]')(page);
  }),
  after("organiser", FULL_EVENT, "adding a participant", async (page) => {
    await toRegistrations(page);
    await follow('main a[href$="/registrations/new"]')(page);
  }),
  after("organiser", FULL_EVENT, "adding a participant with mistakes", async (page) => {
    await toRegistrations(page);
    await follow('main a[href$="/registrations/new"]')(page);
    await page.locator("#organisation").fill("Neesoša pārvalde");
    await send(page);
  }),
  after("organiser", "organise?status=published", "changing an event", async (page) => {
    await follow('main th a[href*="/organise/events/"]')(page);
    await follow('main a[href$="/edit"]')(page);
  }),
  after("organiser", "organise?status=published&when=coming", "cancelling an event", async (page) => {
    await follow('main th a[href*="/organise/events/"]')(page);
    await follow('main a[href$="/cancel"]')(page);
  }),
  after("organiser", "organise?status=published", "an event like another one", async (page) => {
    await follow('main th a[href*="/organise/events/"]')(page);
    await follow('main a[href$="/duplicate"]')(page);
  }),
  after("organiser", "organise?status=draft", "deleting a draft", async (page) => {
    await follow('main th a[href*="/organise/events/"]')(page);
    await follow('main a[href$="/delete"]')(page);
  }),
  after("organiser", "organise?status=published&when=coming", "importing registrations", toImport),
  after("organiser", "organise?status=published&when=coming", "importing registrations without a file", async (page) => {
    await toImport(page);
    await send(page);
  }),
  after("organiser", "organise?status=published&when=coming", "a checked file of registrations", checkFile),
  after("organiser", "organise?status=published&when=coming", "a message to participants", toMessage),
  after("organiser", "organise?status=published&when=coming", "a message to participants with mistakes", async (page) => {
    await toMessage(page);
    await page.locator('button[value="preview"]').click();
  }),
  after("organiser", "organise?status=published&when=coming", "a message to participants before it is sent", seeMessage),
  at("manager", "manage/organisers"),
  at("manager", "manage"),
  at("manager", "manage/indicators"),
  at("manager", "manage/indicators/trained-public-sector"),
  after("manager", "manage/indicators/trained-public-sector", "the proof of a counted head", follow('main a[href*="/facts/"]')),
  after("manager", "manage/indicators/trained-public-sector", "a completion", follow('main a[href*="/manage/completions/"]')),
  at("manager", "manage/organisations"),
  after("manager", "manage/organisations", "an organisation's record", follow('main td a[href*="/manage/organisations/"], main th a[href*="/manage/organisations/"]')),
  after("manager", "manage/organisations", "looking for the same organisation", async (page) => {
    await follow('main td a[href*="/manage/organisations/"], main th a[href*="/manage/organisations/"]')(page);
    await follow('main a[href$="/merge"]')(page);
  }),
  at("manager", "manage/learners"),
  after("manager", "manage/learners", "a participant", follow('main th a[href*="/manage/learners/"]')),
  after("manager", "manage/learners", "before taking back what was allowed", allowAndTakeBack),
  at("author", "author/courses"),
  at("visitor", "report?next=/lv/glossary"),
  after("visitor", "report", "/report with mistakes", send),
  at("author", "author/reports"),
  at("admin", "admin/accounts"),
  after("admin", "admin/accounts", "an account with its roles", follow('main th a[href*="/admin/accounts/"]')),
  after("admin", "admin/accounts?q=demo001", "closing an account", async (page) => {
    await follow('main th a[href*="/admin/accounts/"]')(page);
    await follow('main a[href$="/close"]')(page);
  }),
  at("admin", "admin/jobs"),
  after("admin", "admin/jobs", "a job", follow('main th a[href*="/admin/jobs/"]')),
];

/** Those among them that are lists. */
export const LISTS: readonly PageOf[] = [
  at("manager", "manage/organisations"),
  at("manager", "manage/indicators/trained-public-sector"),
  at("manager", "manage/learners"),
  at("organiser", "organise"),
  at("admin", "admin/accounts"),
];
