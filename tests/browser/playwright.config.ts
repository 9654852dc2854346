import { defineConfig } from "@playwright/test";

/**
 * The journeys run in Debian's Chromium against the built server. Every worker starts a server of
 * its own on a fresh data folder (support/server.ts), so files cannot disturb each other.
 */
export default defineConfig({
  testDir: ".",
  globalSetup: "./support/server.ts",
  testMatch: "*.spec.ts",
  outputDir: "results",
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    locale: "lv-LV",
    timezoneId: "Europe/Riga",
    viewport: { width: 1280, height: 900 },
    // The page scrolls to what has the focus at once, so that it can be seen when it is looked at.
    contextOptions: { reducedMotion: "reduce" },
    // `npx playwright test --trace on` records one; always recording doubles the time.
    trace: "off",
    screenshot: "only-on-failure",
    navigationTimeout: 30_000,
    actionTimeout: 10_000,
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
