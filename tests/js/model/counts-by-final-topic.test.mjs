import assert from "node:assert/strict";
import { test } from "node:test";
import { countsByFinalTopic, groupsByFinalTopic, timeByFinalTopic } from "../../../resource/explorer/model/counts-by-final-topic.js";

const finalOf = (id) => (id === 3 ? 1 : id);

test("periods of a merged topic count under its target", () => {
  const answer = { granularity: "year", topics: { 1: [1, 2], 2: [5, 5], 3: [10, 20] } };
  assert.deepEqual(timeByFinalTopic(answer, finalOf), { granularity: "year", topics: { 1: [11, 22], 2: [5, 5] } });
});

test("filtered documents count under the target of a merge", () => {
  const answer = { n: 12, of: 20, n_assigned: 10, topics: { 1: 4, 2: 1, 3: 5 } };
  assert.deepEqual(countsByFinalTopic(answer, finalOf), { ...answer, topics: { 1: 9, 2: 1 } });
  assert.equal(countsByFinalTopic(null, finalOf), null);
});

test("the trend of filtered documents counts under the target of a merge", () => {
  const answer = { n_assigned: 3, topics: { 1: 1, 3: 2 }, trend: { 1: [1, 0], 3: [0, 2] } };
  assert.deepEqual(countsByFinalTopic(answer, finalOf).trend, { 1: [1, 2] });
});

test("a merged topic brings its count to a target without one", () => {
  assert.deepEqual(timeByFinalTopic({ topics: { 3: [10] } }, finalOf).topics, { 1: [10] });
});

test("groups of a merged topic count under its target", () => {
  const answer = {
    name: "party",
    ids: [3, 2, 1],
    counts: [
      [1, 2, 3],
      [10, 20, 30],
    ],
    totals: [11, 22, 33],
  };
  const found = groupsByFinalTopic(answer, finalOf);
  assert.deepEqual(found, {
    name: "party",
    ids: [1, 2],
    counts: [
      [4, 2],
      [40, 20],
    ],
    totals: [44, 22],
  });
});

test("counts without merges are unchanged, and so is the answer", () => {
  const answer = Object.freeze({ ids: [2, 1], counts: [[1, 2]], totals: [1, 2] });
  assert.deepEqual(groupsByFinalTopic(answer, finalOf), answer);
});
