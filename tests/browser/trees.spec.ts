import { appendFile, cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import type { Locator, Page } from "@playwright/test";

import { expect, signedIn, test as base } from "./support/fixtures.ts";
import { ROOT, type Server, startServer } from "./support/server.ts";

// What assistive technology is given of a page: roles, names, states and their order, as files in `trees.spec.ts-snapshots/`. On a
// server of its own with the compiler's test course, which has every type of question, so that an edit of a
// shipped course changes nothing here. After a change on purpose: `-- trees --update-snapshots`, and read the difference.

const COURSE = "visi-veidi";
const LESSON = `courses/${COURSE}/lessons/jautajumi`;

const TEST = `+++
id = "t-parbaude"
title = "Noslēguma pārbaude"
minutes = 10
kind = "test"
draw = 2
pass = 0.7
attempts = 3
shuffle = false
show_feedback = "after-last"
+++
Pārbaudē ir divi jautājumi.

## Kurš īsteno pielāgojumu? {#q-kurs .single points=1}

- [x] Darba devējs
  > Pienākums ir darba devējam.
- [ ] Darbinieks pats
- [ ] Abi kopā

## Kuri ir aizliegtie pamati? {#q-pamati .multiple points=2}

- [x] vecums
- [ ] mīļākā krāsa
- [x] invaliditāte
`;

const test = base.extend<{}, { small: Server }>({
  small: [
    async ({}, use) => {
      const courses = await mkdtemp(path.join(tmpdir(), "iespeja-courses-"));
      await cp(path.join(ROOT, "courses/programme.toml"), path.join(courses, "programme.toml"));
      await cp(path.join(ROOT, "course-compiler/tests/courses/valid", COURSE), path.join(courses, COURSE), { recursive: true });
      await writeFile(path.join(courses, COURSE, "lv/02-parbaude.md"), TEST);
      await appendFile(path.join(courses, COURSE, "course.toml"), 'test = "t-parbaude"\n');
      const server = await startServer({ environment: { IESPEJA_COURSES_DIR: courses } });
      await use(server);
      await server.stop();
      await rm(courses, { recursive: true, force: true });
    },
    { scope: "worker", timeout: 240_000 },
  ],
  baseURL: async ({ small }, use) => use(small.origin),
});

/** One after another: each begins with what the one before left. */
test.describe.configure({ mode: "serial" });

/** The page's main part, without what differs from run to run: ids of attempts, and the order of what is shuffled. */
async function steady(page: Page): Promise<Locator> {
  await page.evaluate(() => {
    for (const link of document.querySelectorAll("main a[href*='/attempts/']")) {
      link.setAttribute("href", (link.getAttribute("href") ?? "").replace(/attempts\/[0-9a-f-]{36}/, "attempts/ID"));
    }
    for (const parent of document.querySelectorAll("ul.order, .match, form.question select")) {
      parent.append(...[...parent.children].sort((a, b) => ((a.textContent ?? "") < (b.textContent ?? "") ? -1 : 1)));
    }
  });
  return page.getByRole("main");
}

test("a lesson with every type of question, before and after an answer", async ({ page, small }) => {
  await signedIn(page.context(), small, "participant");
  await page.goto(`/lv/courses/${COURSE}`);
  await page.getByRole("button", { name: "Sākt mācīties" }).click();
  await page.goto(`/lv/${LESSON}`);
  await expect(await steady(page)).toMatchAriaSnapshot({ name: "lesson.aria.yml" });

  const question = page.locator("form[id='q-viens']");
  await question.getByRole("radio").first().check();
  await question.getByRole("button", { name: "Pārbaudīt atbildi" }).click();
  await expect(question.locator("div.verdict[id]")).toBeFocused();
  await expect(question).toMatchAriaSnapshot({ name: "question-answered.aria.yml" });
});

test("a test: its page, a question, what is said before handing in, and the result", async ({ page, small }) => {
  await signedIn(page.context(), small, "participant");
  await page.goto(`/lv/courses/${COURSE}/test`);
  await expect(await steady(page)).toMatchAriaSnapshot({ name: "test.aria.yml" });
  await page.getByRole("button", { name: "Sākt pārbaudi" }).click();
  await page.waitForURL(/\/attempts\/[^/]+$/);
  await expect(await steady(page)).toMatchAriaSnapshot({ name: "test-question.aria.yml" });
  await page.goto(`${page.url()}/finish`);
  await expect(await steady(page)).toMatchAriaSnapshot({ name: "test-finish.aria.yml" });
  await page.getByRole("button", { name: "Iesniegt pārbaudi" }).click();
  await page.waitForURL(/\/review$/);
  await expect(await steady(page)).toMatchAriaSnapshot({ name: "test-review.aria.yml" });
});

for (const language of ["lv", "en"] as const) {
  test(`forms with mistakes, ${language}`, async ({ page, small }) => {
    for (const [name, address] of [["register", "register"], ["sign-in", "sign-in"], ["report", "report"]] as const) {
      await page.goto(`/${language}/${address}`);
      await page.locator('main form[method="post"] button[type="submit"]').first().click();
      await expect(page.locator(".error-summary")).toBeFocused();
      await expect(await steady(page)).toMatchAriaSnapshot({ name: `${name}-${language}.aria.yml` });
    }
    await signedIn(page.context(), small, "learner");
    await page.goto(`/${language}/me/organisation/new`);
    await page.locator('main form[method="post"] button[type="submit"]').first().click();
    await expect(await steady(page)).toMatchAriaSnapshot({ name: `organisation-${language}.aria.yml` });
  });
}
