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

const known = {
  ids: [0, 1, 2, 3],
  similarity: [[1, 0.2, 0.3, 0.6], [0.2, 1, 0, 0], [0.3, 0, 1, 0], [0.6, 0, 0, 1]],
};

test("the most similar topics come first, those of unknown similarity last; merged and hidden ones are left out", () => {
  assert.deepEqual(ids(overview, 0, "", known), [3, 2, 1, 12]);
  const [first, second] = mergeTargets(overview, 0, "", known);
  assert.deepEqual([first.similarity, first.shared], [0.6, ["tail"]]);
  assert.deepEqual([second.similarity, second.shared], [0.3, ["tail", "paw"]]);
});

test("before similarities are known the largest topics come first", () => {
  assert.deepEqual(ids(overview, 0), [1, 2, 3, 12]);
  assert.equal(mergeTargets(overview, 0)[0].similarity, null);
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
