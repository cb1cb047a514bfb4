import assert from "node:assert/strict";
import { test } from "node:test";
import {
  changeList,
  currentEdits,
  faultOfName,
  faultOfNote,
  settled,
  withChange,
  withoutChange,
} from "../../../../resource/explorer/edits/pending/changes.js";
import { applyPending } from "../../../../resource/explorer/edits/pending/overlay.js";

const topic = (id, changes = {}) => ({
  id,
  label: `label ${id}`,
  trained_label: `label ${id}`,
  belongs_to: id,
  hidden: false,
  note: null,
  n_documents: 10 * (id + 1),
  share: 0.1 * (id + 1),
  token_share: null,
  trend: [id, 1],
  ...changes,
});
const overview = (...topics) => ({ topics, counts: { topics: topics.length }, edits: { version: "v1" } });
const three = () => overview(topic(0), topic(1), topic(2));
const current = (served, edits) => currentEdits(served, edits);

test("a change back to the current value is no change", () => {
  const served = three();
  const named = withChange({}, current(served), 1, { label: "Taxes" });
  assert.deepEqual(named, { 1: { label: "Taxes" } });
  assert.deepEqual(withChange(named, current(served), 1, { label: null }), {});
  assert.deepEqual(withChange({}, current(served), 1, { hidden: false, note: null }), {});
});

test("changes of parts of a topic are combined, the last of each part wins", () => {
  const force = current(three());
  let pending = withChange({}, force, 2, { hidden: true });
  pending = withChange(pending, force, 2, { label: "A" });
  pending = withChange(pending, force, 2, { label: "B" });
  assert.deepEqual(pending, { 2: { hidden: true, label: "B" } });
  assert.deepEqual(changeList(pending), [
    { id: 2, part: "label", value: "B" },
    { id: 2, part: "hidden", value: true },
  ]);
});

test("a change can be dropped by part or whole, the others stay", () => {
  const pending = { 1: { label: "A", note: "n" }, 2: { hidden: true } };
  assert.deepEqual(withoutChange(pending, 1, "label"), { 1: { note: "n" }, 2: { hidden: true } });
  assert.deepEqual(withoutChange(pending, 1), { 2: { hidden: true } });
  assert.deepEqual(withoutChange(pending, 9), pending);
});

test("reverting a written edit is a change", () => {
  const served = overview(topic(0, { label: "Old name", hidden: true }), topic(1, { belongs_to: 0 }));
  const force = current(served, { version: served.edits?.version ?? null, in_force: [] });
  assert.deepEqual(force.get(0), {
    label: "Old name",
    merged_into: null,
    hidden: true,
    note: null,
    split: null,
    documents: null,
    parent: null,
    parent_label: null,
  });
  assert.deepEqual(withChange({}, force, 0, { label: null, hidden: false }), { 0: { label: null, hidden: false } });
  assert.deepEqual(withChange({}, force, 1, { merged_into: null }), { 1: { merged_into: null } });
});

test("topics the model does not have are left out", () => {
  assert.deepEqual(settled({ 7: { label: "x" } }, current(three())), {});
});

test("without pending changes the overview is the served one itself", () => {
  const served = three();
  assert.equal(applyPending(served, {}), served);
  assert.equal(applyPending(null, { 1: { label: "x" } }), null);
});

test("names, notes and hiding are applied to a copy of the overview", () => {
  const served = three();
  const shown = applyPending(served, { 1: { label: "Taxes", hidden: true, note: "seen" } });
  assert.deepEqual(
    [shown.topics[1].label, shown.topics[1].hidden, shown.topics[1].note, shown.topics[1].unwritten],
    ["Taxes", true, "seen", ["label", "hidden", "note"]],
  );
  assert.equal(shown.topics[1].trained_label, "label 1");
  assert.equal(served.topics[1].label, "label 1");
});

test("a merge adds documents, share and trend to its target, and the number of topics falls by one", () => {
  const shown = applyPending(three(), { 2: { merged_into: 0 } });
  assert.deepEqual(
    shown.topics.map(({ belongs_to: final }) => final),
    [0, 1, 0],
  );
  assert.equal(shown.topics[0].n_documents, 40);
  assert.ok(Math.abs(shown.topics[0].share - 0.4) < 1e-9);
  assert.deepEqual(shown.topics[0].trend, [2, 2]);
  assert.equal(shown.topics[0].token_share, null);
  assert.equal(shown.topics[2].n_documents, 30);
  assert.equal(shown.counts.topics, 2);
});

test("unmerging a written merge returns both their own documents", () => {
  const served = overview(topic(0, { n_documents: 25 }), topic(1, { belongs_to: 0, n_documents: 20 }));
  const shown = applyPending(served, { 1: { merged_into: null } });
  assert.deepEqual(
    shown.topics.map(({ n_documents: n }) => n),
    [5, 20],
  );
  assert.deepEqual(
    shown.topics.map(({ belongs_to: final }) => final),
    [0, 1],
  );
});

test("the end of a chain of merges counts all, and the middle can be unmerged with its members", () => {
  const chain = applyPending(three(), { 1: { merged_into: 0 }, 2: { merged_into: 1 } });
  assert.deepEqual(
    chain.topics.map(({ belongs_to: final }) => final),
    [0, 0, 0],
  );
  assert.equal(chain.topics[0].n_documents, 60);
  const served = overview(topic(0, { n_documents: 60 }), topic(1, { belongs_to: 0 }), topic(2, { belongs_to: 0 }));
  const edits = {
    version: "v1",
    in_force: [
      { topic_id: 1, merged_into: 0 },
      { topic_id: 2, merged_into: 1 },
    ],
  };
  const apart = applyPending(served, { 1: { merged_into: null } }, edits);
  assert.deepEqual(
    apart.topics.map(({ n_documents: n }) => n),
    [10, 50, 30],
  );
});

test("edits of another version are ignored for the served overview's merges", () => {
  const served = overview(topic(0), topic(1, { belongs_to: 0 }), topic(2));
  const edits = { version: "v0", in_force: [{ topic_id: 1, merged_into: 2 }] };
  assert.equal(current(served, edits).get(1).merged_into, 0);
});

test("a merge that would close a circle with edits of others is ignored and reported", () => {
  const served = overview(topic(0), topic(1, { belongs_to: 0, n_documents: 20 }), topic(2));
  const shown = applyPending(served, { 0: { merged_into: 1 }, 2: { merged_into: 1 } });
  assert.deepEqual(shown.impossible, [0]);
  assert.deepEqual(
    shown.topics.map(({ belongs_to: final }) => final),
    [0, 0, 0],
  );
});

test("two topics can be swapped", () => {
  const served = overview(topic(0, { n_documents: 30 }), topic(1, { belongs_to: 0 }));
  const shown = applyPending(served, { 0: { merged_into: 1 }, 1: { merged_into: null } });
  assert.deepEqual(shown.impossible, []);
  assert.deepEqual(
    shown.topics.map(({ belongs_to: final }) => final),
    [1, 1],
  );
  assert.equal(shown.topics[1].n_documents, 30);
});

test("names must be one line of at most 200 code points", () => {
  assert.equal(faultOfName("Steuern und Löhne 😀"), null);
  assert.equal(faultOfName("😀".repeat(200)), null);
  assert.match(faultOfName("x".repeat(201)), /at most 200 characters; this one has 201/);
  for (const empty of ["", "  "]) assert.match(faultOfName(empty), /at least one character/);
  for (const broken of ["a\nb", "a\tb", "a\u2028b"]) assert.match(faultOfName(broken), /one line/);
  assert.equal(faultOfName("می\u200cخواهم"), null);
});

test("notes may have lines and at most 5,000 characters", () => {
  assert.equal(faultOfNote("a\nb"), null);
  assert.match(faultOfNote("x".repeat(5001)), /at most 5,000 characters; this one has 5,001/);
});
