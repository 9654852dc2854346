import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";

import type { Page } from "@playwright/test";

import type { Language } from "./support/answers.ts";
import { signedIn, test } from "./support/fixtures.ts";
import { PAGES, type PageOf } from "./support/pages.ts";

/** How the pages are looked at; `every` third page or so is enough where only the width or the colours differ. */
interface View {
  width: number;
  language: Language;
  colorScheme: "light" | "dark";
  every: number;
}

const view = (width: number, language: Language, colorScheme: "light" | "dark", every: number): View => ({ width, language, colorScheme, every });

const VIEWS: readonly View[] = [
  view(1280, "lv", "light", 1),
  view(390, "lv", "light", 1),
  view(1280, "en", "dark", 1),
  view(390, "en", "dark", 3),
  view(320, "lv", "light", 3),
  view(768, "lv", "light", 3),
  view(1920, "lv", "light", 3),
];

/** A sheet in px: columns of one height, as wide as the pictures are shown. */
const SHEET = { width: 2080, height: 1900, wide: 520, slim: 260 };

/** A part of a picture, as it stands in a column. */
interface Part {
  file: string;
  caption: string;
  from: number;
  height: number;
}

for (const { width, language, colorScheme, every } of VIEWS) {
  const name = `${width}-${language}-${colorScheme}`;
  test(name, async ({ browser, server }) => {
    const folder = path.join(test.info().project.outputDir, "sheets", name);
    await mkdir(folder, { recursive: true });
    const chosen = PAGES.filter((_, index) => index % every === 0);
    const shown = width > 500 ? SHEET.wide : SHEET.slim;
    const parts: Part[] = [];
    for (const [index, one] of chosen.entries()) {
      const context = await browser.newContext({ baseURL: server.origin, viewport: { width, height: Math.round(width < 500 ? width * 2 : 900) }, colorScheme, reducedMotion: "reduce", locale: "lv-LV", timezoneId: "Europe/Riga" });
      await signedIn(context, server, one.role);
      const file = `${String(index + 1).padStart(2, "0")}.jpg`;
      const height = await picture(await context.newPage(), one, language, path.join(folder, file));
      parts.push(...cut(`${index + 1}. ${one.role}: ${one.name}`, file, (height * shown) / width));
      await context.close();
    }
    const page = await browser.newPage({ viewport: { width: SHEET.width, height: SHEET.height } });
    for (const [index, sheet] of laidOut(parts, SHEET.width / shown).entries()) {
      const html = path.join(folder, "sheet.html");
      await writeFile(html, written(sheet, shown));
      await page.goto(pathToFileURL(html).href);
      await page.screenshot({ path: path.join(folder, `sheet-${index + 1}.jpg`), quality: 85 });
    }
    await page.close();
  });
}

/** Takes a picture of the whole page; its height. A page that cannot be reached is shown as it is. */
async function picture(page: Page, { open }: PageOf, language: Language, file: string): Promise<number> {
  await open(page, language).catch((error: unknown) => console.log(file, String(error).split("\n")[0]));
  // Pictures further down are not loaded until one comes near.
  await page.evaluate(async () => {
    const pictures = [...document.images];
    for (const one of pictures) one.loading = "eager";
    await Promise.allSettled(pictures.map((one) => one.decode()));
    await document.fonts.ready;
  });
  await page.screenshot({ path: file, fullPage: true, quality: 80 });
  return page.evaluate(() => document.documentElement.scrollHeight);
}

/** Cuts a picture that is taller than a sheet. */
function cut(caption: string, file: string, height: number): Part[] {
  const room = SHEET.height - CAPTION;
  return Array.from({ length: Math.ceil(height / room) }, (_, index) => ({
    caption: index ? `${caption} (${index + 1})` : caption,
    file,
    from: index * room,
    height: Math.min(room, height - index * room),
  }));
}

const CAPTION = 24;

/** Fills columns from the top, and sheets with columns. */
function laidOut(parts: readonly Part[], columns: number): Part[][][] {
  const sheets: Part[][][] = [];
  let left = 0;
  for (const part of parts) {
    const height = part.height + CAPTION;
    if (height > left) {
      if ((sheets.at(-1)?.length ?? columns) === columns) sheets.push([]);
      sheets.at(-1)?.push([]);
      left = SHEET.height;
    }
    sheets.at(-1)?.at(-1)?.push(part);
    left -= height;
  }
  return sheets;
}

function written(sheet: readonly Part[][], width: number): string {
  const one = (part: Part): string =>
    `<p>${part.caption}</p><div style="height:${part.height}px;background:url(${part.file}) 0 ${-part.from}px / ${width - 6}px auto no-repeat"></div>`;
  const style = `body{margin:0;display:flex;background:#888;font:13px sans-serif}main{width:${width}px}p{margin:0;height:${CAPTION}px;line-height:${CAPTION}px;overflow:hidden;white-space:nowrap}div{margin-right:6px}`;
  return `<!doctype html><meta charset="utf-8"><style>${style}</style>${sheet.map((column) => `<main>${column.map(one).join("")}</main>`).join("")}`;
}
