import type { Page } from "@playwright/test";

import { readCourse } from "./support/answers.ts";
import { expect, signedIn, test } from "./support/fixtures.ts";
import { COURSE } from "./support/pages.ts";

// What a page must survive: each gives a clear message, keeps what was typed, and is never a 500.

const course = readCourse(COURSE, "lv");
const other = readCourse("disability", "lv");
const lesson = course.lessons[0]?.slug ?? "";
const lessonPath = `/lv/courses/${COURSE}/lessons/${lesson}`;

/** The token that this visitor's forms carry. */
async function token(page: Page): Promise<string> {
  return page.locator('input[name="csrf"]').first().inputValue();
}

test.describe("a stranger", () => {
  test("is told in words when a page takes no such method", async ({ page }) => {
    const answer = await page.request.delete("/lv/courses");
    expect(answer.status()).toBe(405);
    expect(await answer.text()).toContain("Tā šo lapu atvērt nevar");
  });

  test("is told in the language of the address when a page does not exist", async ({ page }) => {
    for (const [path, words] of [
      ["/lv/nav-tadas", "Šādas lapas nav"],
      ["/en/nothing", "There is no such page"],
      ["/lv/courses/nav-tada", "Šādas lapas nav"],
      [`/lv/courses/${COURSE}/lessons/nav-tadas`, "Šādas lapas nav"],
      ["/nothing", "nav|no such"],
    ] as const) {
      const answer = await page.request.get(path, { maxRedirects: 0 });
      if (answer.status() === 303) continue; // Asks to sign in before it says what exists.
      expect(answer.status(), path).toBe(404);
      expect(await answer.text(), path).toMatch(new RegExp(words));
    }
  });

  test("gets a problem+json where a program asks", async ({ page }) => {
    const answer = await page.request.get("/lv/nav-tadas", { headers: { accept: "application/json" } });
    expect(answer.status()).toBe(404);
    expect(answer.headers()["content-type"]).toContain("application/problem+json");
    expect(await answer.json()).toMatchObject({ status: 404, title: "Šādas lapas nav" });
  });

  test("cannot send a form without its token, or from another site", async ({ page }) => {
    const bare = await page.request.post("/lv/sign-in", { form: { email: "a@example.lv", password: "x" } });
    expect(bare.status()).toBe(403);
    expect(await bare.text()).toContain("Veidlapa ir novecojusi");
    await page.goto("/lv/sign-in");
    const foreign = await page.request.post("/lv/sign-in", {
      headers: { "sec-fetch-site": "cross-site" },
      form: { csrf: await token(page), email: "a@example.lv", password: "x" },
    });
    expect(foreign.status()).toBe(403);
    expect(await foreign.text()).toContain("Veidlapa atnāca no citas vietnes");
  });

  test("breaks nothing with strange addresses and fields", async ({ page }) => {
    const long = "ā".repeat(2_000);
    for (const path of ["/lv/courses?ground=%FF%FE", `/lv/courses?ground=${long}`, "/lv/courses?ground[]=1", "/lv/verify/%00", `/lv/verify/${encodeURIComponent(long)}`, "/lv/attempts/not-an-id", "/lv/me/certificates/..%2F..%2Fetc%2Fpasswd", "/assets/..%2F..%2FCargo.toml", "/lv/confirm/%E2%80%AE"]) {
      const answer = await page.request.get(path, { maxRedirects: 0 });
      expect(answer.status(), path).toBeLessThan(500);
      expect(await answer.text(), path).not.toMatch(/panicked|\.rs:\d+|\[workspace\]/);
    }
  });

  test("with a tampered certificate code is told that a character is wrong", async ({ page }) => {
    await page.goto("/lv/verify");
    await page.getByLabel("Apliecības kods").fill("7K3M-Q2XA-9F0F");
    await page.getByRole("button", { name: "Pārbaudīt" }).click();
    await expect(page.getByRole("alert")).toContainText("kāda zīme ir mainīta vai trūkst");
    await expect(page.getByLabel("Apliecības kods")).toHaveValue("7K3M-Q2XA-9F0F");
    for (const path of ["/lv/verify/AAAA-AAAA-AAAA", "/lv/verify/nav"]) {
      expect([404, 422]).toContain((await page.goto(path))?.status());
    }
  });

  test("with an old, used or invented link is told what to do instead", async ({ page }) => {
    await page.goto("/lv/confirm/nav-tadas-saites");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Saite nav derīga");
    await expect(page.getByRole("button", { name: "Lūgt jaunu saiti" })).toBeVisible();
  });

  test("reads beside the field what is wrong with a registration, and finds what was typed, but the password", async ({ page, server }) => {
    await page.goto("/lv/register");
    await page.getByLabel("E-pasta adrese").fill("ieva.bez.domena@");
    await page.getByRole("main").getByRole("button", { name: "Reģistrēties" }).click();
    await expect(page.getByLabel("E-pasta adrese")).toHaveValue("ieva.bez.domena@");
    await expect(page.getByLabel("E-pasta adrese")).toHaveAccessibleDescription(/Ierakstiet pilnu e-pasta adresi/);
    await expect(page.getByRole("alert")).toContainText("Lūdzu, izlabojiet");

    await page.getByLabel("E-pasta adrese").fill("ieva.ar.domenu@example.lv");
    await page.getByRole("main").getByRole("button", { name: "Reģistrēties" }).click();
    const mail = await server.mailTo("ieva.ar.domenu@example.lv");
    await page.goto(mail.links.find((address) => address.includes("/confirm/")) ?? "");
    await page.getByLabel("Parole").fill("īsa");
    await page.getByRole("button", { name: "Apstiprināt un turpināt" }).click();
    await expect(page.getByLabel("Parole")).toHaveValue("");
    await expect(page.getByLabel("Parole")).toHaveAccessibleDescription(/vismaz 12 rakstzīmes/);
    await expect(page.getByRole("alert")).toContainText("Lūdzu, izlabojiet");
  });

  test("learns nothing of an address that has an account; its owner gets a mail", async ({ page, server }) => {
    const seen: string[] = [];
    for (const email of ["admin@example.com", "jauns.cilveks@example.lv"]) {
      await page.goto("/lv/register");
      await page.getByLabel("E-pasta adrese").fill(email);
      await page.getByRole("main").getByRole("button", { name: "Reģistrēties" }).click();
      const text = await page.getByRole("main").innerText();
      seen.push(text.replaceAll(email, "…").replace(/mail\/\S+/, "…"));
    }
    expect(seen[0]).toBe(seen[1]);
    expect((await server.mailTo("admin@example.com")).subject).toBe("Jums jau ir konts");
  });
});

test.describe("a learner", () => {
  test.beforeEach(async ({ page, server }) => {
    await signedIn(page.context(), server, "participant");
    await page.goto(`/lv/courses/${COURSE}`);
    const enrol = page.getByRole("button", { name: "Sākt mācīties" });
    if ((await enrol.count()) > 0) await enrol.click();
    await page.goto(lessonPath);
  });

  test("sees beside the field that a number cannot be read, and finds what was typed", async ({ page }) => {
    const id = [...course.answers].find(([, answer]) => answer.kind === "number")?.[0] ?? "";
    for (const { slug, test: isTest } of course.lessons) {
      if (isTest) continue;
      await page.goto(`/lv/courses/${COURSE}/lessons/${slug}`);
      const question = page.locator("[data-question-id]").filter({ has: page.locator('input[inputmode="decimal"]') }).first();
      if ((await question.count()) === 0) continue;
      await question.getByRole("textbox").fill("apmēram trīs");
      await question.getByRole("button", { name: /^(Pārbaudīt atbildi|Atbildēt vēlreiz)$/ }).click();
      await expect(question).toContainText("„apmēram trīs” nav skaitlis");
      await expect(question.getByRole("textbox")).toHaveValue("apmēram trīs");
      await expect(question.getByRole("textbox")).toHaveAccessibleDescription(/nav skaitlis.*Ierakstiet skaitli/);
      return;
    }
    throw new Error(`no lesson asks for a number (${id})`);
  });

  test("cannot answer a question of another course", async ({ page }) => {
    const foreign = [...other.answers.keys()].find((id) => !course.answers.has(id)) ?? "";
    const answer = await page.request.post(`${lessonPath}/questions/${foreign}`, { form: { csrf: await token(page), revision: "x", a: "1" } });
    expect(answer.status()).toBe(409);
    expect(await answer.text()).toContain("Šis jautājums nav no šīs lapas");
  });

  test("is told when a question has changed since the page was opened", async ({ page }) => {
    const question = page.locator("[data-question-id]").first();
    const action = (await question.getAttribute("action")) ?? "";
    const choice = (await question.locator("input[type=radio], input[type=checkbox]").first().getAttribute("value")) ?? "";
    const answer = await page.request.post(action, { form: { csrf: await token(page), revision: "0000000000000000", a: choice } });
    expect(answer.status()).toBe(422);
    expect(await answer.text()).toContain("Jautājums kopš lapas atvēršanas ir mainīts");
  });

  test("begins one attempt with two clicks, and hands it in once", async ({ page }) => {
    await page.goto(`/lv/courses/${COURSE}/test`);
    const csrf = await token(page);
    const begin = () => page.request.post(`/lv/courses/${COURSE}/test/start`, { form: { csrf }, maxRedirects: 0 });
    const [first, second] = await Promise.all([begin(), begin()]);
    const attempt = first.headers().location ?? "";
    expect(first.status()).toBe(303);
    expect(second.headers().location).toBe(attempt);
    const finish = `${attempt.split("?")[0]}/finish`;
    const hand = () => page.request.post(finish, { form: { csrf }, maxRedirects: 0 });
    const ends = await Promise.all([hand(), hand()]);
    expect(ends.map((end) => end.status())).toEqual([303, 303]);
    expect(ends[0]?.headers().location).toBe(ends[1]?.headers().location);
  });

  test("cannot see or touch the attempt of somebody else", async ({ page }) => {
    for (const path of ["", "/review", "/finish"]) {
      const answer = await page.request.get(`/lv/attempts/01900000-0000-7000-8000-000000000000${path}`);
      expect(answer.status()).toBe(404);
    }
  });

  test("is refused pages of other roles", async ({ page }) => {
    for (const path of ["manage/indicators", "manage/organisations", "admin/accounts"]) {
      const answer = await page.goto(`/lv/${path}`);
      expect(answer?.status(), path).toBe(403);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Šī lapa jums nav pieejama");
    }
  });
});
