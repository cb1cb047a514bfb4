import assert from "node:assert/strict";
import { test } from "node:test";
import { exactWords, withLongerWords } from "../../../resource/explorer/model/search-words.js";

const CASES = [
  ["war", ["war"], "war*"],
  ["war peace", ["war", "peace"], "war* peace*"],
  ["war OR peace", ["war", "peace"], "war* OR peace*"],
  ["war -peace", ["war", "-peace"], "war* -peace*"],
  ['"just war" peace', ["peace"], '"just war" peace*'],
  ['-"just war" war*', [], '-"just war" war*'],
  ["(war OR a) NOT x", ["(war"], "(war* OR a) NOT x"],
  ["(war peace)", ["(war", "peace)"], "(war* peace*)"],
  ["日本 -- a", ["日本"], "日本* -- a"],
];

test("a word is exact unless it ends with a star", () => {
  assert.deepEqual(CASES.map(([typed]) => exactWords(typed)), CASES.map(([, exact]) => exact));
});

test("longer words are found with a star behind each word, and not without", () => {
  assert.deepEqual(CASES.map(([typed]) => withLongerWords(typed, true)), CASES.map(([, , longer]) => longer));
  assert.equal(withLongerWords("war* -peace* (a* OR coin*)", false), "war -peace (a OR coin)");
});
