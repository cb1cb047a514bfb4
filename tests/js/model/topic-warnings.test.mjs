import assert from "node:assert/strict";
import { test } from "node:test";
import { topicWarnings } from "../../../resource/explorer/model/topic-warnings.js";
import { FEW_ANSWERS } from "../../../resource/explorer/model/intrusion-rates.js";

test("a good topic has no warnings", () => {
  assert.deepEqual(topicWarnings({ remarks: [], coherence_npmi: 0.1, review: { asked: 8, right: 7 } }), []);
  assert.deepEqual(topicWarnings({}), []);
});

test("warnings of the training are passed on", () => {
  assert.deepEqual(topicWarnings({ remarks: ["Too small."], coherence_npmi: null, review: null }), ["Too small."]);
});

test("terms that rarely occur together give a warning with the number", () => {
  assert.deepEqual(topicWarnings({ remarks: [], coherence_npmi: -0.05, review: null }), [
    "Its top terms occur together less often than by chance (NPMI −0.05).",
  ]);
});

test("answers count from the number that the Review screen requires", () => {
  const warnings = (asked, right) => topicWarnings({ remarks: [], coherence_npmi: 0.1, review: { asked, right } });
  assert.deepEqual(warnings(FEW_ANSWERS - 1, 0), []);
  assert.deepEqual(warnings(8, 4), []);
  assert.deepEqual(warnings(8, 3), ["Readers found the word that does not belong in only 3 of 8 questions."]);
});
