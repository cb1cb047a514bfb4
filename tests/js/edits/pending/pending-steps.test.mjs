import assert from "node:assert/strict";
import { test } from "node:test";
import {
  historyFrom,
  present,
  redone,
  redoName,
  undone,
  undoName,
  withStep,
} from "../../../../resource/explorer/edits/pending/history.js";
import { modelKey, restorePending, storageOf, storePending } from "../../../../resource/explorer/edits/pending/storage.js";
import { changeWords, timeWords } from "../../../../resource/explorer/edits/pending/words.js";
import { changesToWrite, leftAfter, revertedParts } from "../../../../resource/explorer/edits/pending/writing.js";

const current = (...parents) =>
  new Map(parents.map((parent, id) => [id, { label: null, merged_into: parent, hidden: false, note: null }]));

test("steps are undone and redone by name, and a new one ends what could be redone", () => {
  let history = withStep(historyFrom(), "Rename topic 1", { 1: { label: "A" } });
  history = withStep(history, "Hide topic 2", { 1: { label: "A" }, 2: { hidden: true } });
  assert.equal(undoName(history), "Hide topic 2");
  history = undone(history);
  assert.deepEqual(present(history), { 1: { label: "A" } });
  assert.equal(redoName(history), "Hide topic 2");
  assert.deepEqual(present(redone(history)), { 1: { label: "A" }, 2: { hidden: true } });
  history = withStep(history, "Note on topic 1", { 1: { label: "A", note: "n" } });
  assert.equal(redoName(history), null);
  assert.equal(undoName(undone(undone(history))), null);
  assert.deepEqual(present(undone(undone(undone(history)))), {});
});

test("an edit that changes nothing is no step", () => {
  const history = historyFrom({ 1: { label: "A" } });
  assert.equal(withStep(history, "Rename topic 1", { 1: { label: "A" } }), history);
});

test("the oldest steps are dropped, pending edits are not", () => {
  let history = historyFrom();
  for (let n = 0; n < 500; n += 1) history = withStep(history, `step ${n}`, { 1: { label: `${n}` } });
  assert.equal(history.steps.length, 200);
  assert.deepEqual(present(history), { 1: { label: "499" } });
});

test("a topic is written after its merge target", () => {
  const swapped = changesToWrite({ 0: { merged_into: 1 }, 1: { merged_into: null } }, current(null, 0));
  assert.deepEqual(
    swapped.map(({ topic_id: id }) => id),
    [1, 0],
  );
  const chain = changesToWrite(
    { 0: { merged_into: 1 }, 1: { merged_into: 2 }, 2: { label: "x" } },
    current(null, null, null),
  );
  assert.deepEqual(
    chain.map(({ topic_id: id }) => id),
    [2, 1, 0],
  );
});

test("current values are not written again", () => {
  assert.deepEqual(changesToWrite({ 0: { hidden: false, label: "A" } }, current(null)), [{ topic_id: 0, label: "A" }]);
});

test("changes made while others were being written are still pending", () => {
  const written = [
    { topic_id: 1, label: "A", hidden: true },
    { topic_id: 2, note: "n" },
  ];
  const pending = { 1: { label: "B", hidden: true }, 2: { note: "n" }, 3: { hidden: true } };
  assert.deepEqual(leftAfter(pending, written), { 1: { label: "B" }, 3: { hidden: true } });
});

test("reverting a written edit restores the state before it", () => {
  const log = [
    { topic_id: 1, changes: { label: "third" } },
    { topic_id: 2, changes: { label: "other" } },
    { topic_id: 1, changes: { label: "second", hidden: true } },
    { topic_id: 1, changes: { label: "first" } },
  ];
  assert.deepEqual(revertedParts(log, 0, true), { label: "second" });
  assert.deepEqual(revertedParts(log, 2, true), { hidden: null });
  assert.equal(revertedParts(log, 3, true), null);
  assert.deepEqual(revertedParts(log, 1, true), { label: null });
});

test("a shortened log is not guessed", () => {
  const log = [{ topic_id: 1, changes: { label: "A" } }];
  assert.equal(revertedParts(log, 0, false), null);
});

function memory(content = {}) {
  return {
    content,
    getItem: (key) => content[key] ?? null,
    setItem: (key, value) => (content[key] = value),
    removeItem: (key) => delete content[key],
  };
}

test("pending edits survive a reload, for the same model only", () => {
  const storage = memory();
  const model = modelKey({
    datasets: { topics: "t" },
    model: { seed: 1 },
    topics: [{ trained_label: "a", label: "edited" }],
  });
  storePending(storage, model, { pending: { 0: { label: "edited again" } }, seen: "v1" });
  assert.deepEqual(restorePending(storage, model), { pending: { 0: { label: "edited again" } }, seen: "v1" });
  const other = modelKey({
    datasets: { topics: "t" },
    model: { seed: 2 },
    topics: [{ trained_label: "a", label: "edited" }],
  });
  assert.equal(restorePending(storage, other), null);
});

test("the storage is cleared once nothing is pending", () => {
  const storage = memory();
  storePending(storage, "m", { pending: { 0: { hidden: true } }, seen: null });
  storePending(storage, "m", { pending: {}, seen: null });
  assert.deepEqual(storage.content, {});
});

test("foreign data in the storage are ignored", () => {
  for (const pending of [
    [1],
    { x: { label: "a" } },
    { 1: { label: 7 } },
    { 1: { other: "a" } },
    { 1: {} },
    { 1: null },
    "text",
  ]) {
    const storage = memory({ "text-explorer-pending": JSON.stringify({ model: "m", pending, seen: 4 }) });
    const found = restorePending(storage, "m");
    assert.equal(found, null, JSON.stringify(pending));
  }
  assert.equal(restorePending(memory({ "text-explorer-pending": "{" }), "m"), null);
});

test("a page without permission to store anything works", () => {
  const forbidden = {
    get sessionStorage() {
      throw new Error("SecurityError");
    },
  };
  assert.equal(storageOf(forbidden), null);
  storePending(null, "m", { pending: { 0: { hidden: true } }, seen: null });
  assert.equal(restorePending(null, "m"), null);
  const full = {
    ...memory(),
    setItem() {
      throw new Error("QuotaExceededError");
    },
  };
  assert.doesNotThrow(() => storePending(full, "m", { pending: { 0: { hidden: true } }, seen: null }));
});

test("changes are described in words", () => {
  const words = (...change) => {
    const { words: said, value, topic } = changeWords(...change);
    return [said, value, topic];
  };
  assert.deepEqual(words("label", "Taxes"), ["renamed", "Taxes", null]);
  assert.deepEqual(words("label", null, { trained: "tax, jobs" }), ["trained name restored:", "tax, jobs", null]);
  assert.deepEqual(words("merged_into", 12), ["merged into", null, 12]);
  assert.deepEqual(words("merged_into", null, { from: 12 }), ["unmerged from", null, 12]);
  assert.deepEqual(words("hidden", true), ["hidden", null, null]);
  assert.deepEqual(words("hidden", null), ["shown again", null, null]);
  assert.deepEqual(words("note", null), ["note removed", null, null]);
});

test("an unreadable time is shown as it is", () => {
  assert.equal(timeWords("yesterday"), "yesterday");
  assert.match(timeWords("2026-01-31T12:00:00.000000Z"), /31 Jan 2026/);
});
