import assert from "node:assert/strict";
import { test } from "node:test";
import { periodNotes, timeModel, valueInWords } from "../../../../resource/explorer/screens/time/model.js";

const STATE = /** @type {any} */ ({ overview: { topics: [] }, view: { levels: null } });
const ANSWER = {
  granularity: "year",
  periods: ["1990", "1991", "1992"].map((label) => ({ start: `${label}-01-01`, label, n: 0, partial: false })),
  topics: { 0: [10, 0, 30], 1: [10, 0, 50] },
};

test("a moving mean of shares weighs each period by its documents", () => {
  const model = timeModel(ANSWER, STATE, "share", 3);
  assert.deepEqual(model.values(0), [10 / 20, 40 / 100, 30 / 80]);
  assert.deepEqual(model.support, [20, 100, 80]);
  assert.equal(valueInWords(model, 0, 1), "40.0%, mean of 3 periods");
});

test("a moving mean of counts is per period", () => {
  const model = timeModel(ANSWER, STATE, "count", 3);
  assert.deepEqual(model.values(0), [5, 40 / 3, 15]);
  assert.equal(model.show(model.values(0)[1]), "13.3");
});

test("without a moving mean values are those of the period, and gaps stay", () => {
  const model = timeModel(ANSWER, STATE, "share");
  assert.deepEqual(model.values(0), [0.5, null, 0.375]);
  assert.deepEqual(periodNotes(model), ["Gaps: 1 period without documents."]);
});

test("the notes say what a moving mean counts", () => {
  assert.match(periodNotes(timeModel(ANSWER, STATE, "share", 5))[0], /^Moving mean of 5 periods: .* the 2 periods before and after it/);
});
