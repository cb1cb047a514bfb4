import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { N_HUES, hueOf } from "../../../resource/explorer/lib/palette.js";

const css = readFileSync(new URL("../../../resource/explorer/styles/tokens.css", import.meta.url), "utf8");
const [light, dark] = [css.slice(0, css.indexOf("@media")), css.slice(css.indexOf("@media"))].map(coloursIn);

function coloursIn(text) {
  const found = [...text.matchAll(/--tx-topic-(\d+|rest): #(\w{6});/g)].map(([, name, hex]) => [name, linear(hex)]);
  return Object.fromEntries(found);
}

/** sRGB to linear light, 0 to 1. */
function linear(hex) {
  return [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
}

const times = (matrix, vector) => matrix.map((row) => row.reduce((sum, value, i) => sum + value * vector[i], 0));

// Machado, Oliveira and Fernandes 2009, severity 1.0, applied to linear light.
const SIGHTS = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
};

/** Ottosson 2020. */
function oklab(rgb) {
  const lms = times([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]], rgb);
  return times([[0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099], [0.0259040371, 0.7827717662, -0.808675766]], lms.map(Math.cbrt));
}

const distance = (a, b) => Math.hypot(...a.map((value, i) => value - b[i]));

function smallestDistance(colours, sight) {
  const seen = Object.values(colours).map((rgb) => oklab(times(SIGHTS[sight], rgb).map((c) => Math.min(1, Math.max(0, c)))));
  return Math.min(...seen.flatMap((a, i) => seen.slice(i + 1).map((b) => distance(a, b))));
}

test("the distance of black and white is one", () => {
  assert.ok(Math.abs(distance(oklab(linear("000000")), oklab(linear("ffffff"))) - 1) < 1e-3);
});

for (const [theme, colours] of Object.entries({ light, dark })) {
  const topics = Object.fromEntries(Object.entries(colours).filter(([name]) => name !== "rest"));
  for (const sight of Object.keys(SIGHTS)) {
    test(`the ${theme} colours of topics can be told apart by ${sight} sight`, () => {
      assert.equal(Object.keys(topics).length, N_HUES);
      const found = smallestDistance(topics, sight);
      assert.ok(found >= 0.11, `smallest distance ${found.toFixed(3)}`);
    });
  }
}

test("colour follows the id; ids beyond the palette share one grey", () => {
  assert.equal(hueOf(0), "0");
  assert.equal(hueOf(11), "11");
  assert.equal(hueOf(12), "rest");
  assert.equal(hueOf(null), "rest");
  assert.equal(hueOf(-1), "rest");
});
