import { AxeBuilder } from "@axe-core/playwright";

import { expect, test, signedIn } from "./support/fixtures.ts";
import { PAGES } from "./support/pages.ts";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

for (const colorScheme of ["light", "dark"] as const) {
  for (const language of ["lv", "en"] as const) {
    test.describe(`${colorScheme}, ${language}`, () => {
      test.use({ colorScheme });

      for (const { role, path } of PAGES) {
        test(`${role}: /${path} has no axe violation`, async ({ page, server }) => {
          await signedIn(page.context(), server, role);
          await page.goto(`/${language}/${path}`);
          await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
          await expect(page.locator("html")).toHaveAttribute("lang", language);
          const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
          const found = violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.target.join(" ")} (${node.failureSummary ?? ""})`));
          expect(found).toEqual([]);
        });
      }
    });
  }
}
