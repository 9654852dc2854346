import type { Locator, Page } from "@playwright/test";

import { answerRightly, answerWrongly } from "./support/answering.ts";
import { readCourse } from "./support/answers.ts";
import { violations } from "./support/axe.ts";
import { expect, signedIn, test, visitor } from "./support/fixtures.ts";
import { COURSE, intoAttempt } from "./support/pages.ts";
import { DEMO_PASSWORD } from "./support/server.ts";

const course = readCourse(COURSE, "lv");
const lesson = `/lv/courses/${COURSE}/lessons/${course.lessons[0]?.slug ?? ""}`;
const PHONE = { width: 320, height: 568 };

/** Opens the first lesson of the course, enrolled. */
async function openLesson(page: Page): Promise<void> {
  await page.goto(`/lv/courses/${COURSE}`);
  const enrol = page.getByRole("button", { name: "Sākt mācīties" });
  if ((await enrol.count()) > 0) await enrol.click();
  await page.goto(lesson);
}

const send = (question: Locator): Promise<void> => question.getByRole("button", { name: /^(Pārbaudīt atbildi|Atbildēt vēlreiz|Saglabāt atbildi|Turpināt)$/ }).click();

/** The questions of the lesson that is open. */
const questions = (page: Page): Promise<string[]> => page.locator("form.question").evaluateAll((all) => all.map((element) => element.id));

for (const javaScriptEnabled of [true, false]) {
  test.describe(`a phone ${javaScriptEnabled ? "with" : "without"} scripts`, () => {
    test.use({ javaScriptEnabled, viewport: PHONE, contextOptions: { reducedMotion: "no-preference" } });

    test("what is said of each answer stands below the question's title, in sight, with the focus", async ({ page, server }) => {
      await signedIn(page.context(), server, "participant");
      for (const [index, { slug, test: isTest }] of course.lessons.entries()) {
        if (isTest || index > 2) continue;
        await openLesson(page);
        await page.goto(`/lv/courses/${COURSE}/lessons/${slug}`);
        for (const id of await questions(page)) {
          const question = page.locator(`form[id="${id}"]`);
          await answerRightly(question, course.answers);
          await send(question);
          const verdict = question.locator("div.verdict[id]");
          await expect(verdict).toBeFocused();
          await expect(verdict).toHaveRole("status");
          await expect(verdict.locator(".verdict__word")).toBeInViewport();
          await expect(question.getByRole("heading").first()).toBeInViewport();
          expect(await verdict.evaluate((box) => box.previousElementSibling?.tagName)).toBe("LEGEND");
        }
      }
    });

    test("another language is one choice where scripts keep what is typed, and each question's own where they cannot", async ({ page, server }) => {
      await signedIn(page.context(), server, "participant");
      await openLesson(page);
      const own = page.locator("form.question").getByRole("button", { name: "In English" });
      const note = page.locator("#other-language");
      if (javaScriptEnabled) {
        await expect(own).toHaveCount(0);
        await expect(note).toBeHidden();
        // A script that did not load changes no link.
        await page.goto(`${lesson}#other-language`);
        await expect(note).toBeVisible();
      } else {
        await expect(note).toBeVisible();
      }
      await own.first().click();
      await expect(page.locator("html")).toHaveAttribute("lang", "en");
    });

    test("a lesson with open questions names them and leads to them, and counts once they are answered", async ({ page, server }) => {
      await signedIn(page.context(), server, "participant");
      await openLesson(page);
      const last = course.lessons.filter((one) => !one.test).at(-1)?.slug ?? "";
      const url = `/lv/courses/${COURSE}/lessons/${last}`;
      await page.goto(url);
      const open = page.locator("[data-open]");
      const read = page.getByRole("button", { name: "Izlasīju, tālāk" });
      if ((await read.count()) === 0) return; // Another run of this test on the same server has read it.
      const ids = await questions(page);
      await expect(open).toHaveCount(ids.length);
      await read.click();
      await expect(page).toHaveTitle(/^Kļūda:/);
      const summary = page.locator(".error-summary");
      await expect(summary).toBeFocused();
      await expect(summary.getByRole("link")).toHaveCount(ids.length);
      await summary.getByRole("link").last().click();
      await expect(page.locator(`form[id="${ids.at(-1) ?? ""}"]`)).toBeInViewport();
      await expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
      await page.goto(url);
      for (const id of ids) {
        const question = page.locator(`form[id="${id}"]`);
        const answer = course.answers.get(id);
        for (let step = answer?.kind === "path" ? answer.choices.length : 1; step > 0; step--) {
          await answerRightly(question, course.answers);
          await send(question);
        }
        await expect(page.locator(`[data-open="${id}"]`)).toHaveCount(0);
      }
      await expect(page.locator(".open-questions")).toHaveCount(0);
      await read.click();
      await page.goto(url);
      await expect(page.getByText("Šī nodarbība jau ir izlasīta.")).toBeVisible();
    });

    test("an empty answer says which question it is about, and leads there", async ({ page, server }) => {
      await signedIn(page.context(), server, "participant");
      await openLesson(page);
      const id = (await questions(page)).at(-1) ?? "";
      const question = page.locator(`form[id="${id}"]`);
      const clear = question.getByRole("button", { name: "Notīrīt atbildi" });
      if ((await clear.count()) > 0) await clear.click();
      const title = (await question.getByRole("heading").first().innerText()).trim();
      await send(question);
      await expect(page).toHaveTitle(/^Kļūda:/);
      const summary = page.locator(".error-summary");
      await expect(summary).toBeFocused();
      await expect(summary).toBeInViewport();
      const link = summary.getByRole("link");
      await expect(link).toContainText(title);
      await link.click();
      await expect(question.locator(".field__error")).toBeInViewport();

      // The other language, and the address itself, are pages.
      const other = (await page.locator('link[rel="alternate"]').getAttribute("hreflang")) ?? "";
      expect(other).toBe("en");
      const english = await page.request.get((await page.locator('link[rel="alternate"]').getAttribute("href")) ?? "");
      expect(english.status()).toBe(200);
      expect(await english.text()).toContain("/en/sign-out");
      await page.goto(page.url().split("#")[0] ?? "");
      await expect(page).toHaveURL(new RegExp(`${lesson}#${id}$`));
      await page.goto(`/en${lesson.slice(3)}/questions/${id}`);
      await expect(page).toHaveURL(new RegExp(`/en${lesson.slice(3)}#${id}$`));
    });
  });
}

test("what is right is told after the second try", async ({ page, server }) => {
  await signedIn(page.context(), server, "learner");
  await openLesson(page);
  const id = (await questions(page)).find((id) => course.answers.get(id)?.kind === "match") ?? "";
  const question = page.locator(`form[id="${id}"]`);
  const clear = question.getByRole("button", { name: "Notīrīt atbildi" });
  if ((await clear.count()) > 0) test.skip(true, "the demonstration has answered it");
  await answerWrongly(question, course.answers);
  await send(question);
  await expect(question.locator("div.verdict[id]")).toContainText(/epareizi|Daļēji pareizi/);
  await expect(question).not.toContainText("Pareizā atbilde");
  await expect(question).toContainText("Pārdomājiet un atbildiet vēlreiz");
  const menu = question.getByRole("combobox").first();
  await menu.selectOption({ index: 2 });
  await send(question);
  await expect(question).toContainText("Pareizā atbilde");
  await expect(question).not.toContainText("Pārdomājiet un atbildiet vēlreiz");
});

test("a lesson says which it is, what is in it, and how much is left", async ({ page, server }) => {
  await signedIn(page.context(), server, "participant");
  await openLesson(page);
  const lessons = course.lessons.filter((lesson) => !lesson.test).length;
  await expect(page.locator(".lesson-position")).toContainText(`1. nodarbība no ${lessons}`);
  await expect(page.locator(".page-head__meta")).toContainText(/līdz kursa beigām ap (\d+\sh\s)?\d+\s(min|h)/);
  const contents = page.getByRole("navigation", { name: "Nodarbības saturs" });
  await contents.locator("summary").click();
  await contents.getByRole("link").last().click();
  const target = new URL(page.url()).hash.slice(1);
  await expect(page.locator(`[id="${decodeURIComponent(target)}"]`)).toBeInViewport();
  expect(await violations(page)).toEqual([]);
});

test("a term opens where it stands, and gives the focus back", async ({ page, server }) => {
  await signedIn(page.context(), server, "participant");
  await openLesson(page);
  const term = page.locator(".prose a.term").first();
  await term.focus();
  await page.keyboard.press("Enter");
  const note = page.getByRole("dialog");
  await expect(note).toBeVisible();
  await expect(note).toBeInViewport();
  await expect(note).toBeFocused();
  expect(await note.innerText()).toContain((await page.locator((await term.getAttribute("href")) ?? "").locator("dfn").innerText()).trim());
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(note).toHaveCount(0);
  await expect(term).toBeFocused();
  await term.click();
  await note.getByRole("button", { name: "Aizvērt" }).click();
  await expect(note).toHaveCount(0);
  await expect(term).toBeFocused();
});

test("a lesson goes on at the place where it was left, for that person only, until it is read", async ({ page, server, problems }) => {
  await signedIn(page.context(), server, "participant");
  await openLesson(page);
  const heading = page.locator(".prose > h2").nth(2);
  await heading.evaluate((element) => element.scrollIntoView({ block: "start" }));
  await page.waitForFunction(() => Object.keys(localStorage).some((name) => name.startsWith("place:")));
  await expect.poll(() => page.evaluate(() => Object.entries(localStorage).find(([name]) => name.startsWith("place:"))?.[1])).toBe(JSON.stringify(await heading.getAttribute("id")));
  await page.goto("/lv/me");
  await page.goto(lesson);
  await expect(page.locator(".resumed")).toBeFocused();
  await expect(heading).toBeInViewport();
  await page.locator(".resumed").getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toBeInViewport();

  const other = await visitor(page, problems);
  await signedIn(other.context(), server, "learner");
  await other.goto(lesson);
  await expect(other.locator(".resumed")).toHaveCount(0);
});

test("a table is a list of rows on a phone", async ({ page, server }) => {
  await page.setViewportSize(PHONE);
  await signedIn(page.context(), server, "participant");
  await openLesson(page);
  for (const { slug } of course.lessons.filter((lesson) => !lesson.test)) {
    await page.goto(`/lv/courses/${COURSE}/lessons/${slug}`);
    const table = page.locator(".prose table:has([data-label])").first();
    if ((await table.count()) === 0) continue;
    const cell = table.locator("[data-label]").first();
    expect(await cell.evaluate((element) => getComputedStyle(element, "::before").content)).toContain((await cell.getAttribute("data-label")) ?? "-");
    expect(await table.evaluate((element) => element.scrollWidth <= innerWidth)).toBe(true);
    return;
  }
  throw new Error("the course has no table");
});

test("what is typed when the session has ended is offered again after signing in, and goes when one signs out", async ({ page, server, problems }) => {
  await signedIn(page.context(), server, "participant");
  await openLesson(page);
  const slug = course.lessons.find(({ test }) => !test)?.slug ?? "";
  let typed = "";
  for (const { slug: one } of course.lessons.filter((lesson) => !lesson.test && lesson.slug !== slug)) {
    await page.goto(`/lv/courses/${COURSE}/lessons/${one}`);
    if ((await page.locator(".reflect__input").count()) > 0) typed = `/lv/courses/${COURSE}/lessons/${one}`;
    if (typed) break;
  }
  expect(typed, "a lesson with room for one's own words").not.toBe("");
  const words = "Pirmdien parunāšu ar kolēģi par pieteikumu veidlapu.";
  await endSession(page);
  await page.locator(".reflect__input").first().fill(words);
  const form = page.locator("form.question:has(.reflect__input)").first();
  await form.getByRole("button", { name: "Saglabāt atbildi" }).click();
  await signInAgain(page);
  await expect(page).toHaveURL(new RegExp(typed));
  // What saves by itself was refused while nobody was signed in.
  expect(problems.splice(0).every((problem) => problem.startsWith("401: POST"))).toBe(true);
  await expect(form.locator(".draft")).toBeVisible();
  // It stands further down; a notice on top says so and leads there.
  const notice = page.locator(".draft-notice");
  await expect(notice).toBeFocused();
  await expect(notice).toBeInViewport();
  await expect(form.locator(".draft")).not.toBeInViewport();
  await notice.getByRole("button", { name: "Rādīt, kur tas bija" }).click();
  await expect(form.locator(".draft")).toBeInViewport();
  await expect(notice).toHaveCount(0);
  await expect(form.getByRole("button", { name: "Ievietot to" })).toBeFocused();
  await form.getByRole("button", { name: "Ievietot to" }).click();
  await expect(form.getByRole("textbox")).toHaveValue(words);
  await form.getByRole("button", { name: "Saglabāt atbildi" }).click();
  await expect(form.getByRole("textbox")).toHaveValue(words);
  await expect.poll(() => page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith("draft:")).length)).toBe(0);
  await page.evaluate(() => localStorage.setItem(`draft:${document.body.dataset.person}:x`, "1"));
  await page.locator(".header-menu--person summary").click();
  await page.getByRole("banner").getByRole("button", { name: "Iziet" }).first().click();
  await page.waitForURL(/\/lv\/$/);
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
});

/** Ends the session of a page, as the server does after some time. */
async function endSession(page: Page): Promise<void> {
  const cookies = await page.context().cookies();
  await page.context().clearCookies({ name: cookies.find(({ name }) => name.includes("session"))?.name ?? "session" });
}

async function signInAgain(page: Page): Promise<void> {
  await expect(page).toHaveURL(/\/sign-in\?/);
  await page.getByLabel("E-pasta adrese").fill("participant@example.com");
  await page.getByLabel("Parole").fill(DEMO_PASSWORD);
  await page.getByRole("main").getByRole("button", { name: "Pieslēgties" }).click();
}

const keptForms = (page: Page): Promise<number> => page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith("form:")).length);

test("a form that is sent when the session has ended is offered again, and once the server has it no more", async ({ page, server }) => {
  await signedIn(page.context(), server, "participant");
  await page.goto("/lv/me/organisation/new");
  const name = page.getByLabel("Nosaukums");
  await endSession(page);
  await name.fill("Biedrība „Jauna vieta”");
  await page.getByRole("main").getByRole("button", { name: "Saglabāt" }).click();
  await signInAgain(page);
  await expect(page).toHaveURL(/\/me\/organisation\/new$/);
  await expect(page.locator(".draft")).toBeVisible();
  await expect(name).toHaveValue("");
  await page.getByRole("button", { name: "Ievietot to" }).click();
  await expect(name).toHaveValue("Biedrība „Jauna vieta”");
  expect(await keptForms(page)).toBe(0);

  // One that the server has, and one that it shows again, are not offered.
  await page.goto("/lv/me/profile");
  await page.getByLabel("Vārds", { exact: true }).fill("");
  await page.getByRole("main").getByRole("button", { name: "Saglabāt" }).click();
  await expect(page.locator(".error-summary")).toBeFocused();
  await page.goto("/lv/me/profile");
  await page.getByRole("main").getByRole("button", { name: "Saglabāt" }).click();
  await expect(page.locator(".flash")).toBeVisible();
  await page.goto("/lv/me/profile");
  await expect(page.locator(".draft")).toHaveCount(0);
  expect(await keptForms(page)).toBe(0);

  // A form that was opened in an earlier session is too old; what was typed is offered on the page that replaces it.
  await page.goto("/lv/me/organisation/new");
  await name.fill("Sabiedrība „Otra”");
  await page.locator('main input[name="csrf"]').evaluate((field) => ((field as HTMLInputElement).value = "old"));
  await page.getByRole("main").getByRole("button", { name: "Saglabāt" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Veidlapa ir novecojusi");
  await page.goto("/lv/me/organisation/new");
  await page.getByRole("button", { name: "Dzēst to" }).click();
  await expect(name).toHaveValue("");
  await page.reload();
  await expect(page.locator(".draft")).toHaveCount(0);
});

for (const media of [{ forcedColors: "active" }, { reducedMotion: "reduce" }, { colorScheme: "dark", reducedMotion: "reduce" }] as const) {
  test(`an answer is read with ${Object.entries(media).flat().join(" ")}`, async ({ page, server }) => {
    await page.emulateMedia(media);
    await signedIn(page.context(), server, "participant");
    await openLesson(page);
    const id = (await questions(page)).find((id) => course.answers.get(id)?.kind === "choices") ?? "";
    const question = page.locator(`form[id="${id}"]`);
    await answerWrongly(question, course.answers);
    await send(question);
    const verdict = question.locator("div.verdict[id]");
    await expect(verdict).toBeFocused();
    // Nothing is said by colour alone, and nothing moves.
    await expect(verdict.locator(".verdict__word")).toHaveText(/\S/);
    const edge = await verdict.evaluate((box) => [getComputedStyle(box).borderTopWidth, getComputedStyle(box).borderTopStyle]);
    expect(edge).toEqual([expect.stringMatching(/^[1-9]/), "solid"]);
    const focus = await verdict.evaluate((box) => getComputedStyle(box).outlineStyle);
    expect(focus).toBe("solid");
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior)).toBe("auto");
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    for (const radio of await question.locator("input:checked").all()) await expect(radio).toBeVisible();
    // With forced colours they are the person's own, which are not ours to measure.
    if (!("forcedColors" in media)) expect(await violations(page)).toEqual([]);
  });
}

test("who wants a course and has no account yet ends in its first lesson", async ({ page, server }) => {
  const email = "zane.sakums@example.lv";
  const main = page.getByRole("main");
  await page.goto(`/lv/courses/${COURSE}`);
  await main.getByRole("link", { name: "Reģistrēties" }).click();
  await main.getByLabel("E-pasta adrese").fill(email);
  await main.getByRole("button", { name: "Reģistrēties" }).click();
  const mail = await server.mailTo(email);
  await page.goto(mail.links.find((address) => address.includes("/confirm/")) ?? "");
  await main.getByLabel("Parole").fill("zirgs ēd zaļu sienu 9");
  await main.getByRole("button", { name: "Apstiprināt un turpināt" }).click();
  await main.getByLabel("Vārds", { exact: true }).fill("Zane");
  await main.getByLabel("Uzvārds").fill("Sākuma");
  await main.getByRole("button", { name: "Saglabāt" }).click();

  // A workplace that is searched for and not found is not typed again.
  await main.getByLabel("Iestāde vai uzņēmums").fill("Pilnīgi jauna biedrība");
  await main.getByRole("button", { name: "Meklēt" }).click();
  await main.getByRole("link", { name: "Pievienot darbavietu" }).click();
  await expect(main.getByLabel("Nosaukums")).toHaveValue("Pilnīgi jauna biedrība");
  await page.goBack();
  await main.getByLabel("Iestāde vai uzņēmums").fill("socialo lietu");
  await main.getByRole("button", { name: "Meklēt" }).click();
  await main.getByRole("radio", { name: /^Sociālo lietu paraugpārvalde/ }).check();
  await main.getByRole("button", { name: "Saglabāt" }).click();
  await main.getByRole("checkbox", { name: "Šo paziņojumu izlasīju" }).check();
  await main.getByRole("button", { name: "Apstiprināt" }).click();
  await expect(page).toHaveURL(new RegExp(`${lesson}$`));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(course.lessons[0]?.title ?? "");
});

test("the course that somebody wants is not lost by a mistake, nor by a change of language", async ({ page, server }) => {
  const course = `/courses/${COURSE}`;
  const main = page.getByRole("main");
  const change = (name: string) => page.getByRole("banner").getByRole("link", { name }).first().click();

  for (const [start, button] of [["register", "Register"], ["sign-in", "Sign in"], ["forgotten", "Ask for a link"]] as const) {
    await page.goto(`/lv/${start}?next=${encodeURIComponent(`/lv${course}`)}`);
    await main.locator("form button[type=submit]").first().click();
    await expect(page).toHaveTitle(/^Kļūda:/);
    await change("In English");
    await expect(page).toHaveURL(new RegExp(`/en/${start}\\?next=${encodeURIComponent(`/en${course}`)}$`));
    await expect(main.getByRole("button", { name: button })).toBeVisible();
  }

  await page.goto(`/lv/report?next=${encodeURIComponent(`/lv${course}`)}`);
  await main.getByRole("button", { name: "Nosūtīt" }).click();
  await expect(page).toHaveTitle(/^Kļūda:/);
  await change("In English");
  await expect(main.getByRole("link", { name: `/lv${course}` })).toBeVisible();

  await signedIn(page.context(), server, "learner");
  await page.goto(`/lv/me/profile?next=${encodeURIComponent(`/lv${course}`)}`);
  await main.getByLabel("Uzvārds").fill("");
  await main.getByRole("button", { name: "Saglabāt" }).click();
  await expect(page).toHaveTitle(/^Kļūda:/);
  await change("In English");
  await main.getByRole("button", { name: "Save" }).click();
  await expect(page).toHaveURL(new RegExp(`/en${course}$`));
});

test("a message about what was just done stands in the main part, with the focus", async ({ page, server }) => {
  await signedIn(page.context(), server, "participant");
  await page.goto("/lv/me/profile");
  await page.getByRole("main").getByRole("button", { name: "Saglabāt" }).click();
  const flash = page.getByRole("main").locator(".flash");
  await expect(flash).toHaveRole("status");
  await expect(flash).toBeFocused();
});

test("a page whose form was refused says so in its title", async ({ page, server }) => {
  await signedIn(page.context(), server, "manager");
  await page.goto("/lv/manage/organisations?status=proposed");
  await page.locator('main th a[href*="/manage/organisations/"]').first().click();
  await page.locator('form[action$="/reject"] button[type="submit"]').click();
  await expect(page).toHaveTitle(/^Kļūda:/);
  await page.goto(page.url());
  await expect(page).toHaveURL(/\/manage\/organisations\/[0-9a-f-]+$/);
});

test("an error page knows who is signed in", async ({ page, server }) => {
  await signedIn(page.context(), server, "participant");
  await page.goto("/lv/nav-tadas");
  await expect(page.getByRole("banner").locator(".header-menu--person")).toBeAttached();
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(`a test ${javaScriptEnabled ? "with" : "without"} scripts`, () => {
    test.use({ javaScriptEnabled });

    test("after an answer is saved, the next question has the focus, and handing in is near", async ({ page, server }) => {
      await signedIn(page.context(), server, "participant");
      await page.goto(`/lv/courses/${COURSE}`);
      const enrol = page.getByRole("button", { name: "Sākt mācīties" });
      if ((await enrol.count()) > 0) await enrol.click();
      await page.goto(`/lv/courses/${COURSE}/test`);
      await intoAttempt(page);
      await page.goto(`${page.url().split("?")[0]}?q=1`);
      await page.getByRole("button", { name: "Saglabāt un tālāk" }).click();
      await expect(page).toHaveURL(/q=2$/);
      await expect(page.locator("h2.question__title")).toBeFocused();
      await page.keyboard.press("Tab");
      await expect(page.locator("form.question--test :focus")).toHaveCount(1);
      await page.getByRole("button", { name: "Pārskatīt un iesniegt" }).click();
      const title = page.getByRole("heading", { level: 1 });
      await expect(title).toBeFocused();
      const steps = page.getByRole("navigation", { name: "Pārbaudes jautājumi" });
      const send = page.getByRole("button", { name: "Iesniegt pārbaudi" });
      expect((await steps.boundingBox())?.y).toBeGreaterThan((await send.boundingBox())?.y ?? 9_999);
    });
  });
}

test("the same error about two fields says of which each is", async ({ page, server }) => {
  await signedIn(page.context(), server, "participant");
  await page.goto("/lv/me/profile");
  await page.getByLabel("Vārds", { exact: true }).fill("1");
  await page.getByLabel("Uzvārds", { exact: true }).fill("2");
  await page.getByRole("main").getByRole("button", { name: "Saglabāt" }).click();
  const links = page.locator(".error-summary a");
  await expect(links.nth(0)).toHaveText(/^Vārds: /);
  await expect(links.nth(1)).toHaveText(/^Uzvārds: /);
});

test("an empty search for a workplace says what to enter", async ({ page, server }) => {
  await signedIn(page.context(), server, "participant");
  await page.goto("/lv/me/organisation");
  await page.getByRole("main").getByRole("button", { name: "Meklēt" }).click();
  await expect(page.locator(".error-summary")).toContainText("Ierakstiet darbavietas nosaukumu");
  await page.locator(".error-summary a").click();
  await expect(page.getByRole("main").getByRole("searchbox")).toBeFocused();
});

test("a search counts what its tabs count, events among it", async ({ page }) => {
  await page.goto("/lv/search?q=vienlidzig");
  const count = /\d+/.exec((await page.locator(".result-count").textContent()) ?? "")?.[0];
  const tabs = page.getByRole("navigation", { name: "Ko rādīt" });
  await expect(tabs.getByRole("link").first()).toHaveText(`Viss (${count})`);
  const others = await tabs.getByRole("link").allTextContents();
  const sum = others.slice(1).reduce((sum, text) => sum + Number(/\((\d+)\)/.exec(text)?.[1]), 0);
  expect(sum).toBe(Number(count));
  await tabs.getByRole("link", { name: /^Pasākumi/ }).click();
  await expect(page).toHaveURL(/\/lv\/events\?q=vienlidzig$/);
});
