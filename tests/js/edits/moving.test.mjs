/** Moving documents by hand and splitting topics, as pending edits. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { movedDocument, moveTargets, pendingMove, withMoves, withMovesOf } from "../../../resource/explorer/edits/move/moving.js";
import { currentEdits, settled } from "../../../resource/explorer/edits/pending/changes.js";
import { restorePending, storePending } from "../../../resource/explorer/edits/pending/storage.js";
import { changeWords } from "../../../resource/explorer/edits/pending/words.js";
import { leftAfter, revertedParts } from "../../../resource/explorer/edits/pending/writing.js";
import { settledBy } from "../../../resource/explorer/edits/writing.js";
import { hiddenTopics, shownTopics } from "../../../resource/explorer/model/topics.js";

const topic = (id, more = {}) => ({ id, label: `label ${id}`, trained_label: `label ${id}`, belongs_to: id, hidden: false, n_documents: id, top_terms: [`term${id}`], ...more });
const served = { topics: [0, 1, 2].map((id) => topic(id)), edits: { version: "v" } };
const A = { id_column: "id", key: "a", digest: "a".repeat(32) };
const B = { id_column: "id", key: "b", digest: "b".repeat(32) };
const written = (...inForce) => currentEdits(served, { version: "v", in_force: inForce });
const SPLIT = { terms: ["x"], parts: [{ label: "one", share: 0.5, probabilities: [1] }, { label: "two", share: 0.5, probabilities: [1] }] };

test("a document is named by its id and text, without an id column by its text alone", () => {
  const found = { key: "a", digest: A.digest };
  assert.deepEqual(movedDocument(found, { id_column: "id" }), A);
  assert.deepEqual(movedDocument(found, { id_column: null }), { id_column: null, key: null, digest: A.digest });
});

test("a moved document leaves the list of the topic it was moved to before", () => {
  const current = written({ topic_id: 0, documents: [A, B] });
  const moved = withMoves({}, current, [A], 1);
  assert.deepEqual(moved, { 0: { documents: [B] }, 1: { documents: [A] } });
  assert.deepEqual(withMoves(moved, current, [B], 1), { 0: { documents: null }, 1: { documents: [A, B] } });
});

test("several documents are moved at once, those that are there already stay", () => {
  const current = written({ topic_id: 0, documents: [A] });
  assert.deepEqual(withMoves({}, current, [A, B], 1), { 0: { documents: null }, 1: { documents: [A, B] } });
  const moved = withMoves({}, current, [B], 1);
  assert.equal(withMoves(moved, current, [B], 1), moved);
  assert.deepEqual(withMoves(moved, current, [A, B], null), { 0: { documents: null } });
});

test("a document that the model has in the topic needs no move to it, one moved elsewhere goes back", () => {
  const of = (document, topic, moved = false) => ({ key: document.key, digest: document.digest, topic, moved });
  const overview = { id_column: "id" };
  const current = written();
  assert.deepEqual(withMovesOf({}, current, [of(A, 1), of(B, 0)], 1, overview), { 1: { documents: [B] } });
  const pending = withMoves({}, current, [A], 2);
  assert.deepEqual(withMovesOf(pending, current, [of(A, 1)], 1, overview), {});
  const byHand = written({ topic_id: 1, documents: [A] });
  assert.deepEqual(withMovesOf({}, byHand, [of(A, 1, true)], 1, overview), {});
  assert.deepEqual(withMovesOf({}, byHand, [of(A, 1, true)], null, overview), { 1: { documents: null } });
});

test("the order in which documents were moved is no edit", () => {
  const current = written({ topic_id: 0, documents: [A, B] });
  const away = withMoves({}, current, [A], 1);
  assert.deepEqual(withMoves(away, current, [A], 0), {});
});

test("a document moved back leaves no edit where none was written", () => {
  const current = written();
  const moved = withMoves({}, current, [A], 2);
  assert.deepEqual(pendingMove(moved, current, A), { into: 2 });
  assert.equal(pendingMove(moved, current, B), null);
  assert.deepEqual(withMoves(moved, current, [A], null), {});
});

test("a written move that is taken back is pending", () => {
  const current = written({ topic_id: 0, documents: [A] });
  const back = withMoves({}, current, [A], null);
  assert.deepEqual(back, { 0: { documents: null } });
  assert.deepEqual(pendingMove(back, current, A), { into: null });
});

test("topics of the documents come first among the targets, then the largest; a topic that all are in is none", () => {
  const document = { topic: 2, mixture: [{ topic: 2, share: 0.6 }, { topic: 0, share: 0.4 }] };
  const other = { topic: 1, mixture: [{ topic: 1, share: 1 }] };
  const targets = (documents, typed) => moveTargets(served, documents, typed).map(({ topic: { id } }) => id);
  assert.deepEqual(targets([document]), [0, 1]);
  assert.deepEqual(targets([document], "TERM1"), [1]);
  assert.deepEqual(targets([document, other]), [1, 2, 0]);
});

test("a split topic is neither shown nor hidden: its sub-topics are", () => {
  const overview = { topics: [topic(0, { split_into: [3, 4], hidden: true }), topic(3, { split_from: 0 }), topic(4, { split_from: 0, hidden: true })] };
  assert.deepEqual(shownTopics(overview).map(({ id }) => id), [3]);
  assert.deepEqual(hiddenTopics(overview).map(({ id }) => id), [4]);
});

test("a split is pending until it is written, and survives a reload", () => {
  const pending = settled({ 0: { split: SPLIT } }, written());
  assert.deepEqual(pending, { 0: { split: SPLIT } });
  const kept = new Map();
  const storage = { setItem: (key, value) => kept.set(key, value), getItem: (key) => kept.get(key) ?? null };
  storePending(storage, "m", { pending, seen: "v" });
  const restored = restorePending(storage, "m").pending;
  assert.deepEqual(restored, pending);
  assert.deepEqual(leftAfter(restored, [{ topic_id: 0, split: SPLIT }]), {});
});

test("what was not written by this page is not restored", () => {
  const stored = (changes) => restorePending({ getItem: () => JSON.stringify({ model: "m", pending: { 0: changes }, seen: null }) }, "m");
  assert.equal(stored({ split: 7 }), null);
  assert.equal(stored({ documents: [{ key: "a" }] }), null);
});

test("a written split can be undone, but not done again from the log", () => {
  const log = [{ topic_id: 0, changes: { split: null } }, { topic_id: 0, changes: { split: { parts: [] } } }];
  assert.equal(revertedParts(log, 0, true), null);
  assert.deepEqual(revertedParts(log.slice(1), 0, true), { split: null });
});

test("splits and moves are described in words", () => {
  assert.deepEqual(changeWords("split", SPLIT), { words: "split into", value: "one · two", topic: null });
  assert.equal(changeWords("split", null).words, "split undone");
  assert.equal(changeWords("documents", [A, B]).words, "documents moved by hand: 2");
});

test("where the edits of others are kept, a document they moved stays theirs, and so does a sub-topic they edited", () => {
  const theirs = [{ topic_id: 1, changes: { documents: [A] }, author: "bo", time: "" }];
  const mine = { 2: { documents: [A, B] } };
  assert.deepEqual(settledBy(mine, { 1: "theirs" }, theirs), { 2: { documents: [B] } });
  assert.deepEqual(settledBy(mine, { 1: "mine" }, theirs), mine);
  const split = { topics: [topic(0, { split_into: [3] }), topic(3, { split_from: 0 })] };
  assert.deepEqual(settledBy({ 0: { split: null } }, { 3: "theirs" }, [], split), {});
});
