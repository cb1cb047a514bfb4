import assert from "node:assert/strict";
import { test } from "node:test";
import { corpusProbability, rankTerms, relevance } from "../../../resource/explorer/model/relevance.js";

const common = { term: "common", probability: 0.5, lift: 1 };
const rare = { term: "rare", probability: 0.01, lift: 40 };
const middle = { term: "middle", probability: 0.1, lift: 4 };
const names = (terms) => terms.map(({ term }) => term);

test("lambda one ranks by probability", () => {
  assert.deepEqual(names(rankTerms([rare, middle, common], 1, 3)), ["common", "middle", "rare"]);
});

test("lambda zero ranks by lift", () => {
  assert.deepEqual(names(rankTerms([common, middle, rare], 0, 3)), ["rare", "middle", "common"]);
});

test("relevance is the weighted sum of the two logarithms", () => {
  const expected = 0.6 * Math.log(0.1) + 0.4 * Math.log(4);
  assert.ok(Math.abs(relevance(middle, 0.6) - expected) < 1e-12);
});

test("a term without a lift is ranked by its probability", () => {
  assert.equal(relevance({ probability: 0.5, lift: null }, 1), Math.log(0.5));
  assert.equal(Math.abs(relevance({ probability: 0.5, lift: null }, 0)), 0);
});

test("a term without a probability comes last", () => {
  const broken = { term: "broken", probability: null, lift: 99 };
  assert.deepEqual(names(rankTerms([broken, rare], 0.6, 2)), ["rare", "broken"]);
});

test("ranking keeps the requested number and does not change its input", () => {
  const given = [rare, common];
  assert.deepEqual(names(rankTerms(given, 1, 1)), ["common"]);
  assert.deepEqual(given, [rare, common]);
});

test("equal terms come in alphabetical order", () => {
  const b = { ...middle, term: "b" };
  const a = { ...middle, term: "a" };
  assert.deepEqual(names(rankTerms([b, a], 0.6, 2)), ["a", "b"]);
});

test("the corpus probability follows from the lift", () => {
  assert.equal(corpusProbability(middle), 0.025);
  assert.equal(corpusProbability({ probability: 0.1, lift: null }), null);
});
