import assert from "node:assert/strict";
import { test } from "node:test";
import { liftCells, liftClass, log2Lift } from "../../../resource/explorer/model/lift.js";

const ANSWER = {
  ids: [7, 3],
  counts: [
    [80, 20],
    [20, 80],
    [0, 0],
  ],
  totals: [100, 100],
};

test("a topic as frequent as expected has no lift", () => {
  assert.equal(log2Lift(40, 40), 0);
});

test("half a document is added to found and expected counts", () => {
  assert.equal(log2Lift(7.5, 1.5), 2);
  assert.equal(log2Lift(0, 3.5), -3);
});

test("no document found and none expected is no lift, not an infinite one", () => {
  assert.equal(log2Lift(0, 0), 0);
});

test("a cell has found and expected counts, and both shares", () => {
  const cell = liftCells(ANSWER, [3])[0][1];
  assert.deepEqual([cell.n, cell.nGroup, cell.expected, cell.share, cell.overall], [80, 100, 50, 0.8, 0.5]);
  assert.equal(cell.log2, Math.log2(80.5 / 50.5));
});

test("topics are in the requested order, and one without a count has zero", () => {
  assert.deepEqual(
    liftCells(ANSWER, [3, 7, 9]).map((row) => row[0].n),
    [20, 80, 0],
  );
});

test("a group without documents has no share and counts as few", () => {
  const cell = liftCells(ANSWER, [7])[0][2];
  assert.deepEqual([cell.share, cell.log2, cell.isFew], [null, 0, true]);
});

test("without any documents there are no shares", () => {
  const cell = liftCells({ ids: [0], counts: [[0]], totals: [0] }, [0])[0][0];
  assert.deepEqual([cell.share, cell.overall, cell.expected], [null, null, 0]);
});

test("a cell is few where fewer than twenty documents are found and expected", () => {
  const isFew = (counts, totals) => liftCells({ ids: [0, 1], counts, totals }, [0])[0][0].isFew;
  assert.equal(
    isFew(
      [
        [19, 81],
        [19, 81],
      ],
      [38, 162],
    ),
    true,
  );
  assert.equal(
    isFew(
      [
        [20, 980],
        [0, 1000],
      ],
      [20, 1980],
    ),
    false,
  );
  // None where fifty were expected is not chance.
  assert.equal(
    isFew(
      [
        [0, 100],
        [100, 0],
      ],
      [100, 100],
    ),
    false,
  );
});

test("lifts fall into nine classes that end at a quarter and four times", () => {
  assert.deepEqual(
    [-9, -2, -1, -0.26, -0.2, 0, 0.24, 0.26, 1, 2, 9].map(liftClass),
    [-4, -4, -2, -1, 0, 0, 0, 1, 2, 4, 4],
  );
  assert.ok(Object.is(liftClass(-0.1), 0));
});
