/** Splits that are not saved yet: how the page shows their sub-topics, and what it sends. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { currentEdits } from "../../../../resource/explorer/edits/pending/changes.js";
import { applyPending } from "../../../../resource/explorer/edits/pending/overlay.js";
import { asSent, changesToWrite, leftAfter } from "../../../../resource/explorer/edits/pending/writing.js";
import { splitOf } from "../../../../resource/explorer/edits/split/dialog.js";
import { mergedInto, shownTopics, topicOf } from "../../../../resource/explorer/model/topics.js";

const topic = (id, more = {}) => ({
  id, label: `label ${id}`, trained_label: `label ${id}`, belongs_to: id, hidden: false, n_documents: 10, share: 0.25, token_share: 0.2, trend: [4, 6], ...more,
});
const PREVIEW = {
  split: { terms: ["x"], parts: [0.5, 0.5].map((share) => ({ label: "x", share, probabilities: [1] })) },
  parts: [{ label: "x", n_documents: 8, top_terms: ["ship", "sea"], excerpts: [] }, { label: "x", n_documents: 2, top_terms: ["farm"], excerpts: [] }],
};
const SPLIT = splitOf(PREVIEW, [" sea ", "land"]);

test("the sub-topics of a pending split have the names given and the documents of the preview", () => {
  const served = { topics: [topic(0), topic(1)], counts: { topics: 2 } };
  const overview = applyPending(served, { 0: { split: SPLIT } });
  assert.deepEqual(topicOf(overview, 0).pending_parts, [
    { label: "sea", top_terms: ["ship", "sea"], n_documents: 8, share: 0.2 },
    { label: "land", top_terms: ["farm"], n_documents: 2, share: 0.05 },
  ]);
  assert.deepEqual(topicOf(overview, 0).unwritten, ["split"]);
  assert.equal(topicOf(overview, 1).pending_parts, undefined);
  assert.equal(overview.counts.topics, 2);
});

test("a split without figures of the preview is shown by the shares of its sub-topics", () => {
  const served = { topics: [topic(0)], counts: { topics: 1 } };
  const [part] = topicOf(applyPending(served, { 0: { split: PREVIEW.split } }), 0).pending_parts;
  assert.deepEqual(part, { label: "x", top_terms: [], n_documents: 5, share: 0.125 });
});

test("the figures of the preview are not sent, and the split is not pending once it was", () => {
  const pending = { 0: { split: SPLIT, note: "n" } };
  const changes = changesToWrite(pending, currentEdits({ topics: [topic(0)] }, null));
  assert.deepEqual(asSent(changes), [
    { topic_id: 0, note: "n", split: { terms: ["x"], parts: [{ label: "sea", share: 0.5, probabilities: [1] }, { label: "land", share: 0.5, probabilities: [1] }] } },
  ]);
  assert.deepEqual(leftAfter(pending, changes), {});
});

test("a topic whose split will be undone is shown whole, with the documents of all its sub-topics", () => {
  const part = (id, from, n, more = {}) => topic(id, { split_from: from, n_documents: n, share: n / 100, trend: [0, n], token_share: 0.1, ...more });
  const served = {
    topics: [topic(0, { split_into: [2, 3], n_documents: 0, share: 0, trend: [0, 0] }), topic(1), part(2, 0, 7), part(3, 0, 0, { split_into: [4, 5] }), part(4, 3, 2), part(5, 3, 1)],
    counts: { topics: 4 },
  };
  assert.deepEqual(shownTopics(served).map(({ id }) => id), [1, 2, 4, 5]);
  const overview = applyPending(served, { 0: { split: null } });
  assert.deepEqual(shownTopics(overview).map(({ id }) => id), [0, 1]);
  const { n_documents: n, share, trend, token_share: words } = topicOf(overview, 0);
  assert.deepEqual({ n, share: Math.round(share * 100), trend, words }, { n: 10, share: 10, trend: [0, 10], words: 0.2 });
  assert.deepEqual(mergedInto(overview, 0), []);
  assert.equal(overview.counts.topics, 2);
});
