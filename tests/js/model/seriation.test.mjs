import assert from "node:assert/strict";
import { test } from "node:test";
import { seriated, transposed } from "../../../resource/explorer/model/seriation.js";

test("rows along a line are ordered along it, however they were shuffled", () => {
  const places = [3, 0, 4, 1, 2];
  const rows = places.map((place) => [place, 2 * place, -place]);
  const order = seriated(rows).map((i) => places[i]);
  assert.ok(
    [
      [0, 1, 2, 3, 4],
      [4, 3, 2, 1, 0],
    ].some((line) => line.join() === order.join()),
    order.join(),
  );
});

test("two shuffled blocks are separated", () => {
  const blocks = ["a", "b", "a", "b", "a", "b"];
  const rows = blocks.map((block, i) => (block === "a" ? [2, 2, -2, -2 + i / 10] : [-2, -2, 2, 2 + i / 10]));
  const order = seriated(rows)
    .map((i) => blocks[i])
    .join("");
  assert.ok(["aaabbb", "bbbaaa"].includes(order), order);
});

test("neighbours on a bow stay neighbours, although its ends are similar on the first component", () => {
  const angles = [5, 1, 3, 0, 4, 2, 6];
  const rows = angles.map((angle) => [Math.cos(angle / 2), Math.sin(angle / 2)]);
  const order = seriated(rows).map((i) => angles[i]);
  assert.ok(["0123456", "6543210"].includes(order.join("")), order.join());
});

test("the order is a permutation, and the same every time", () => {
  const rows = Array.from({ length: 50 }, (_, i) => Array.from({ length: 9 }, (__, j) => Math.sin(i * 7 + j * j)));
  const order = seriated(rows);
  assert.deepEqual(
    [...order].sort((a, b) => a - b),
    rows.map((_, i) => i),
  );
  assert.deepEqual(seriated(rows), order);
});

test("equal rows keep their order", () => {
  assert.deepEqual(
    seriated([
      [1, 1],
      [1, 1],
      [1, 1],
      [1, 1],
    ]),
    [0, 1, 2, 3],
  );
});

test("zero, one and two rows, and rows without columns keep their order", () => {
  assert.deepEqual(
    [seriated([]), seriated([[5]]), seriated([[5], [1]]), seriated([[], [], []])],
    [[], [0], [0, 1], [0, 1, 2]],
  );
});

test("a matrix is transposed", () => {
  assert.deepEqual(
    transposed([
      [1, 2, 3],
      [4, 5, 6],
    ]),
    [
      [1, 4],
      [2, 5],
      [3, 6],
    ],
  );
  assert.deepEqual(transposed([]), []);
});
