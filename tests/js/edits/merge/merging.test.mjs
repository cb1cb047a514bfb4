import assert from "node:assert/strict";
import { test } from "node:test";
import { coherenceChange, mergeTargets, originsOfTerms } from "../../../../resource/explorer/edits/merge/merging.js";

const topic = (id, label, terms, changes = {}) => ({
  id,
  label,
  top_terms: terms,
  belongs_to: id,
  hidden: false,
  n_documents: 10 - id,
  ...changes,
});
const overview = {
  topics: [
    topic(0, "cats", ["cat", "tail", "paw"]),
    topic(1, "ships", ["sea", "sail", "port"]),
    topic(2, "dogs", ["dog", "tail", "paw"]),
    topic(3, "boats", ["sea", "boat", "tail"]),
    topic(4, "merged", ["cat"], { belongs_to: 0 }),
    topic(5, "hidden", ["cat"], { hidden: true }),
    topic(12, "Élan", ["x"]),
  ],
};
const ids = (...found) => mergeTargets(...found).map((target) => target.topic.id);

test("topics with most words in common come first, then the largest; merged and hidden ones are left out", () => {
  assert.deepEqual(ids(overview, 0), [2, 3, 1, 12]);
  assert.deepEqual(mergeTargets(overview, 0)[0].shared, ["tail", "paw"]);
});

test("a topic is found by its number, its name or a word", () => {
  assert.deepEqual(ids(overview, 0, " 12 "), [12]);
  assert.deepEqual(ids(overview, 0, "DOG"), [2]);
  assert.deepEqual(ids(overview, 0, "sail"), [1]);
  assert.deepEqual(ids(overview, 0, "éla"), [12]);
  assert.deepEqual(ids(overview, 0, "nothing"), []);
});

test("terms of a merge have the topics they come from", () => {
  const before = [
    { topic: 0, top_terms: ["cat", "tail"] },
    { topic: 2, top_terms: ["dog", "tail"] },
  ];
  assert.deepEqual(originsOfTerms({ top_terms: ["tail", "dog", "new"], before }), [
    { term: "tail", topics: [0, 2] },
    { term: "dog", topics: [2] },
    { term: "new", topics: [] },
  ]);
});

test("coherence before is the mean weighted by documents", () => {
  const before = [
    { npmi: 0.1, n_documents: 30 },
    { npmi: 0.3, n_documents: 10 },
  ];
  const change = coherenceChange({ npmi: 0.2, before });
  assert.ok(Math.abs(change.before - 0.15) < 1e-12);
  assert.ok(Math.abs(change.change - 0.05) < 1e-12);
});

test("coherence is only compared if it is known for every topic", () => {
  assert.equal(coherenceChange({ npmi: null, before: [{ npmi: 0.1, n_documents: 1 }] }), null);
  assert.equal(coherenceChange({ npmi: 0.1, before: [{ npmi: null, n_documents: 1 }] }), null);
  assert.equal(coherenceChange({ npmi: 0.1, before: [] }), null);
  const empty = [
    { npmi: 0.1, n_documents: 0 },
    { npmi: 0.3, n_documents: 0 },
  ];
  assert.ok(Math.abs(coherenceChange({ npmi: 0.3, before: empty }).before - 0.2) < 1e-12);
});
