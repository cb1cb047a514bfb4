import assert from "node:assert/strict";
import { test } from "node:test";
import { withChoice } from "../../../../resource/explorer/screens/documents/chosen.js";

const PAGE = [7, 3, 9, 4].map((row) => ({ row, key: `k${row}` }));
const rows = (chosen) => [...chosen.keys()];

test("a box chooses its document, and lets it go", () => {
  const one = withChoice(new Map(), PAGE, { row: 3, isOn: true });
  assert.deepEqual([...one.values()], [{ row: 3, key: "k3" }]);
  assert.deepEqual(rows(withChoice(one, PAGE, { row: 3, isOn: false })), []);
});

test("a range goes from the last box to this one, upwards and downwards", () => {
  assert.deepEqual(rows(withChoice(new Map(), PAGE, { row: 4, isOn: true, from: 3 })), [3, 9, 4]);
  assert.deepEqual(rows(withChoice(new Map(), PAGE, { row: 7, isOn: true, from: 9 })), [7, 3, 9]);
  const all = withChoice(new Map(), PAGE, { row: 7, isOn: true, from: 4 });
  assert.deepEqual(rows(withChoice(all, PAGE, { row: 9, isOn: false, from: 3 })), [7, 4]);
});

test("documents of other pages stay chosen, and are no end of a range", () => {
  const other = new Map([[1, { row: 1 }]]);
  assert.deepEqual(rows(withChoice(other, PAGE, { row: 9, isOn: true, from: 1 })), [1, 9]);
});
