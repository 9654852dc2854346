import path from "node:path";

import { signedIn, test } from "./support/fixtures.ts";
import { PAGES } from "./support/pages.ts";
import { ROOT } from "./support/server.ts";

/** A picture by the name of its file, and the page that it shows. */
const PICTURES = [
  { file: "home.png", role: "visitor", name: "/" },
  { file: "lesson.png", role: "learner", name: "a lesson with an answer marked" },
  { file: "event-form.png", role: "organiser", name: "/organise/events/new/seminar" },
  { file: "board.png", role: "organiser", name: "the board of a full event" },
  { file: "registrations.png", role: "organiser", name: "the registrations for an event" },
  { file: "import.png", role: "organiser", name: "a checked file of registrations" },
] as const;

test.use({ viewport: { width: 1280, height: 860 }, colorScheme: "light" });

for (const { file, role, name } of PICTURES) {
  test(file, async ({ page, server }) => {
    const shown = PAGES.find((one) => one.role === role && one.name === name);
    if (!shown) throw new Error(`no page is called “${name}”`);
    await signedIn(page.context(), server, role);
    await shown.open(page, "lv");
    await page.waitForLoadState("networkidle");
    await page.evaluate(() => {
      document.querySelector(".demo-banner")?.remove();
      (document.activeElement as HTMLElement | null)?.blur();
    });
    await page.screenshot({ path: path.join(ROOT, "docs/pictures", file) });
  });
}
