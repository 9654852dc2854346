import { defineConfig } from "@playwright/test";

import tests from "./playwright.config.ts";

/** Pictures of every page on contact sheets, to be looked at: nothing is checked. See tests/README.md. */
export default defineConfig(tests, { testMatch: "sheets.ts", timeout: 900_000, use: { screenshot: "off" } });
