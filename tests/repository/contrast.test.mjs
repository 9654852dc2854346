// Every pair of colours that meets on a page has enough contrast, in the light and the dark scheme.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

const sheet = readFileSync(path.resolve(import.meta.dirname, "../../themes/default/css/tokens.css"), "utf8");
const [lightPart, darkPart] = sheet.split("@media (prefers-color-scheme: dark)");

const colours = (part) => Object.fromEntries([...part.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map((match) => [match[1], match[2]]));
const light = colours(lightPart);
const schemes = { light, dark: { ...light, ...colours(darkPart) } };

/** WCAG 2.2, relative luminance. */
function luminance(colour) {
  const [r, g, b] = [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ["paper", "surface", "sunken"];
const TINTS = ["accent-tint", "amber-tint", "success-tint", "warning-tint", "error-tint", "info-tint"];

/** Text and what it stands on: 4.5:1. */
const TEXT = [
  ...["ink", "ink-soft", "link", "link-strong"].flatMap((ink) => [...GROUNDS, "accent-tint"].map((ground) => [ink, ground])),
  ...[...TINTS].map((tint) => ["ink", tint]),
  ...[...TINTS].map((tint) => ["link", tint]),
  ...["success", "warning", "error", "info"].flatMap((tone) => [...GROUNDS, `${tone}-tint`].map((ground) => [tone, ground])),
  ["ink-soft", "success-tint"],
  ["ink-soft", "error-tint"],
  ["on-accent", "accent"],
  ["on-accent", "accent-deep"],
  ["on-hero", "hero"],
];

/** Edges of controls, bars and signs against what is beside them: 3:1. */
const EDGES = [
  ...["line-strong", "accent", "link", "success", "warning", "error", "info", "focus-line"].flatMap((edge) => GROUNDS.map((ground) => [edge, ground])),
  ["focus-line", "focus-halo"],
  ["amber", "hero"],
];

for (const [scheme, colour] of Object.entries(schemes)) {
  test(`${scheme}: text can be read`, () => {
    const weak = TEXT.map(([ink, ground]) => [ink, ground, contrast(colour[ink], colour[ground])]).filter(([, , ratio]) => !(ratio >= 4.5));
    assert.deepEqual(weak, []);
  });

  test(`${scheme}: edges can be seen`, () => {
    const weak = EDGES.map(([edge, ground]) => [edge, ground, contrast(colour[edge], colour[ground])]).filter(([, , ratio]) => !(ratio >= 3));
    assert.deepEqual(weak, []);
  });
}
