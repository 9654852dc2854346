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
