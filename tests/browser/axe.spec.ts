import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

import { expect, signedIn, test } from "./support/fixtures.ts";
import { PAGES } from "./support/pages.ts";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds wrong with the page as it stands. */
async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.target.join(" ")} (${node.failureSummary ?? ""})`));
}

for (const language of ["lv", "en"] as const) {
  for (const { role, path } of PAGES) {
    test(`${role}: /${language}/${path} has no axe violation, light or dark`, async ({ page, server }) => {
      await signedIn(page.context(), server, role);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await page.goto(`/${language}/${path}`);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expect(page.locator("html")).toHaveAttribute("lang", language);
        expect(await violations(page), colorScheme).toEqual([]);
      }
    });
  }
}

test("a page with mistakes is found out: the check itself works", async ({ page }) => {
  await page.goto("/lv/sign-in");
  await page.evaluate(() => {
    document.querySelector("label")?.remove();
    const faint = document.createElement("p");
    faint.textContent = "Tikko saskatāms";
    faint.style.color = "rgb(200 200 200)";
    document.querySelector("main")?.append(faint);
  });
  const found = await violations(page);
  expect(found.filter((violation) => violation.startsWith("label:"))).not.toEqual([]);
  expect(found.filter((violation) => violation.startsWith("color-contrast:"))).not.toEqual([]);
});
