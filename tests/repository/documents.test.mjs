// The documents name files and folders of this repository only as they are.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

const root = path.resolve(import.meta.dirname, "../..");

/** First parts of paths that a document can mean; anything else in backticks is not a path. */
const TOP = ["README.md", "CHANGELOG.md", "LICENSE", "Cargo.toml", "Cargo.lock", "clippy.toml", "rustfmt.toml"];
const FOLDERS = [".ci", "boundaries", "course-compiler", "server", "courses", "themes", "tests", "docs", "scripts"];

/** Paths in `backticks`: `server/src/http/`, `course-compiler/src/{load,parse}.rs`. */
function namedPaths(text) {
  const outsideBlocks = text.replace(/^```.*?^```/gms, "");
  return [...outsideBlocks.matchAll(/`([^`\n]+)`/g)]
    .map((match) => match[1].replace(/[:#].*$/, ""))
    .filter((name) => TOP.includes(name) || FOLDERS.some((folder) => name.startsWith(`${folder}/`)))
    .filter((name) => !/[\s<>*…]|NNNN|\$/.test(name))
    .flatMap(expand);
}

function expand(name) {
  const braces = /^(.*)\{([^}]*)\}(.*)$/.exec(name);
  return braces ? braces[2].split(",").flatMap((part) => expand(braces[1] + part.trim() + braces[3])) : [name];
}

/** Relative links of a Markdown file, without their anchors. */
function links(text) {
  const outsideBlocks = text.replace(/^```.*?^```/gms, "").replace(/`[^`\n]*`/g, "");
  return [...outsideBlocks.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)]
    .map((match) => match[1])
    .filter((target) => !/^(?:[a-z][a-z0-9+.-]*:|#|\/)/i.test(target))
    .map((target) => decodeURIComponent(target.replace(/[#?].*$/, "")))
    .filter((target) => target !== "");
}

const documents = [
  ...readdirSync(root).filter((name) => name.endsWith(".md")),
  ...(existsSync(path.join(root, "docs"))
    ? readdirSync(path.join(root, "docs"), { recursive: true })
        .filter((name) => name.endsWith(".md"))
        .map((name) => path.join("docs", name))
    : []),
  "tests/README.md",
];

for (const document of documents) {
  const text = readFileSync(path.join(root, document), "utf8");
  // A decision tells what was so when it was taken.
  if (!document.startsWith(path.join("docs", "decisions"))) {
    test(`${document} names paths that exist`, () => {
      const missing = namedPaths(text).filter((name) => !existsSync(path.join(root, name)));
      assert.deepEqual([...new Set(missing)], []);
    });
  }
  test(`${document} links to files that exist`, () => {
    const missing = links(text).filter((target) => !existsSync(path.join(root, path.dirname(document), target)));
    assert.deepEqual([...new Set(missing)], []);
  });
}
