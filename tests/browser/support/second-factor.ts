import { createHmac } from "node:crypto";

import type { Page } from "@playwright/test";

import { DEMO_PASSWORD } from "./server.ts";

/** The code that an authenticator app shows for a key at this moment (RFC 6238). */
export function codeOf(key: string, at: number = Date.now()): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...key.replaceAll(/\s/g, "")].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const digest = createHmac("sha1", secret).update(step).digest();
  const offset = (digest.at(-1) ?? 0) & 0xf;
  return String((digest.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, "0");
}

const send = (page: Page): Promise<void> => page.locator('main form[method="post"] button[type="submit"]').first().click();

/** From the page of one's own second factor, which is off, to the key for the app. */
export async function setUp(page: Page): Promise<void> {
  await page.locator("#password").fill(DEMO_PASSWORD);
  await send(page);
  await page.waitForURL(/\/second-factor\/setup$/);
}

/** From the page of one's own second factor to the same page, with the factor on. */
export async function turnOn(page: Page): Promise<void> {
  const own = page.url();
  if ((await page.locator('main a[href$="/second-factor/remove"]').count()) > 0) return;
  await setUp(page);
  await page.locator("#otp").fill(codeOf((await page.locator("main ol code").textContent()) ?? ""));
  await send(page);
  await page.locator("main ul code").first().waitFor();
  await page.goto(own);
}

/** From the page of one's own second factor, to that which asks for a code after the password. */
export async function toCode(page: Page, email: string): Promise<void> {
  await turnOn(page);
  await page.context().clearCookies();
  await page.goto(page.url().replace(/\/me\/.*$/, "/sign-in"));
  await page.locator("#email").fill(email);
  await page.locator("#password").fill(DEMO_PASSWORD);
  await send(page);
  await page.waitForURL(/\/sign-in\/code/);
}
