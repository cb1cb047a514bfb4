import assert from "node:assert/strict";
import { test } from "node:test";
import { topicRates, verdict, wilsonInterval } from "../../../resource/explorer/model/intrusion-rates.js";
import {
  answered,
  answersOf,
  beginRound,
  isComplete,
  question,
  reviewed,
  steppedBack,
} from "../../../resource/explorer/screens/review/round.js";

const asked = [1, 2, 3].map((id) => ({ id, words: ["a", "b", "c", "d", "e", `x${id}`] }));

test("a round asks the chosen number of questions, each until it is answered", () => {
  let round = beginRound(4, asked, 2);
  assert.equal(question(round).id, 1);
  assert.equal(answered(round, "no word of it"), round);
  round = answered(round, "x1");
  assert.equal(question(round).id, 2);
  assert.equal(isComplete(round), false);
  round = answered(round, "a");
  assert.equal(question(round), null);
  assert.equal(isComplete(round), true);
  assert.equal(answered(round, "a"), round);
  assert.deepEqual(answersOf(round), {
    round: 4,
    answers: [
      { id: 1, word: "x1" },
      { id: 2, word: "a" },
    ],
  });
});

test("an answer can be undone", () => {
  const round = steppedBack(answered(beginRound(0, asked, 3), "a"));
  assert.equal(question(round).id, 1);
  assert.deepEqual(steppedBack(round).chosen, []);
});

test("a round without questions is never complete", () => {
  assert.equal(isComplete(beginRound(0, [], 10)), false);
});

test("results are joined to the choices in any order; unknown ones are left out", () => {
  const round = answered(answered(beginRound(0, asked, 2), "x1"), "a");
  const results = [
    { id: 2, topic: 7, intruder: "x2", right: false },
    { id: 1, topic: 5, intruder: "x1", right: true },
    { id: 9, topic: 1 },
  ];
  assert.deepEqual(
    reviewed(round, results).map(({ topic, chosen, intruder, right }) => [topic, chosen, intruder, right]),
    [
      [5, "x1", "x1", true],
      [7, "a", "x2", false],
    ],
  );
  assert.equal(reviewed(round, results.slice(0, 1)).length, 1);
});

test("the interval is Wilson's", () => {
  const { low, high } = wilsonInterval(8, 10);
  assert.ok(Math.abs(low - 0.4902) < 5e-5 && Math.abs(high - 0.9433) < 5e-5);
  assert.equal(wilsonInterval(0, 10).low, 0);
  assert.equal(wilsonInterval(10, 10).high, 1);
  assert.equal(wilsonInterval(0, 0), null);
});

test("the worst topics come first; those without questions are left out", () => {
  const rates = topicRates([
    { topic: 0, asked: 4, right: 4 },
    { topic: 1, asked: 2, right: 1 },
    { topic: 2, asked: 0, right: 0 },
    { topic: 3, asked: 4, right: 2 },
  ]);
  assert.deepEqual(
    rates.map(({ topic }) => topic),
    [3, 1, 0],
  );
});

test("a verdict needs enough answers and an interval that excludes one half", () => {
  const rate = (right, n) => verdict({ asked: n, ...wilsonInterval(right, n) });
  assert.equal(rate(5, 5), "too few answers");
  assert.equal(rate(19, 20), "understood");
  assert.equal(rate(2, 20), "hard to tell apart");
  assert.equal(rate(10, 20), "not clear yet");
});
