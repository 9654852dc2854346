import type { Page } from "@playwright/test";

import { expect, signedIn, test } from "./support/fixtures.ts";
import { COURSE, intoAttempt } from "./support/pages.ts";

// What is said of an answer that is saved in the background: “saved” only when the server has it.

const ANSWERS = /\/attempts\/[^/]+\/answers$/;
const STATE = ".save-state";

/** Opens a question of the test that offers choices to pick one of. */
async function openQuestion(page: Page): Promise<void> {
  await page.goto(`/lv/courses/${COURSE}`);
  const enrol = page.getByRole("button", { name: "Sākt mācīties" });
  if ((await enrol.count()) > 0) await enrol.click();
  await page.goto(`/lv/courses/${COURSE}/test`);
  await intoAttempt(page);
  const attempt = page.url().split("?")[0];
  for (let number = 1; number <= 10; number++) {
    await page.goto(`${attempt}?q=${number}`);
    if ((await page.getByRole("radio").count()) > 1) return;
  }
  throw new Error("the test asks nothing to pick one of");
}

/** Picks a choice that is not picked yet. */
async function pickAnother(page: Page): Promise<void> {
  await page.getByRole("radio", { checked: false }).first().check();
}

test.beforeEach(async ({ page, server }) => {
  await signedIn(page.context(), server, "participant");
  await openQuestion(page);
});

test("an answer that was saved is called saved, and is there when the page is opened again", async ({ page }) => {
  await pickAnother(page);
  await expect(page.locator(STATE)).toHaveText("Saglabāts");
  const picked = await page.getByRole("radio", { checked: true }).getAttribute("value");
  await page.reload();
  await expect(page.getByRole("radio", { checked: true })).toHaveAttribute("value", picked ?? "");
});

test("an answer is not called saved when there is no connection, and is once there is one", async ({ page, problems }) => {
  await page.context().setOffline(true);
  await pickAnother(page);
  await expect(page.locator(STATE)).toHaveText("Nav saglabāts. Pārbaudiet savienojumu un nospiediet pogu zemāk.");
  expect(problems.splice(0)).toEqual([expect.stringContaining("ERR_INTERNET_DISCONNECTED: POST")]);
  await page.context().setOffline(false);
  await pickAnother(page);
  await expect(page.locator(STATE)).toHaveText("Saglabāts");
});

test("an answer is not called saved when the session has ended, and is once there is one again", async ({ page, problems }) => {
  const session = await page.context().cookies();
  await page.context().clearCookies();
  await pickAnother(page);
  await expect(page.locator(STATE)).toHaveText(
    "Nav saglabāts. Sesija ir beigusies vai nav sākta. Pieslēdzieties un mēģiniet vēlreiz; agrāk saglabātais nav zudis.",
  );
  expect(problems.splice(0)).toEqual([expect.stringContaining("401: POST")]);
  await page.context().addCookies(session);
  await pickAnother(page);
  await expect(page.locator(STATE)).toHaveText("Saglabāts");
});

test("an answer is not called saved when a page comes back, from somebody between the browser and the server", async ({ page }) => {
  await page.route(ANSWERS, (route) => route.fulfill({ status: 200, contentType: "text/html", body: "<h1>Welcome to our network</h1>" }));
  await pickAnother(page);
  await expect(page.locator(STATE)).toHaveText("Nav saglabāts. Pārbaudiet savienojumu un nospiediet pogu zemāk.");
  await page.unroute(ANSWERS);
  await pickAnother(page);
  await expect(page.locator(STATE)).toHaveText("Saglabāts");
});

test("an answer changed since is not called saved before it is", async ({ page }) => {
  await pickAnother(page);
  await expect(page.locator(STATE)).toHaveText("Saglabāts");

  // Keeps what was said, and holds each save until it is let go.
  await page.evaluate((selector) => {
    const state = document.querySelector(selector);
    const said: string[] = [];
    Object.assign(window, { said });
    new MutationObserver(() => said.push(state?.textContent ?? "")).observe(state as Node, { childList: true });
  }, STATE);
  const held: (() => void)[] = [];
  await page.route(ANSWERS, async (route) => {
    await new Promise<void>((letGo) => held.push(letGo));
    await route.continue();
  });

  await pickAnother(page);
  await expect(page.locator(STATE)).toHaveText("Saglabā…");
  await pickAnother(page);
  held.shift()?.();
  await expect.poll(() => held.length).toBe(1);
  held.shift()?.();
  await expect(page.locator(STATE)).toHaveText("Saglabāts");
  const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
  expect(said.filter((words) => words === "Saglabāts")).toHaveLength(1);
  expect(said[0], "the word for the answer before goes as soon as another is picked").toBe("");
});
