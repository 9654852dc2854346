import type { Page } from "@playwright/test";

import { expect, signedIn, test } from "./support/fixtures.ts";
import { PAGES } from "./support/pages.ts";

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
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      expect(await tooWide(page)).toEqual([]);
    });
  }
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

/** How much of the page's width stays empty at the fuller of its two sides; an equal margin on both is no empty side. */
async function emptySide(page: Page): Promise<number> {
  return page.evaluate(() => {
    const boxes: DOMRect[] = [];
    const range = document.createRange();
    const texts = document.createTreeWalker(document.querySelector("main") ?? document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      if (text.textContent?.trim() === "") continue;
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
