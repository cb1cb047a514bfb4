import assert from "node:assert/strict";
import { test } from "node:test";
import { currentEdits, withChange } from "../../../resource/explorer/edits/pending/changes.js";
import { applyPending } from "../../../resource/explorer/edits/pending/overlay.js";

const topic = (id, parent, trained) => ({
  id, label: `t${id}`, trained_label: `t${id}`, belongs_to: id, hidden: false, note: null, share: 0.5, n_documents: 1,
  parent, trained_parent: trained, parent_label: parent === 0 ? "Conflict" : "state",
});
const served = {
  topics: [topic(0, 0, 0), topic(1, 1, 1), topic(2, 1, 0)],
  super_topics: [{ id: 0, label: "Conflict", trained_label: "war" }, { id: 1, label: "state", trained_label: "state" }],
  counts: { topics: 3 }, edits: { version: "1" },
};
const written = { version: "1", in_force: [{ topic_id: 0, parent_label: "Conflict" }, { topic_id: 2, parent: 1 }] };

test("a moved topic has the name of its new super-topic at once", () => {
  const { topics } = applyPending(served, { 1: { parent: 0 } }, written);
  assert.deepEqual(topics.map(({ parent, parent_label: label }) => [parent, label]), [[0, "Conflict"], [0, "Conflict"], [1, "state"]]);
});

test("moving a topic back to where it was trained takes the edit back", () => {
  const current = currentEdits(served, written);
  assert.deepEqual(current.get(2).parent, 1);
  assert.deepEqual(withChange({}, current, 2, { parent: null }), { 2: { parent: null } });
  assert.equal(applyPending(served, { 2: { parent: null } }, written).topics[2].parent, 0);
  assert.deepEqual(withChange({}, current, 0, { parent: null }), {});
});

test("sub-topics follow the topic that was split, pending or not, unless they are moved themselves", () => {
  const part = (id, parent) => ({ ...topic(id, parent, 0), split_from: 0 });
  const split = { ...served, topics: [...served.topics, part(3, 0), part(4, 1)] };
  const edits = { version: "1", in_force: [{ topic_id: 4, parent: 1 }] };
  const placesOf = (pending) =>
    applyPending(split, pending, edits).topics.slice(3).map(({ parent, trained_parent: first }) => [parent, first]);
  assert.deepEqual(placesOf({ 1: { hidden: true } }), [[0, 0], [1, 0]]);
  assert.deepEqual(placesOf({ 0: { parent: 1 } }), [[1, 1], [1, 1]]);
  assert.deepEqual(placesOf({ 0: { parent: 1 }, 3: { parent: 0 } }), [[0, 1], [1, 1]]);
  assert.deepEqual(placesOf({ 4: { parent: null } }), [[0, 0], [0, 0]]);
});

test("a new name shows for all topics of the super-topic, and the trained one can be restored", () => {
  const named = applyPending(served, { 1: { parent_label: "State and law" } }, written);
  assert.equal(named.super_topics[1].label, "State and law");
  assert.deepEqual(named.topics.map(({ parent_label: label }) => label), ["Conflict", "State and law", "State and law"]);
  assert.equal(applyPending(served, { 0: { parent_label: null } }, written).super_topics[0].label, "war");
});
