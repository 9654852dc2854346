import { execFileSync } from "node:child_process";

import type { Locator, Page } from "@playwright/test";

import { answerRightly, answerWrongly, type Hand, keys, mouse } from "./support/answering.ts";
import { readCourse } from "./support/answers.ts";
import { violations } from "./support/axe.ts";
import { expect, signedIn, test, visitor } from "./support/fixtures.ts";
import { COURSE } from "./support/pages.ts";
import type { Server } from "./support/server.ts";

const course = readCourse(COURSE, "lv");
const INDICATOR = "Valsts un pašvaldību institūciju pārstāvji, kas pilnveidojuši savu kompetenci";
const lessons = course.lessons.filter((lesson) => !lesson.test);

/** The whole path of the platform: someone takes a course, completes it, and is counted. */
const WAYS: { way: string; surname: string; hand: Hand; options: { javaScriptEnabled?: boolean } }[] = [
  { way: "by mouse", surname: "Žagariņa-Ūdre", hand: mouse, options: {} },
  { way: "by keyboard alone", surname: "Čakša-Ņevska", hand: keys, options: {} },
  { way: "with JavaScript off", surname: "Šķēle-Ģeibe", hand: mouse, options: { javaScriptEnabled: false } },
];

for (const { way, surname, hand, options } of WAYS) {
  test.describe(way, () => {
    test.use(options);
    test.setTimeout(480_000);

    test(`a person takes a course, completes it and is counted, ${way}`, async ({ page, server, problems }) => {
      const email = `anna.zarina-${way.length}@example.lv`;
      const [givenName, familyName] = ["Anna Ķīte", surname];
      const password = "zirgs ēd zaļu sienu 9";
      const main = page.getByRole("main");
      // Pages that only this path shows; scripts, and so axe, need JavaScript.
      const accessible = async (page: Page): Promise<void> => {
        if (hand === mouse && options.javaScriptEnabled !== false) expect(await violations(page)).toEqual([]);
      };
      const { press, fill, choose, tick } = hand;
      const manager = await managersPage(page, server, problems);
      const countedBefore = await personsTrained(manager);

      await test.step("a visitor finds the course in the catalogue", async () => {
        await page.goto("/");
        await expect(page).toHaveURL(/\/lv\/$/);
        await press(page.getByRole("navigation").getByRole("link", { name: "Kursi" }).first());
        await expect(page.getByRole("heading", { level: 1 })).toHaveText("Kursi");
        await hand.pick(main.getByLabel("Diskriminācijas aizlieguma pamats"), "Invaliditāte (1)");
        await press(main.getByRole("button", { name: "Atlasīt" }));
        await expect(main.getByRole("link", { name: "Invaliditāte" })).toBeVisible();
        await expect(main.getByRole("link", { name: /^Pamati: / })).toHaveCount(0);
        await press(main.getByRole("link", { name: "Noņemt filtrus" }));
        await press(main.getByRole("link", { name: /^Pamati: / }));
        await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Pamati/);
        for (const lesson of lessons) await expect(main.getByText(lesson.title, { exact: true })).toBeVisible();
      });

      await test.step("registers, and sets a password behind the mailed link", async () => {
        await press(page.getByRole("banner").getByRole("link", { name: "Reģistrēties" }));
        await fill(main.getByLabel("E-pasta adrese"), email);
        await press(main.getByRole("button", { name: "Reģistrēties" }));
        await expect(main).toContainText(email);
        await expect(main).toContainText(".eml");
        await accessible(page);
        const mail = await server.mailTo(email);
        const link = mail.links.find((address) => address.includes("/confirm/")) ?? "";
        expect(link.startsWith(server.origin), link).toBe(true);
        await page.goto(link);
        await expect(main).toContainText(email);
        await accessible(page);
        await fill(main.getByLabel("Parole"), password);
        await press(main.getByRole("button", { name: "Apstiprināt un turpināt" }));
      });

      await test.step("says who they are and where they work, and accepts the privacy notice", async () => {
        await expect(page.getByRole("heading", { level: 1 })).toHaveText("Kā jūs sauc?");
        await fill(main.getByLabel("Vārds", { exact: true }), givenName);
        await fill(main.getByLabel("Uzvārds"), familyName);
        await press(main.getByRole("button", { name: "Saglabāt" }));
        await expect(page.getByRole("heading", { level: 1 })).toHaveText("Kur jūs strādājat?");
        await fill(main.getByLabel("Iestāde vai uzņēmums"), "socialo lietu");
        await press(main.getByRole("button", { name: "Meklēt" }));
        await choose(main.getByRole("radio", { name: /^Sociālo lietu paraugpārvalde/ }));
        await press(main.getByRole("button", { name: "Saglabāt" }));
        await expect(page.getByRole("heading", { level: 1 })).toHaveText("Kā apstrādājam jūsu datus");
        await tick(main.getByRole("checkbox", { name: "Šo paziņojumu izlasīju" }));
        await press(main.getByRole("button", { name: "Apstiprināt" }));
        await expect(page.getByText("Profils ir gatavs")).toBeVisible();
      });

      await test.step("enrols, and sees how long the course takes", async () => {
        await page.goto(`/lv/courses/${COURSE}`);
        await press(main.getByRole("button", { name: "Sākt mācīties" }));
        await expect(page.getByRole("heading", { level: 1 })).toHaveText(lessons[0]?.title ?? "");
        await page.goto(`/lv/courses/${COURSE}`);
        await expect(main).toContainText("Vēl jāizlasa");
        await expect(main).toContainText("līdz kursa beigām ap");
        await accessible(page);
        await expect(main).toContainText("Kāpēc man vēl nav apliecības?");
      });

      await test.step("reads the lessons, answers their questions, and resumes where they left off", async () => {
        for (const [index, lesson] of lessons.entries()) {
          await page.goto(`/lv/courses/${COURSE}/lessons/${lesson.slug}`);
          await expect(page.getByRole("heading", { level: 1 })).toHaveText(lesson.title);
          await answerAllInLesson(page, hand);
          await press(main.getByRole("button", { name: "Izlasīju, tālāk" }));
          await expect(page.getByRole("heading", { level: 1 })).not.toHaveText(lesson.title);
          if (index === 1) {
            await page.goto(`/lv/courses/${COURSE}`);
            await expect(main).toContainText("Kāpēc man vēl nav apliecības?");
            await expect(main).toContainText("Vēl jāizlasa");
            await expect(main.getByRole("link", { name: lessons[3]?.title ?? "" })).toHaveCount(1);
            await resume(page, hand, lessons[2]?.title ?? "");
          }
        }
      });

      await test.step("fails the test, which completes nothing", async () => {
        await takeTest(page, hand, answerWrongly);
        await expect(main).toContainText("Pārbaude šoreiz nav nokārtota");
        await page.goto(`/lv/courses/${COURSE}`);
        await expect(main).toContainText("Kāpēc man vēl nav apliecības?");
      });

      await test.step("passes the test, which completes the course", async () => {
        await takeTest(page, hand, answerRightly);
        await expect(main).toContainText("Pārbaude nokārtota");
        await accessible(page);
      });

      const code = await test.step("downloads the certificate", async () => {
        await page.goto(`/lv/courses/${COURSE}`);
        await accessible(page);
        const [download] = await Promise.all([page.waitForEvent("download"), press(main.getByRole("link", { name: "Lejupielādēt apliecību latviski (PDF)" }))]);
        const text = execFileSync("pdftotext", ["-layout", await download.path(), "-"], { encoding: "utf8" });
        expect(text).toContain(`${givenName} ${familyName}`);
        expect(text).toMatch(/akadēmisk/);
        const code = /\/lv\/verify\/([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})/.exec(text.replace(/\s+/g, ""))?.[1] ?? "";
        expect(code).not.toBe("");
        return code;
      });

      await test.step("a stranger reads what the certificate certifies", async () => {
        const stranger = await visitor(page, problems, options);
        await stranger.goto(`/lv/verify/${code}`);
        await expect(stranger.getByRole("main")).toContainText(`${givenName} ${familyName}`);
        await expect(stranger.getByRole("main")).toContainText("Paraugs, nevis apliecība");
        await accessible(stranger);
      });

      await test.step("the manager sees one person more, and the completion behind the figure", async () => {
        expect(await personsTrained(manager)).toBe(countedBefore + 1);
        const managers = manager.getByRole("main");
        await managers.getByRole("link", { name: new RegExp(`^Skaitītās personas ?: ${INDICATOR}`) }).click();
        await managers.getByLabel("Meklēt personu vai organizāciju").fill(familyName);
        await managers.getByRole("button", { name: "Meklēt" }).click();
        await managers.getByRole("link", { name: new RegExp(`^Kursa apguve ?: ${givenName} ${familyName}`) }).click();
        await expect(managers).toContainText(`${givenName} ${familyName}`);
        await expect(managers.getByRole("row")).toHaveCount(3); // The head, the failed attempt, the passed one.
      });
    });
  });
}

async function managersPage(page: Page, server: Server, problems: string[]): Promise<Page> {
  await page.goto(server.origin);
  const manager = await visitor(page, problems);
  await signedIn(manager.context(), server, "manager");
  return manager;
}

async function personsTrained(manager: Page): Promise<number> {
  await manager.goto("/lv/manage/indicators");
  const text = await manager.getByRole("region", { name: INDICATOR, exact: true }).innerText();
  return Number(/^(\d+)\s+no 1\s?200 personām/m.exec(text)?.[1]);
}

async function answerAllInLesson(page: Page, hand: Hand): Promise<void> {
  const ids = await page.locator("[data-question-id]").evaluateAll((all) => all.map((element) => element.getAttribute("data-question-id") ?? ""));
  for (const id of ids) {
    const question: Locator = page.locator(`[data-question-id="${id}"]`);
    const answer = course.answers.get(id);
    await answerRightly(question, course.answers, hand);
    if (answer?.kind === "words" || answer?.kind === "scale") {
      await hand.press(question.getByRole("button", { name: "Saglabāt atbildi" }));
      await expect(page).toHaveURL(new RegExp(`#${id}-verdict$`));
      if (answer.kind === "words") await expect(question.getByRole("textbox")).not.toBeEmpty();
      else await expect(question.getByRole("radio", { checked: true })).toHaveCount(answer.statements.length);
      continue;
    }
    // A case asks one step after the other.
    const steps = answer?.kind === "path" ? answer.choices.length : 1;
    for (let step = 1; step <= steps; step++) {
      if (step > 1) await answerRightly(question, course.answers, hand);
      await hand.press(question.getByRole("button", { name: /^(Pārbaudīt atbildi|Atbildēt vēlreiz|Turpināt)$/ }));
      // The step taken is text from then on, and the next one asks.
      const taken = answer?.kind === "path" && step < steps ? answer.choices[step - 1] : undefined;
      if (taken !== undefined) await expect(question.getByRole("radio", { name: taken, exact: true })).toHaveCount(0);
    }
    await expect(question).toContainText("Pareizi");
  }
}

async function resume(page: Page, hand: Hand, title: string): Promise<void> {
  await page.goto("/lv/me");
  await hand.press(page.getByRole("main").getByRole("link", { name: /Turpināt/ }));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
}

async function takeTest(page: Page, hand: Hand, answer: typeof answerRightly): Promise<void> {
  const main = page.getByRole("main");
  await page.goto(`/lv/courses/${COURSE}/test`);
  await hand.press(main.getByRole("button", { name: /^(Sākt pārbaudi|Mēģināt vēlreiz)$/ }));
  await expect(main).toContainText("1. jautājums no");
  const asked = Number(/1\. jautājums no (\d+)/.exec(await main.innerText())?.[1]);
  for (let number = 1; number <= asked; number++) {
    await expect(main).toContainText(`${number}. jautājums no ${asked}`);
    if (number === 5) {
      // Leaving at any moment loses nothing.
      await page.goto("/lv/");
      await page.goto(`/lv/courses/${COURSE}/test`);
      await hand.press(main.getByRole("link", { name: "Turpināt iesākto mēģinājumu" }));
      await expect(main).toContainText(`5. jautājums no ${asked}`);
      await expect(main.getByRole("link", { name: "4. jautājums, atbildēts" })).toBeVisible();
    }
    await answer(main.locator("[data-question-id]"), course.answers, hand);
    await hand.press(main.getByRole("button", { name: number < asked ? "Saglabāt un tālāk" : "Saglabāt un pārskatīt" }));
  }
  await hand.press(main.getByRole("button", { name: "Iesniegt pārbaudi" }));
}
