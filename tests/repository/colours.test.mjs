// Carmine is the brand and the button that leads on; nothing else takes it, and nobody writes a colour down beside
// the tokens.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

const folder = path.resolve(import.meta.dirname, "../../themes/default/css");
const sheets = readdirSync(folder, { recursive: true })
  .filter((name) => name.endsWith(".css") && name !== "tokens.css")
  .map((name) => [name, readFileSync(path.join(folder, name), "utf8").replace(/\/\*.*?\*\//gs, "")]);

/** Where the brand is shown. */
const BRAND = new Set(["layout/site-header.css", "components/button.css", "components/sign.css", "components/swatches.css"]);

test("carmine is the brand's and the main button's alone", () => {
  const found = sheets.filter(([name, text]) => text.includes("var(--accent") && !BRAND.has(name)).map(([name]) => name);
  assert.deepEqual(found, []);
});

test("every colour that a sheet names is a token", () => {
  const tokens = new Set([...readFileSync(path.join(folder, "tokens.css"), "utf8").matchAll(/(--[\w-]+):/g)].map((match) => match[1]));
  for (const [name, text] of sheets) {
    const own = new Set([...text.matchAll(/(--[\w-]+):/g)].map((match) => match[1]));
    for (const [, used] of text.matchAll(/var\((--[\w-]+)/g)) {
      assert.ok(tokens.has(used) || own.has(used) || sheets.some(([, other]) => other.includes(`${used}:`)), `${name}: ${used}`);
    }
  }
});
