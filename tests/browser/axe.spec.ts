import { violations } from "./support/axe.ts";
import { expect, signedIn, test } from "./support/fixtures.ts";
import { PAGES } from "./support/pages.ts";

for (const language of ["lv", "en"] as const) {
  for (const { role, name, open } of PAGES) {
    test(`${role}, ${language}: ${name} has no axe violation, light or dark`, async ({ page, server }) => {
      await signedIn(page.context(), server, role);
      await open(page, language);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
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
