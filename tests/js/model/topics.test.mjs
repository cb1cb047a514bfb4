import assert from "node:assert/strict";
import { test } from "node:test";
import { finalTopic, hiddenTopics, mergedInto, shownTopics, topicOf } from "../../../resource/explorer/model/topics.js";

const topic = (id, others = {}) => ({ id, label: `topic ${id}`, belongs_to: id, hidden: false, ...others });
const overview = {
  topics: [topic(0), topic(1, { belongs_to: 4 }), topic(2, { hidden: true }), topic(3, { belongs_to: 2, hidden: true }), topic(4)],
};
const ids = (topics) => topics.map(({ id }) => id);

test("lists show topics that are neither merged into another nor hidden", () => {
  assert.deepEqual(ids(shownTopics(overview)), [0, 4]);
});

test("a hidden topic is listed as hidden, a merged one is not", () => {
  assert.deepEqual(ids(hiddenTopics(overview)), [2]);
});

test("a merged topic counts under its target, any other under itself", () => {
  assert.equal(finalTopic(overview, 1).id, 4);
  assert.equal(finalTopic(overview, 4).id, 4);
  assert.equal(finalTopic(overview, 3).id, 2);
});

test("an id without a topic has none", () => {
  assert.equal(finalTopic(overview, 99), null);
  assert.equal(finalTopic(overview, null), null);
  assert.equal(finalTopic(null, 1), null);
  assert.equal(topicOf(overview, "none"), null);
});

test("a chain of merges is followed to its end, and a circle does not hang the page", () => {
  const chain = { topics: [topic(0, { belongs_to: 1 }), topic(1, { belongs_to: 2 }), topic(2)] };
  assert.equal(finalTopic(chain, 0).id, 2);
  const ring = { topics: [topic(0, { belongs_to: 1 }), topic(1, { belongs_to: 0 })] };
  assert.ok([0, 1].includes(finalTopic(ring, 0).id));
});

test("a topic merged into an unknown one counts for itself", () => {
  const torn = { topics: [topic(0, { belongs_to: 7 })] };
  assert.equal(finalTopic(torn, 0).id, 0);
  assert.deepEqual(ids(shownTopics(torn)), [0]);
});

test("the topics merged into another can be listed", () => {
  assert.deepEqual(ids(mergedInto(overview, 4)), [1]);
  assert.deepEqual(ids(mergedInto(overview, 0)), []);
});

test("an overview without edits shows all its topics", () => {
  const plain = { topics: [{ id: 0, label: "a" }, { id: 1, label: "b" }] };
  assert.deepEqual(ids(shownTopics(plain)), [0, 1]);
  assert.deepEqual(ids(hiddenTopics(plain)), []);
});
