import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect, test } from "@playwright/test";

import { signedIn } from "./support/fixtures.ts";
import { COURSE } from "./support/pages.ts";
import { ROOT, startServer } from "./support/server.ts";

// A test with a time limit, which no shipped course has; on a server of its own, whose clock the browser's does not follow.

/** Minutes, enough for those of the demonstration, who take the test, too. */
const LIMIT = 600;

test("few steps lead to a test's question, its page counts what is left open, and the time is told and kept", async ({ browser }) => {
  test.setTimeout(240_000);
  const courses = await mkdtemp(path.join(tmpdir(), "iespeja-courses-"));
  await cp(path.join(ROOT, "courses"), courses, { recursive: true });
  for (const language of ["lv", "en"]) {
    const file = path.join(courses, COURSE, language, "90-parbaude.md");
    await writeFile(file, (await readFile(file, "utf8")).replace("attempts = 3", `attempts = 3\ntime_limit_minutes = ${LIMIT}`));
  }
  const server = await startServer({ environment: { IESPEJA_COURSES_DIR: courses } });
  try {
    const context = await browser.newContext({ baseURL: server.origin, locale: "lv-LV", timezoneId: "Europe/Riga" });
    const page = await context.newPage();
    await signedIn(context, server, "participant");
    await page.clock.install();
    await page.goto(`/lv/courses/${COURSE}`);
    const enrol = page.getByRole("button", { name: "Sākt mācīties" });
    if ((await enrol.count()) > 0) await enrol.click();
    await page.goto(`/lv/courses/${COURSE}/test`);
    await page.getByRole("button", { name: "Sākt pārbaudi" }).click();
    const question = page.locator("form.question--test");
    await expect(page.locator(".skip-link")).toHaveAttribute("href", /^#q-/);
    await expect(question.locator(".question__title").first()).toBeFocused();
    await page.keyboard.press("Tab");
    expect(await question.evaluate((form) => form.contains(document.activeElement))).toBe(true);

    const left = page.locator(".attempt-time__left");
    const spoken = page.locator(".attempt-time [role=status]");
    await expect(left).toHaveText(/^Atlicis: (600|599) min$/);
    await page.clock.fastForward((LIMIT - 5) * 60_000 + 1000);
    await expect(spoken).toHaveText("Pārbaudei atlikušas piecas minūtes.");
    await page.clock.fastForward(4 * 60_000);
    await expect(spoken).toHaveText(/^Pārbaudei atlikusi viena minūte/);
    await expect(left).toHaveText("Atlikusi mazāk nekā minūte");
    const [handedIn] = await Promise.all([page.waitForRequest((request) => /\/answers$/.test(request.url())), page.clock.fastForward(61_000)]);
    expect(handedIn.postData()).toContain("go=finish");
    // By the server's clock there is time left: its page says how much, and what is not answered.
    await page.waitForURL(/\/finish$/);
    await expect(page.locator(".attempt-time__left")).toBeVisible();
    await expect(page.getByRole("main")).toContainText(/Nav atbildēts uz \d+ jaut/);

    // After the last attempt nobody is told to try again.
    for (let attempt = 1; attempt <= 3; attempt++) {
      await page.getByRole("button", { name: "Iesniegt pārbaudi" }).click();
      await page.waitForURL(/\/review$/);
      if (attempt === 3) break;
      await expect(page.getByRole("main")).toContainText("mēģiniet vēlreiz");
      await expect(page.getByRole("main")).toContainText(attempt === 1 ? "Jums vēl atlikuši 2 mēģinājumi." : "Jums vēl atlicis 1 mēģinājums.");
      await page.getByRole("link", { name: "Mēģināt vēlreiz" }).click();
      await page.getByRole("button", { name: "Mēģināt vēlreiz" }).click();
      await page.waitForURL(/\/attempts\/[^/]+$/);
      await page.goto(`${page.url()}/finish`);
    }
    await expect(page.getByRole("main")).toContainText("Visi mēģinājumi ir izmantoti");
    await expect(page.getByRole("main")).not.toContainText("mēģiniet vēlreiz");
    await context.close();
  } finally {
    await server.stop();
    await rm(courses, { recursive: true, force: true });
  }
});
