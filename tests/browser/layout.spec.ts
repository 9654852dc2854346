import { expect, test, signedIn } from "./support/fixtures.ts";
import { PAGES } from "./support/pages.ts";

test.use({ viewport: { width: 320, height: 640 } });

for (const language of ["lv", "en"] as const) {
  for (const { role, path } of PAGES) {
    test(`${role}: /${language}/${path} fits 320 px`, async ({ page, server }) => {
      await signedIn(page.context(), server, role);
      await page.goto(`/${language}/${path}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      const tooWide = await page.evaluate(() => {
        const width = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= width) return [];
        return [...document.querySelectorAll("body *")]
          .filter((element) => element.getBoundingClientRect().right > width + 1 && !element.closest(".table-scroll"))
          .map((element) => `<${element.tagName.toLowerCase()} class="${element.className}">`);
      });
      expect(tooWide).toEqual([]);
    });
  }
}
