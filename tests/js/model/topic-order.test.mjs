import assert from "node:assert/strict";
import { test } from "node:test";
import { fromHash, DEFAULT_VIEW } from "../../../resource/explorer/store/view-address.js";
import { ORDERS, listedTopics, orderTopics, withCounts } from "../../../resource/explorer/model/topic-order.js";

const topics = [
  { id: 0, label: "b 10", share: 0.2, n_documents: 20, coherence_npmi: null },
  { id: 1, label: "b 9", share: 0.5, n_documents: 50, coherence_npmi: -0.1 },
  { id: 2, label: "a", share: 0.2, n_documents: 20, coherence_npmi: 0.3 },
];
const ids = (list) => list.map(({ id }) => id);

test("topics are ordered by share, name, number or coherence", () => {
  assert.deepEqual(ids(orderTopics(topics, "share")), [1, 0, 2]);
  assert.deepEqual(ids(orderTopics(topics, "name")), [2, 1, 0]);
  assert.deepEqual(ids(orderTopics([...topics].reverse(), "id")), [0, 1, 2]);
  assert.deepEqual(ids(orderTopics(topics, "coherence")), [2, 1, 0]);
});

test("an unknown order is by share", () => {
  assert.deepEqual(ids(orderTopics(topics, "evil")), [1, 0, 2]);
});

test("every order has a place in the address", () => {
  for (const order of Object.keys(ORDERS)) assert.equal(fromHash(`#order=${order}`).order, order);
  assert.equal(DEFAULT_VIEW.order, "share");
});

test("filters replace the counts, and shares are of the filtered documents with a topic", () => {
  const counted = withCounts(topics, { n: 10, n_assigned: 8, topics: { 0: 6, 2: 2 } });
  assert.deepEqual(counted.map(({ n_documents: n }) => n), [6, 0, 2]);
  assert.deepEqual(counted.map(({ share }) => share), [0.75, 0, 0.25]);
});

test("filters replace the trend where the answer has one", () => {
  const [one] = withCounts([{ ...topics[0], trend: [9, 9] }], { n_assigned: 2, topics: { 0: 2 }, trend: { 0: [2, 0] } });
  assert.deepEqual(one.trend, [2, 0]);
  const [other] = withCounts([{ ...topics[0], trend: [9, 9] }], { n_assigned: 2, topics: { 0: 2 } });
  assert.deepEqual(other.trend, [9, 9]);
});

test("without matching documents shares are zero", () => {
  assert.deepEqual(withCounts(topics, { n: 0, n_assigned: 0, topics: {} }).map(({ share }) => share), [0, 0, 0]);
});

test("a pending merge counts in the filtered list", () => {
  const overview = { topics: [topics[0], { ...topics[1], belongs_to: 0 }, topics[2]] };
  const counts = { value: { n_assigned: 8, topics: { 0: 1, 1: 5, 2: 2 } } };
  const listed = listedTopics({ overview, view: { order: "share" }, answers: { counts } });
  assert.deepEqual(listed.map(({ id, n_documents: n, share }) => [id, n, share]), [[0, 6, 0.75], [2, 2, 0.25]]);
});

test("the list leaves out merged and hidden topics and follows the filters", () => {
  const overview = { topics: [topics[0], { ...topics[1], belongs_to: 0 }, topics[2], { ...topics[2], id: 3, hidden: true }] };
  const state = { overview, view: { order: "share" }, answers: { counts: { value: { n_assigned: 3, topics: { 0: 1, 2: 2 } } } } };
  assert.deepEqual(ids(listedTopics(state)), [2, 0]);
  assert.deepEqual(ids(listedTopics({ ...state, answers: {} })), [0, 2]);
});
