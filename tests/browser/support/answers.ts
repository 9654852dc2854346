import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { ROOT } from "./server.ts";

/** The right answer to a question, read from the course's Markdown. */
export type Answer =
  | { kind: "choices"; right: string[] }
  | { kind: "match"; pairs: [left: string, right: string][] }
  | { kind: "order"; items: string[] }
  | { kind: "number"; value: string }
  /** What to type into each gap, or to choose from its list. */
  | { kind: "gaps"; values: string[] }
  /** The choices of the shortest way to the best outcome of a case, step by step. */
  | { kind: "path"; choices: string[] }
  /** One's own words, which nobody marks. */
  | { kind: "words" }
  /** Statements, each with a point of the scale; not marked either. */
  | { kind: "scale"; statements: string[]; points: string[] };

export type Language = "lv" | "en";

/** What a course's folder says, in file-name order. */
export interface CourseFiles {
  slug: string;
  lessons: { slug: string; id: string; title: string; test: boolean }[];
  answers: Map<string, Answer>;
}

/** Reads a course as far as a test needs it: the platform's own compiler is what is being tested. */
export function readCourse(slug: string, language: Language): CourseFiles {
  const folder = path.join(ROOT, "courses", slug, language);
  const course: CourseFiles = { slug, lessons: [], answers: new Map() };
  for (const name of readdirSync(folder).filter((name) => name.endsWith(".md")).sort()) {
    const text = readFileSync(path.join(folder, name), "utf8").replaceAll("\r\n", "\n");
    const [, head = "", body = ""] = /^\+\+\+\n(.*?)\n\+\+\+\n(.*)$/s.exec(text) ?? [];
    course.lessons.push({
      slug: name.replace(/^\d+-/, "").replace(/\.md$/, ""),
      id: /^id = "(.+)"$/m.exec(head)?.[1] ?? "",
      title: /^title = "(.+)"$/m.exec(head)?.[1] ?? "",
      test: /^kind = "test"$/m.test(head),
    });
    for (const [id, answer] of readAnswers(body)) course.answers.set(id, answer);
  }
  return course;
}

function readAnswers(body: string): [string, Answer][] {
  const lines = body.split("\n");
  const found: [string, Answer][] = [];
  for (let start = 0; start < lines.length; start++) {
    const heading = /^(#{2,6}) .*\{#(q-[^\s}]+)\s+\.(\w+)[^}]*\}\s*$/.exec(lines[start] ?? "");
    if (!heading) continue;
    const [, hashes = "", id = "", type = ""] = heading;
    let end = start + 1;
    while (end < lines.length && !endsQuestion(lines[end] ?? "", hashes.length)) end++;
    found.push([id, readAnswer(type, lines.slice(start + 1, end), id)]);
  }
  return found;
}

function endsQuestion(line: string, level: number): boolean {
  const heading = /^(#{1,6}) /.exec(line);
  return /^---\s*$/.test(line) || (heading !== null && (heading[1] ?? "").length <= level);
}

function readAnswer(type: string, lines: string[], id: string): Answer {
  switch (type) {
    case "single":
    case "multiple":
    case "truefalse":
      return { kind: "choices", right: items(lines, /^[-*+] \[[xX]\] (.*)$/).map((text) => text.replace(/ `[+-]?\d+%`$/, "")).map(plain) };
    case "match":
      return { kind: "match", pairs: rows(lines).slice(2).filter(([left]) => left !== "") };
    case "order":
      return { kind: "order", items: items(lines, /^\d+[.)] (.*)$/).map(plain) };
    case "numeric":
      return { kind: "number", value: number(items(lines, /^[-*+] \[[xX]\] (.*)$/)[0] ?? "") };
    case "cloze":
      return { kind: "gaps", values: gaps(lines) };
    case "case":
      return { kind: "path", choices: bestWay(lines, id) };
    case "reflect":
      return { kind: "words" };
    case "likert": {
      const table = cells(lines);
      return { kind: "scale", points: (table[0] ?? []).slice(1), statements: table.slice(2).map(([statement = ""]) => statement) };
    }
    default:
      throw new Error(`${id}: this reader does not know .${type}`);
  }
}

/** List items that match, with their unquoted continuation lines. */
function items(lines: string[], marker: RegExp): string[] {
  const texts: string[] = [];
  let open = false;
  for (const line of lines) {
    const match = marker.exec(line);
    if (match) {
      texts.push(match[1] ?? "");
      open = true;
    } else if (open && /^\s+[^\s>]/.test(line)) {
      texts[texts.length - 1] += ` ${line.trim()}`;
    } else {
      open = false;
    }
  }
  return texts;
}

function rows(lines: string[]): [string, string][] {
  return cells(lines).map(([left = "", right = ""]) => [left, right]);
}

function cells(lines: string[]): string[][] {
  return lines
    .filter((line) => line.trimStart().startsWith("|"))
    .map((line) => line.trim().replace(/^\|/, "").replace(/\|$/, "").split("|").map(plain));
}

/** `[[Rīga; Riga]]` → Rīga; `[[a|(b)|c]]` → b. */
function gaps(lines: string[]): string[] {
  return [...lines.join("\n").matchAll(/\[\[(.*?)\]\]/g)].map(([, inside = ""]) => {
    const right = inside.split(/\\?\|/).find((option) => /^\s*\(.*\)\s*$/.test(option));
    return plain(right === undefined ? (inside.split(";")[0] ?? "") : right.trim().slice(1, -1));
  });
}

/** The choices of the shortest way from a case's first step to the outcome that earns everything. */
function bestWay(lines: string[], id: string): string[] {
  const steps = new Map<string, { isBest: boolean; choices: { text: string; to: string }[] }>();
  let step: { isBest: boolean; choices: { text: string; to: string }[] } | undefined;
  for (const line of lines) {
    const heading = /^#{3,6} .*\{#(s-[^\s}]+)([^}]*)\}\s*$/.exec(line);
    const choice = /^[-*+] \[(.*)\]\(#(s-[^)\s]+)\)\s*$/.exec(line);
    if (heading) steps.set(heading[1] ?? "", (step = { isBest: /mark="100%"/.test(heading[2] ?? ""), choices: [] }));
    else if (choice) step?.choices.push({ text: plain(choice[1] ?? ""), to: choice[2] ?? "" });
  }
  const seen = new Set<string>();
  const ways: { at: string; choices: string[] }[] = [{ at: [...steps.keys()][0] ?? "", choices: [] }];
  for (let way = ways.shift(); way; way = ways.shift()) {
    const { at, choices } = way;
    if (steps.get(at)?.isBest) return choices;
    if (seen.has(at)) continue;
    seen.add(at);
    for (const { text, to } of steps.get(at)?.choices ?? []) ways.push({ at: to, choices: [...choices, text] });
  }
  throw new Error(`${id}: no way leads to the best outcome`);
}

/** `19.0 +- 0.1 %` → 19.0; `[18.9, 19.1] %` → the middle. */
function number(text: string): string {
  const interval = /^\[\s*(-?[\d.]+)\s*,\s*(-?[\d.]+)\s*\]/.exec(text);
  if (interval) return String((Number(interval[1]) + Number(interval[2])) / 2);
  return /-?\d+(?:[.,]\d+)?/.exec(text)?.[0] ?? "";
}

/** Inline Markdown as the text that a reader sees. */
export function plain(markdown: string): string {
  return markdown
    .replace(/\[\^[^\]]+\]/g, "")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\\([\\`*_{}[\]()#+\-.!|<>])/g, "$1")
    .replace(/(\*\*|__|`)/g, "")
    .replace(/(^|[^\p{L}\p{N}])[*_](\S(?:.*?\S)?)[*_](?=$|[^\p{L}\p{N}])/gu, "$1$2")
    .replace(/\s+/g, " ")
    .normalize("NFC")
    .trim();
}
