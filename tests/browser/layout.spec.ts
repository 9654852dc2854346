import type { Page } from "@playwright/test";

import { expect, signedIn, test } from "./support/fixtures.ts";
import { COURSE, LISTS, PAGES, intoAttempt } from "./support/pages.ts";

test.use({ viewport: { width: 320, height: 640 } });

/** What makes the page wider than its window. Wide tables scroll inside a frame of their own. */
async function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > width + 1 && !element.closest(".table-scroll"))
      .map((element) => `<${element.tagName.toLowerCase()} class="${element.className}">`);
  });
}

for (const language of ["lv", "en"] as const) {
  for (const { role, name, open } of PAGES) {
    test(`${role}, ${language}: ${name} fits 320 px`, async ({ page, server }) => {
      await signedIn(page.context(), server, role);
      await open(page, language);
      const title = page.getByRole("heading", { level: 1 });
      await expect(title).toBeVisible();
      expect(await tooWide(page)).toEqual([]);
      // What a page is about stands in the first screen, also at 400 % on a desk: 1280 by 900 is 320 by 225 then.
      if (!(await page.locator(".error-summary").isVisible())) expect((await title.boundingBox())?.y).toBeLessThan(225);
    });
  }
}

test("a question of a test begins in the first screen, also at 400 % on a desk", async ({ page, server }) => {
  await page.setViewportSize({ width: 320, height: 256 });
  await signedIn(page.context(), server, "learner");
  for (const language of ["lv", "en"] as const) {
    await page.goto(`/${language}/courses/${COURSE}/test`);
    await intoAttempt(page);
    const title = page.locator(".question__title").first();
    await expect(title).toBeVisible();
    expect((await title.boundingBox())?.y, language).toBeLessThan(230);
  }
});

for (const width of [320, 390, 500, 640, 1280]) {
  test(`the labels of a chart do not touch each other, ${width} px`, async ({ page, server }) => {
    await page.setViewportSize({ width, height: 844 });
    await signedIn(page.context(), server, "manager");
    await page.goto("/lv/manage/indicators");
    const figure = page.locator(".chart-figure").first();
    const frame = await figure.boundingBox();
    const labels = figure.locator("text:visible");
    const texts = await labels.allTextContents();
    expect(texts.filter((text) => /\d{2}\.\d{4}/.test(text)).length, "months").toBeGreaterThan(1);
    const boxes = await labels.evaluateAll((all) => all.map((label) => label.getBoundingClientRect().toJSON() as DOMRect));
    for (const [index, one] of boxes.entries()) {
      expect(one.left, texts[index]).toBeGreaterThanOrEqual((frame?.x ?? 0) - 1);
      expect(one.right, texts[index]).toBeLessThanOrEqual((frame?.x ?? 0) + (frame?.width ?? 0) + 1);
      for (const [place, other] of boxes.entries()) {
        if (place <= index) continue;
        const apart = Math.max(one.left - other.right, other.left - one.right, one.top - other.bottom, other.top - one.bottom);
        expect(apart, `${texts[index]} and ${texts[place]}`).toBeGreaterThanOrEqual(0);
      }
    }
  });
}

test("a page that is too wide is found out: the check itself works", async ({ page }) => {
  await page.goto("/lv/sign-in");
  await page.evaluate(() => {
    const wide = document.createElement("p");
    wide.className = "wide";
    wide.textContent = "Nepārtraukts".repeat(40);
    wide.style.whiteSpace = "nowrap";
    wide.style.inlineSize = "max-content";
    document.querySelector("main")?.append(wide);
  });
  expect(await tooWide(page)).toContain('<p class="wide">');
});

test.describe("on a desk", () => {
  test.use({ viewport: { width: 1280, height: 900 } });

  for (const language of ["lv", "en"] as const) {
    for (const { role, name, open } of PAGES) {
      test(`${role}, ${language}: ${name} has a header of one row, and no empty side`, async ({ page, server }) => {
        await signedIn(page.context(), server, role);
        await open(page, language);
        expect((await page.getByRole("banner").boundingBox())?.height).toBeLessThanOrEqual(72);
        expect(await emptySide(page)).toBeLessThan(0.4);
      });
    }
  }
});

test.describe("lists on a desk", () => {
  test.use({ viewport: { width: 1280, height: 900 } });

  for (const { role, name, open } of LISTS) {
    test(`${name}: the first row is in the first screen, rows are low, and the head stays`, async ({ page, server }) => {
      await signedIn(page.context(), server, role);
      await open(page, "lv");
      const rows = page.locator("tbody tr");
      expect((await rows.first().boundingBox())?.y).toBeLessThan(400);
      const heights = await rows.evaluateAll((all) => all.map((row) => row.getBoundingClientRect().height));
      expect(heights.reduce((sum, height) => sum + height) / heights.length).toBeLessThanOrEqual(48);
      expect(parseFloat(await page.getByRole("heading", { level: 1 }).evaluate((title) => getComputedStyle(title).fontSize))).toBe(32);
      // However short a list is: at the end of its rows the head is still above them.
      await page.setViewportSize({ width: 1280, height: 200 });
      await page.locator("tbody tr").last().evaluate((row) => scrollBy(0, row.getBoundingClientRect().bottom - 90));
      const head = await page.getByRole("columnheader").first().boundingBox();
      expect(head?.y).toBeGreaterThanOrEqual(-1);
      expect(head?.y).toBeLessThanOrEqual(50);
    });
  }
});

test("a wide list scrolls in its frame, and what people wrote breaks and is shortened", async ({ page, server }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto("/lv/report?next=/lv/glossary");
  await page.locator("#text").fill("x".repeat(1_990));
  await page.getByRole("main").getByRole("button", { name: "Nosūtīt" }).click();
  await signedIn(page.context(), server, "author");
  await page.goto("/lv/author/reports");
  const row = page.getByRole("row").filter({ hasText: "xxxxxxxxxx" });
  for (const width of [1280, 960, 390]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `${width} px`).toBeLessThanOrEqual(width);
    const frame = page.locator(".list__frame");
    expect(await frame.evaluate((element) => element.scrollWidth - element.clientWidth), `the frame at ${width} px`).toBeLessThanOrEqual(1);
    expect((await row.boundingBox())?.height, `${width} px`).toBeLessThan(220);
  }
  await row.locator("summary").click();
  await expect(row).toContainText("x".repeat(1_990));
});

test("on a phone each value of a row says what it is", async ({ page, server }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signedIn(page.context(), server, "manager");
  await page.goto("/lv/manage/learners");
  const labels = await page.locator("tbody tr").first().locator("td[data-name]").evaluateAll((cells) => cells.map((cell) => getComputedStyle(cell, "::before").content));
  expect(labels.length).toBeGreaterThan(0);
  for (const label of labels) expect(label).toMatch(/\p{L}+.*: /u);
});

for (const [role, address] of [["author", "author/reports"], ["author", "author/courses"], ["admin", "admin/jobs"], ["manager", "manage/indicators"], ["organiser", "organise"]] as const) {
  test(`the header of ${address} fits from the width at which it is a row`, async ({ page, server }) => {
    await signedIn(page.context(), server, role);
    for (const language of ["lv", "en"] as const) {
      await page.goto(`/${language}/${address}`);
      for (const width of [960, 972, 1056, 1152, 1200]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await page.evaluate(() => document.documentElement.scrollWidth), `${language}, ${width} px`).toBeLessThanOrEqual(width);
      }
    }
  });
}

/** The width of a grid that its last line leaves empty. */
async function hole(page: Page): Promise<number> {
  return page.locator(".card-grid").first().evaluate((grid) => {
    const cards = [...grid.children].map((card) => card.getBoundingClientRect());
    const last = cards.filter((card) => card.top === cards.at(-1)?.top);
    return grid.getBoundingClientRect().right - Math.max(...last.map((card) => card.right));
  });
}

for (const width of [700, 1280]) {
  test(`at ${width} px a grid has no hole, however many cards it holds`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto("/lv/courses");
    for (let count = await page.locator(".card-grid").first().locator("> li").count(); count > 0; count--) {
      expect(await hole(page), `${count} cards`).toBeLessThan(2);
      await page.locator(".card-grid").first().locator("> li").last().evaluate((card) => card.remove());
    }
  });
}

test.describe("the menu of a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("opens by keyboard, closes by Escape and gives the focus back", async ({ page }) => {
    await page.goto("/lv/sign-in");
    const summary = page.getByRole("banner").getByText("Izvēlne");
    const courses = page.getByRole("banner").getByRole("link", { name: "Kursi" });
    await expect(courses).toBeHidden();
    await summary.focus();
    await page.keyboard.press("Enter");
    await expect(courses).toBeVisible();
    await page.keyboard.press("Tab");
    await expect(page.getByRole("banner").getByRole("searchbox")).toBeFocused();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await expect(courses).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(courses).toBeHidden();
    await expect(page.locator("summary:focus")).toHaveText("Izvēlne");
  });

  test.describe("without scripts", () => {
    test.use({ javaScriptEnabled: false });

    test("leads where it says", async ({ page }) => {
      await page.goto("/lv/sign-in");
      await page.getByRole("banner").getByText("Izvēlne").click();
      await page.getByRole("banner").getByRole("link", { name: "Kursi" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Kursi");
    });
  });
});

/** How much of the page's width stays empty at the fuller of its two sides; an equal margin on both is no empty side. */
async function emptySide(page: Page): Promise<number> {
  return page.evaluate(() => {
    const boxes: DOMRect[] = [];
    const range = document.createRange();
    const texts = document.createTreeWalker(document.querySelector("main") ?? document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      // What only screen readers are told takes no room, wherever its clipped box would end.
      if (text.textContent?.trim() === "" || text.parentElement?.closest(".visually-hidden")) continue;
      range.selectNodeContents(text);
      boxes.push(...range.getClientRects());
    }
    for (const drawn of document.querySelectorAll("main :is(input, textarea, select, table, img, svg, .panel, .card, .button)")) {
      boxes.push(drawn.getBoundingClientRect());
    }
    const seen = boxes.filter((box) => box.width > 1 && box.height > 1);
    const left = Math.min(...seen.map((box) => box.left));
    const right = document.documentElement.clientWidth - Math.max(...seen.map((box) => box.right));
    return Math.abs(right - left) / document.documentElement.clientWidth;
  });
}

test.describe("the search of the header", () => {
  test.use({ javaScriptEnabled: false });

  for (const [width, open] of [[1280, false], [390, true]] as const) {
    test(`finds, by keyboard and without scripts, at ${width} px`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.goto("/lv/verify");
      const header = page.getByRole("banner");
      if (open) {
        await header.getByText("Izvēlne").focus();
        await page.keyboard.press("Enter");
      }
      await header.getByRole("searchbox", { name: "Meklēt visā vietnē" }).focus();
      await page.keyboard.type("netiesa diskriminacija");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/lv\/search\?q=netiesa/);
      await expect(page.getByRole("main").getByRole("listitem").getByRole("link").first()).toBeVisible();
    });
  }

  test("is a sign that leads to the search where the box does not fit", async ({ page }) => {
    await page.setViewportSize({ width: 1000, height: 900 });
    await page.goto("/lv/verify");
    await page.getByRole("banner").getByRole("link", { name: "Meklēt visā vietnē" }).click();
    await expect(page.getByRole("main").getByRole("searchbox")).toBeVisible();
  });
});

test("the chart of an indicator reaches its target and draws the pace that it needs", async ({ page, server }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await signedIn(page.context(), server, "manager");
  await page.goto("/lv/manage/indicators");
  const indicator = page.getByRole("region", { name: /^Valsts un pašvaldību institūciju/ });
  await expect(indicator).toContainText(/vajag \d+,\d mēnesī\. Pēdējos 6 pilnajos mēnešos vidēji pienāca \d+,\d mēnesī\./);
  const chart = indicator.getByRole("img");
  await expect(chart.locator(".chart__label").filter({ hasText: /^1200$/ })).toBeVisible();
  const drawn = await chart.evaluate((svg) => {
    const line = (name: string): DOMRect | undefined => svg.querySelector(name)?.getBoundingClientRect();
    const [pace, target, points] = [line(".chart__pace"), line(".chart__target"), svg.querySelectorAll(".chart__point")];
    const newest = [...points].at(-1)?.getBoundingClientRect();
    return { reaches: Math.abs((pace?.top ?? 0) - (target?.top ?? 99)) < 2, begins: Math.abs((pace?.left ?? 0) - ((newest?.left ?? 99) + (newest?.width ?? 0) / 2)) < 2, low: (newest?.top ?? 0) > (target?.top ?? 0) + 100 };
  });
  expect(drawn).toEqual({ reaches: true, begins: true, low: true });
  const table = indicator.getByRole("table");
  expect((await table.boundingBox())?.x, "the table stands beside it").toBeGreaterThan((await chart.boundingBox())?.x ?? 0);
});
