import assert from "node:assert/strict";
import { test } from "node:test";
import { flowMatrix } from "../../../../resource/explorer/screens/models/document-flow.js";

const ANSWER = {
  pairs: [
    { topic: 0, other: 5 },
    { topic: 1, other: 4 },
  ],
  only_here: [2],
  only_there: [9],
  flow: {
    n: 111,
    cells: [
      { topic: 1, other: 4, n: 60 },
      { topic: 0, other: 5, n: 30 },
      { topic: 2, other: 4, n: 20 },
      { topic: null, other: 9, n: 1 },
    ],
  },
};

test("matched topics stand opposite each other, the largest first, and the unmatched last", () => {
  const { rows, columns } = flowMatrix(ANSWER);
  assert.deepEqual(rows, [1, 0, 2, null]);
  assert.deepEqual(columns, [4, 5, 9]);
});

test("every document is counted where it was and where it is", () => {
  const { counts, totals } = flowMatrix(ANSWER);
  assert.deepEqual(counts, [
    [60, 0, 0],
    [0, 30, 0],
    [20, 0, 0],
    [0, 0, 1],
  ]);
  assert.deepEqual(totals, [60, 30, 20, 1]);
});

test("models without a topic in common give an empty matrix", () => {
  assert.deepEqual(flowMatrix({ pairs: [], only_here: [], only_there: [], flow: { n: 0, cells: [] } }), {
    rows: [],
    columns: [],
    counts: [],
    shown: [],
    totals: [],
  });
});

test("cells that are left out count in the totals of the rows", () => {
  const flow = { ...ANSWER.flow, totals: [{ topic: 1, n: 63 }, { topic: 0, n: 30 }, { topic: 2, n: 20 }, { topic: null, n: 1 }] };
  const { shown, totals } = flowMatrix({ ...ANSWER, flow });
  assert.deepEqual(shown, [60, 30, 20, 1]);
  assert.deepEqual(totals, [63, 30, 20, 1]);
});
