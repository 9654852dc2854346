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
const TINTS = ["select-tint", "important-tint", "amber-tint", "success-tint", "warning-tint", "error-tint", "info-tint"];
const HUES = ["plain", "woad", "heather", "tansy"];

/** Text and what it stands on: 4.5:1. */
const TEXT = [
  ...["ink", "ink-soft", "link", "link-strong", "select"].flatMap((ink) => [...GROUNDS, "select-tint"].map((ground) => [ink, ground])),
  ...[...TINTS].map((tint) => ["ink", tint]),
  ...[...TINTS].map((tint) => ["link", tint]),
  ...["success", "warning", "error", "info", "important"].flatMap((tone) => [...GROUNDS, `${tone}-tint`].map((ground) => [tone, ground])),
  // A theme's name stands on its own tint or on a card; on its tint stand titles, text and links, too.
  ...HUES.flatMap((hue) => [...GROUNDS, `hue-${hue}-tint`].map((ground) => [`hue-${hue}`, ground])),
  ...HUES.flatMap((hue) => ["ink", "ink-soft", "link", "link-strong"].map((ink) => [ink, `hue-${hue}-tint`])),
  ["ink-soft", "success-tint"],
  ["ink-soft", "error-tint"],
  ["on-accent", "accent"],
  ["on-accent", "accent-deep"],
  ["on-hero", "hero"],
];

/** Edges of controls, bars and signs against what is beside them: 3:1. */
const EDGES = [
  ...["line-strong", "accent", "link", "select", "success", "warning", "error", "info", "important", ...HUES.map((hue) => `hue-${hue}`), "focus-line"].flatMap((edge) => GROUNDS.map((ground) => [edge, ground])),
  ["focus-line", "focus-halo"],
  ["amber", "hero"],
];

/** Distance of two colours as the eye sees them: OKLab, where 0.02 is just noticed. */
function distance(one, other) {
  const lab = (colour) => {
    const [r, g, b] = [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16) / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    const [l, m, s] = [
      0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b,
      0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b,
      0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b,
    ].map(Math.cbrt);
    return [0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s, 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s, 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s];
  };
  return Math.hypot(...lab(one).map((value, index) => value - lab(other)[index]));
}

/** Colours that stand for different things. */
const APART = [
  ["error", "accent"],
  ["error", "warning"],
  ["error", "important"],
  ["success", "link"],
  ...HUES.flatMap((hue, index) => HUES.slice(index + 1).map((other) => [`hue-${hue}`, `hue-${other}`])),
  ...HUES.map((hue) => [`hue-${hue}`, "error"]),
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

  test(`${scheme}: colours of different roles are told apart`, () => {
    const near = APART.map(([one, other]) => [one, other, distance(colour[one], colour[other])]).filter(([, , far]) => !(far >= 0.08));
    assert.deepEqual(near, []);
  });
}
