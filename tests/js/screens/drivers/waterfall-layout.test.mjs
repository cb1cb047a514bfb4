import assert from "node:assert/strict";
import { test } from "node:test";
import { digitsFor, shownValues, waterfall } from "../../../../resource/explorer/screens/drivers/waterfall-layout.js";

const parts = [{ contribution: 0.25 }, { contribution: -1 }, { contribution: 0.5 }, { contribution: -0.125 }];

test("steps lead from one mean to the other, the largest first", () => {
  const steps = waterfall(parts, 4, 9);
  assert.deepEqual(steps.map(({ from, to }) => [from, to]), [[4, 3], [3, 3.5], [3.5, 3.75], [3.75, 3.625]]);
});

test("small contributions are one step together", () => {
  const steps = waterfall(parts, 4, 3);
  assert.deepEqual(steps.map(({ part, n, contribution }) => [part === null, n, contribution]), [[false, 1, -1], [false, 1, 0.5], [true, 2, 0.125]]);
  assert.equal(steps.at(-1)?.to, 3.625);
});

test("the wide interval of few documents does not stretch the axis", () => {
  const row = (n, difference, low, high) => ({ n, difference, difference_low: low, difference_high: high });
  assert.deepEqual(shownValues([row(100, 1, 0.5, 1.5), row(2, -2, -50, 46), row(1, 3, null, null)], 20), [-2, 3]);
  assert.deepEqual(shownValues([], 20), [0, 1]);
});

test("numbers have as many digits as their size needs", () => {
  assert.deepEqual([12000, 143, 3.6, 0.4, 0.04, 0.001, 0].map(digitsFor), [0, 1, 2, 2, 3, 4, 2]);
});
