/** Contrast of the colours of heat maps, also for colour-blind users. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const [light, dark] = readFileSync(new URL("../../../../resource/explorer/styles/tokens.css", import.meta.url), "utf8").split(
  "prefers-color-scheme: dark",
);
const token = (theme, name) => new RegExp(`--tx-${name}: (#[0-9a-f]{6})`).exec(theme)[1];

// Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
const SIGHTS = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};
const times = (matrix, vector) => matrix.map((row) => row.reduce((sum, value, i) => sum + value * vector[i], 0));
const linear = (hex) =>
  [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));

function oklab(rgb) {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb,
  );
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones.map(Math.cbrt),
  );
}

function contrast(a, b) {
  const [high, low] = [a, b].map((hex) => times([[0.2126, 0.7152, 0.0722]], linear(hex))[0]).sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const LIFTS = ["less-4", "less-3", "less-2", "less-1", "as-often", "more-1", "more-2", "more-3", "more-4"];
const PARTS = ["part-0", "part-1", "part-2", "part-3", "part-4", "part-5"];
const INKS = {
  "more-4": "level-ink-strong",
  "part-5": "level-ink-strong",
  "more-3": "level-ink-middle",
  "part-4": "level-ink-middle",
};

for (const [name, theme] of [
  ["light", light],
  ["dark", dark],
]) {
  test(`texts on the colours of the ${name} theme have a contrast of 4.5 or more`, () => {
    const low = [...LIFTS, ...PARTS]
      .map((level) => [level, contrast(token(theme, level), token(theme, INKS[level] ?? "ink"))])
      .filter(([, found]) => found < 4.5);
    assert.deepEqual(low, []);
  });

  test(`neighbouring classes of the ${name} theme are told apart, and both sides of the same strength, by any sight`, () => {
    const pairs = [
      ...LIFTS.slice(1).map((level, i) => [LIFTS[i], level]),
      ...PARTS.slice(1).map((level, i) => [PARTS[i], level]),
      ...[1, 2, 3, 4].map((i) => [`less-${i}`, `more-${i}`]),
    ];
    const close = [];
    for (const [sight, matrix] of Object.entries(SIGHTS)) {
      const seen = (level) =>
        oklab(times(matrix, linear(token(theme, level))).map((value) => Math.max(0, Math.min(1, value))));
      for (const [a, b] of pairs) {
        const distance = Math.hypot(...seen(a).map((value, i) => value - seen(b)[i]));
        if (distance < 0.045) close.push([sight, a, b, distance.toFixed(3)]);
      }
    }
    assert.deepEqual(close, []);
  });
}
