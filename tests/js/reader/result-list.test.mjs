import assert from "node:assert/strict";
import { test } from "node:test";
import { listedDocuments, positionOf, stepFrom } from "../../../resource/explorer/reader/result-list.js";

const documents = {
  state: "ready",
  value: { page: 2, pages: 3, size: 3, total: 8, documents: [{ row: 40 }, { row: 10 }, { row: 20 }] },
};
const kwic = { state: "ready", value: { page: 1, pages: 1, size: 25, total: 1, lines: [{ row: 5 }] } };
const state = (screen) => ({ view: { screen }, answers: { documents, kwic } });
const listed = listedDocuments(state("documents"));

test("the steps follow the order of the list, not of the rows", () => {
  assert.deepEqual(stepFrom(listed, 10, 1), { row: 20, page: 2 });
  assert.deepEqual(stepFrom(listed, 10, -1), { row: 40, page: 2 });
});

test("a step over the end of a page turns it", () => {
  assert.deepEqual(stepFrom(listed, 20, 1), { row: null, page: 3 });
  assert.deepEqual(stepFrom(listed, 40, -1), { row: null, page: 1 });
});

test("there is no step beyond the list, nor from a document it does not hold", () => {
  const lines = listedDocuments(state("terms"));
  assert.equal(stepFrom(lines, 5, 1), null);
  assert.equal(stepFrom(lines, 5, -1), null);
  assert.equal(stepFrom(listed, 999, 1), null);
  assert.equal(stepFrom(null, 10, 1), null);
});

test("a document is numbered among all found", () => {
  assert.deepEqual(positionOf(listed, 20), { position: 6, total: 8 });
  assert.equal(positionOf(listed, 999), null);
  assert.equal(positionOf(null, 20), null);
});

test("the lines of a term turn their own pages", () => {
  assert.equal(listedDocuments(state("terms")).turns, "lines");
  assert.equal(listed.turns, "page");
});

test("while a list is loading there is none to step along", () => {
  assert.equal(listedDocuments({ view: { screen: "documents" }, answers: { documents: { ...documents, state: "loading" }, kwic: null } }), null);
});
