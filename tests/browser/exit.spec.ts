// Pages that it can be dangerous to be seen with: left at once, whatever one has at hand.
import { expect, test } from "./support/fixtures.ts";

const COURSE = "/lv/courses/bystander";
const ELSEWHERE = /^https:\/\/www\.lsm\.lv\//;

test.beforeEach(async ({ page }) => {
  // No test leaves this machine.
  await page.route(ELSEWHERE, (route) => route.fulfill({ contentType: "text/html", body: "<title>Ziņas</title>" }));
});

test("the button leaves the page without a way back", async ({ page }) => {
  await page.goto("/lv/courses");
  await page.goto(COURSE);
  await page.getByRole("link", { name: /^Aizvērt šo lapu/ }).click();
  await page.waitForURL(ELSEWHERE);
  await page.goBack();
  await expect(page).toHaveURL(/\/lv\/courses$/);
});

test("Shift pressed three times leaves the page, and what is said counts down", async ({ page }) => {
  await page.goto(COURSE);
  const status = page.locator(".exit").getByRole("status");
  await page.keyboard.press("Shift");
  await expect(status).toHaveText(/divas reizes/);
  await page.keyboard.press("Shift");
  await expect(status).toHaveText(/vienu reizi/);
  await page.keyboard.press("Shift");
  await page.waitForURL(ELSEWHERE);
});

test("Shift for capital letters leaves nothing", async ({ page }) => {
  await page.goto(COURSE);
  for (const letter of ["A", "B", "C", "D"]) await page.keyboard.press(`Shift+${letter}`);
  await expect(page.locator(".exit").getByRole("status")).toBeEmpty();
  await expect(page).toHaveURL(new RegExp(`${COURSE}$`));
});

test("what has the focus is not below the bar", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 568 });
  await page.goto(COURSE);
  const bar = page.locator(".exit");
  const links = await page.locator("main a, main button").all();
  // From the end to the beginning, so that each comes into view from above.
  for (const link of links.reverse()) {
    await link.focus();
    const [of, above] = [await link.boundingBox(), await bar.boundingBox()];
    expect(of!.y).toBeGreaterThanOrEqual(above!.y + above!.height - 1);
  }
});

test("other courses have no such button", async ({ page }) => {
  await page.goto("/lv/courses/foundations");
  await expect(page.locator(".exit")).toHaveCount(0);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("the button is a link that tells nobody where one was", async ({ page }) => {
    await page.goto(COURSE);
    const button = page.getByRole("link", { name: "Aizvērt šo lapu" });
    await expect(button).toHaveAttribute("rel", "noreferrer");
    await button.click();
    await page.waitForURL(ELSEWHERE);
  });
});
