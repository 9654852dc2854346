// No file holds two versions of the same lines, with the marks of version control between them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

const root = path.resolve(import.meta.dirname, "../..");

/** The page of the rule against such lines shows them. */
const SHOWS_THEM = ["course-compiler/src/rules/conflict_marker.md"];

/** Numbers of the lines that begin with a mark. Seven equals signs alone also underline a heading. */
export function marks(text) {
  const lines = text.split(/\r\n|\r|\n/).map((line, index) => [index + 1, line]);
  return lines.filter(([, line]) => /^(?:<{7}|>{7})(?:[ \t]|$)/.test(line) || /^\|{7} [^|]*$/.test(line)).map(([number]) => number);
}

test("marks are found, and underlined headings are none", () => {
  const conflict = ["a", `${"<".repeat(7)} HEAD`, "b", `${"|".repeat(7)} 1234567`, "=======", "c", `${">".repeat(7)} other`];
  assert.deepEqual(marks(conflict.join("\n")), [2, 4, 7]);
  assert.deepEqual(marks(conflict.join("\r\n")), [2, 4, 7]);
  assert.deepEqual(marks(`Heading\n=======\n ${"<".repeat(7)} HEAD\n${"<".repeat(8)} a\n`), []);
});

test("no tracked file has marks of a conflict", () => {
  const tracked = execFileSync("git", ["ls-files", "-z"], { cwd: root, maxBuffer: 1 << 26 }).toString("utf8").split("\0");
  const files = tracked.filter((name) => name !== "" && !SHOWS_THEM.includes(name) && existsSync(path.join(root, name)));
  assert.ok(files.length > 100, "the files are listed");
  const found = files
    .map((name) => [name, readFileSync(path.join(root, name))])
    // A file with a zero byte is no text.
    .filter(([, bytes]) => !bytes.includes(0))
    .flatMap(([name, bytes]) => marks(bytes.toString("utf8")).map((line) => `${name}:${line}`));
  assert.deepEqual(found, []);
});
