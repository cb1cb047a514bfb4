import assert from "node:assert/strict";
import { test } from "node:test";
import { findTopics } from "../../../resource/explorer/model/topic-order.js";
import { countsOverTime, hasLevels, isGrouped, superTopics, toggled, topicsInListOrder } from "../../../resource/explorer/model/super-topics.js";

const topic = (id, parent, more = {}) => ({
  id, parent, label: `label ${id}`, parent_label: `group ${parent}`, share: 0.1, n_documents: 10, top_terms: [], ...more,
});
const state = (topics, view = {}, super_topics = undefined) => ({
  overview: { topics, super_topics }, answers: {}, view: { order: "share", levels: null, open: null, ...view },
});
const SIX = [topic(0, 0, { share: 0.2 }), topic(1, 1, { share: 0.4 }), topic(2, 0), topic(3, 1), topic(4, 0), topic(5, 1)];

test("one super-topic of all topics, or one of each, is no second level", () => {
  assert.equal(hasLevels({ topics: SIX }), true);
  assert.equal(hasLevels({ topics: SIX.map((each) => ({ ...each, parent: 0 })) }), false);
  assert.equal(hasLevels({ topics: SIX.map((each) => ({ ...each, parent: each.id })) }), false);
  assert.equal(hasLevels({ topics: SIX.map((each) => ({ ...each, parent: null })) }), false);
});

test("topics are grouped where they are many, and as one chooses", () => {
  const many = Array.from({ length: 31 }, (_, id) => topic(id, id % 6));
  assert.deepEqual([isGrouped(state(many)), isGrouped(state(many.slice(1)))], [true, false]);
  assert.deepEqual([isGrouped(state(many, { levels: "flat" })), isGrouped(state(SIX, { levels: "grouped" }))], [false, true]);
});

test("a super-topic sums its topics, the largest comes first, one without topics is listed too", () => {
  const named = [0, 1, 2].map((id) => ({ id, label: `named ${id}`, trained_label: null }));
  const groups = superTopics(state(SIX, {}, named));
  assert.deepEqual(groups.map(({ id, label, topics, n_documents: n }) => [id, label, topics.map((each) => each.id), n]), [
    [1, "named 1", [1, 3, 5], 30],
    [0, "named 0", [0, 2, 4], 30],
    [2, "named 2", [], 0],
  ]);
  assert.ok(Math.abs(groups[0].share - 0.6) < 1e-9);
});

test("the list walks from super-topic to super-topic", () => {
  assert.deepEqual(topicsInListOrder(state(SIX, { levels: "grouped" })).map(({ id }) => id), [1, 3, 5, 0, 2, 4]);
  assert.deepEqual(topicsInListOrder(state(SIX)).map(({ id }) => id), [1, 0, 2, 3, 4, 5]);
});

test("super-topics of few topics are unfolded; folding one leaves the others", () => {
  const groups = superTopics(state(SIX));
  assert.deepEqual(groups.map(({ isOpen }) => isOpen), [true, true]);
  assert.deepEqual(toggled(groups, 1), { open: "0" });
  const folded = superTopics(state(SIX, { open: "none" }));
  assert.deepEqual(toggled(folded, 1), { open: "1" });
  assert.deepEqual(toggled(superTopics(state(SIX, { open: "1" })), 0), { open: "all" });
  assert.deepEqual(toggled(superTopics(state(SIX, { open: "1" })), 1), { open: "none" });
});

test("a super-topic over time is the sum of its topics", () => {
  const answer = { periods: [{}, {}], topics: { 0: [1, 2], 2: [3, 0], 1: [9, 9] } };
  assert.deepEqual(countsOverTime(answer, { topics: [topic(0, 0), topic(2, 0), topic(4, 0)] }), [4, 2]);
});

test("a topic is found by number, label and term, the best match first", () => {
  const topics = [
    topic(12, 0, { label: "taxes", top_terms: ["money", "warrant"] }),
    topic(1, 0, { label: "cold war", top_terms: ["nuclear"] }),
    topic(3, 0, { label: "War and sea", top_terms: ["war"] }),
    topic(4, 0, { label: "Été", top_terms: [] }),
  ];
  const ids = (typed) => findTopics(topics, typed).map((found) => found.topic.id);
  assert.deepEqual(ids("war"), [3, 1, 12]);
  assert.deepEqual(findTopics(topics, "war").map(({ term }) => term), [null, null, "warrant"]);
  assert.deepEqual(ids("1"), [1, 12]);
  assert.deepEqual(ids("ete"), [4]);
  assert.deepEqual(ids("nothing"), []);
  assert.deepEqual(ids(" "), [12, 1, 3, 4]);
});
