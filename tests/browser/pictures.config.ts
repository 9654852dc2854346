import { defineConfig } from "@playwright/test";

import tests from "./playwright.config.ts";

/** The pictures of README.md and docs/organising.md, made anew in docs/pictures. See tests/README.md. */
export default defineConfig(tests, { testMatch: "pictures.ts", use: { screenshot: "off" } });
