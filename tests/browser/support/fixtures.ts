import { type BrowserContext, type Page, test as base } from "@playwright/test";

import type { Role } from "./pages.ts";
import { DEMO_PASSWORD, type Server, startServer } from "./server.ts";

interface WorkerFixtures {
  /** The server of this worker. */
  server: Server;
}

interface TestFixtures {
  /** What went wrong in any page of this test; the test fails unless it stays empty. */
  problems: string[];
}

/**
 * Playwright's `test` with a server a worker, and a watch over every page: a console error, an
 * exception, a violation of the Content-Security-Policy, a failed request or a 5xx fails the test.
 */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [
    async ({}, use) => {
      const server = await startServer();
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 240_000 },
  ],

  baseURL: async ({ server }, use) => use(server.origin),

  problems: [
    async ({}, use) => {
      const problems: string[] = [];
      await use(problems);
      if (problems.length > 0) throw new Error(`the pages of this test had problems:\n  ${problems.join("\n  ")}`);
    },
    { auto: true },
  ],

  context: async ({ context, problems }, use) => {
    await watch(context, problems);
    await use(context);
  },
});

export { expect } from "@playwright/test";

/** Writes every problem of the context's pages to the list. */
export async function watch(context: BrowserContext, problems: string[]): Promise<void> {
  context.on("console", (message) => {
    // A document may be a 404 or a 422 page on purpose; other answers are judged below.
    if (message.type() !== "error" || message.text().startsWith("Failed to load resource")) return;
    problems.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => problems.push(`exception: ${error.error().message} (${error.page()?.url()})`));
  context.on("response", (response) => {
    const document = response.request().resourceType() === "document";
    if (response.status() >= (document ? 500 : 400)) problems.push(`${response.status()}: ${response.request().method()} ${response.url()}`);
  });
  context.on("requestfailed", (request) => {
    const why = request.failure()?.errorText ?? "";
    // A download, or a page that was left while it loaded.
    if (why !== "net::ERR_ABORTED") problems.push(`${why}: ${request.method()} ${request.url()}`);
  });
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      console.error(`Content-Security-Policy: ${event.violatedDirective} refused ${event.blockedURI}`);
    });
  });
}

/** A further visitor with cookies of their own, watched like the test's first one. */
export async function visitor(
  page: Page,
  problems: string[],
  options: Parameters<NonNullable<ReturnType<BrowserContext["browser"]>>["newContext"]>[0] = {},
): Promise<Page> {
  const browser = page.context().browser();
  if (!browser) throw new Error("no browser");
  const context = await browser.newContext({ baseURL: new URL(page.url()).origin, locale: "lv-LV", timezoneId: "Europe/Riga", reducedMotion: "reduce", ...options });
  await watch(context, problems);
  return context.newPage();
}

/** How the demonstration's people sign in. */
const EMAILS: Record<Exclude<Role, "visitor">, string> = {
  learner: "learner@example.com",
  participant: "participant@example.com",
  organiser: "organiser@example.com",
  author: "author@example.com",
  manager: "manager@example.com",
  admin: "admin@example.com",
};

const sessions = new Map<string, Awaited<ReturnType<BrowserContext["cookies"]>>>();

/** Makes the context that of a signed-in person; signs in once a server and role. */
export async function signedIn(context: BrowserContext, server: Server, role: Role): Promise<void> {
  if (role === "visitor") return;
  const key = `${server.origin} ${role}`;
  const known = sessions.get(key);
  if (known) return context.addCookies(known);
  const page = await context.newPage();
  await page.goto(`${server.origin}/lv/sign-in`);
  await page.getByLabel("E-pasta adrese").fill(EMAILS[role]);
  await page.getByLabel("Parole").fill(DEMO_PASSWORD);
  await page.getByRole("main").getByRole("button", { name: "Pieslēgties" }).click();
  await page.waitForURL(/\/lv\/(?!sign-in)/);
  await page.close();
  sessions.set(key, await context.cookies());
}
