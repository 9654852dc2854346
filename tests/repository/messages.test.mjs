// Every message exists in Latvian and in English, with the same attributes and variables.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

const themes = path.resolve(import.meta.dirname, "../../themes");

/** Message or term → the attributes and the variables in it; duplicates are told apart. */
function readMessages(folder) {
  const messages = new Map();
  const duplicates = [];
  for (const name of readdirSync(folder).filter((name) => name.endsWith(".ftl")).sort()) {
    let current;
    for (const line of readFileSync(path.join(folder, name), "utf8").split("\n")) {
      if (line.startsWith("#")) continue;
      const start = /^(-?[A-Za-z][\w-]*)\s*=/.exec(line);
      if (start) {
        if (messages.has(start[1])) duplicates.push(`${name}: ${start[1]}`);
        current = { file: name, attributes: new Set(), variables: new Set() };
        messages.set(start[1], current);
      }
      if (!current) continue;
      const attribute = /^\s+\.([A-Za-z][\w-]*)\s*=/.exec(line);
      if (attribute) current.attributes.add(attribute[1]);
      for (const variable of line.matchAll(/\{[^}]*?\$([A-Za-z][\w-]*)/g)) current.variables.add(variable[1]);
    }
  }
  return { messages, duplicates };
}

for (const theme of existsSync(themes) ? readdirSync(themes) : []) {
  const folder = path.join(themes, theme, "messages");
  if (!existsSync(path.join(folder, "lv"))) continue;
  const lv = readMessages(path.join(folder, "lv"));
  const en = readMessages(path.join(folder, "en"));

  test(`theme ${theme}: no message is written twice`, () => {
    assert.deepEqual({ lv: lv.duplicates, en: en.duplicates }, { lv: [], en: [] });
  });

  test(`theme ${theme}: both languages have the same messages`, () => {
    assert.deepEqual([...lv.messages.keys()].sort(), [...en.messages.keys()].sort());
  });

  test(`theme ${theme}: a message takes the same variables and attributes in both languages`, () => {
    const different = [...lv.messages]
      .filter(([key]) => en.messages.has(key))
      .filter(([key, message]) => {
        const other = en.messages.get(key);
        const same = (a, b) => [...a].sort().join() === [...b].sort().join();
        return !same(message.attributes, other.attributes) || !same(message.variables, other.variables);
      })
      .map(([key, message]) => `${message.file}: ${key}`);
    assert.deepEqual(different, []);
  });

  test(`theme ${theme}: Latvian plurals are chosen by PLURAL, which also knows 111 to 119`, () => {
    const without = readdirSync(path.join(folder, "lv"))
      .flatMap((name) => readFileSync(path.join(folder, "lv", name), "utf8").split("\n").map((line) => `${name}: ${line}`))
      .filter((line) => /\{\s*\$[\w-]+\s*->/.test(line));
    assert.deepEqual(without, []);
  });
}
