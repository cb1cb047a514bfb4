import assert from "node:assert/strict";
import { test } from "node:test";
import { strengthOf, wordsByTopic, wordsOfDocument } from "../../../resource/explorer/reader/word-topics.js";

const overview = { topics: [{ id: 0, belongs_to: 0 }, { id: 1, belongs_to: 0 }, { id: 2, belongs_to: 2 }] };
const answer = (row, spans, boilerplate = []) => ({
  path: `documents/${row}/words`, state: "ready", value: { spans, boilerplate, n_words: 9, n_known: spans.length, unknown: ["the"] },
});
const opened = { state: "ready", value: { row: 7 } };

test("words count under the topic theirs was merged into", () => {
  const words = answer(7, [[0, 3, 1, 0.5, "tax"], [4, 7, 2, 1, "war"]]);
  assert.deepEqual(wordsOfDocument({ answers: { words, document: opened }, overview }), {
    nWords: 9, nKnown: 2, unknown: ["the"], repeated: [],
    spans: [
      { kind: "word", start: 0, end: 3, topic: 0, probability: 0.5, term: "tax" },
      { kind: "word", start: 4, end: 7, topic: 2, probability: 1, term: "war" },
    ],
  });
});

test("words are read again only after other words or other topics", () => {
  const words = answer(7, [[0, 3, 1, 0.5, "tax"]]);
  const state = { answers: { words, document: opened }, overview };
  const first = wordsOfDocument(state);
  assert.equal(wordsOfDocument({ ...state }), first);
  const apart = { topics: [{ id: 0 }, { id: 1 }] };
  assert.equal(wordsOfDocument({ ...state, overview: apart }).spans[0].topic, 1);
  const again = { ...words, value: { ...words.value, spans: [] } };
  assert.deepEqual(wordsOfDocument({ answers: { words: again, document: opened }, overview }).spans, []);
});

test("lines that the model ignores are spans of their own", () => {
  const { repeated } = wordsOfDocument({ answers: { words: answer(7, [], [[3, 9]]), document: opened }, overview });
  assert.deepEqual(repeated, [{ kind: "repeated", start: 3, end: 9 }]);
});

test("the words of another document, or none yet, are not shown", () => {
  assert.equal(wordsOfDocument({ answers: { words: answer(8, []), document: opened }, overview }), null);
  assert.equal(wordsOfDocument({ answers: { words: null, document: opened }, overview }), null);
  assert.equal(wordsOfDocument({ answers: { words: answer(7, []), document: { state: "loading", value: { row: 7 } } }, overview }), null);
  assert.equal(wordsOfDocument({ answers: { words: { ...answer(7, []), state: "loading" }, document: opened }, overview }), null);
});

test("topics come by their number of words, terms by theirs, ties in a fixed order", () => {
  const word = (topic, term) => ({ topic, term });
  const spans = [word(2, "war"), word(0, "tax"), word(0, "duty"), word(0, "tax"), word(3, "sea")];
  assert.deepEqual(wordsByTopic(spans), [
    { topic: 0, n: 3, terms: [{ term: "tax", n: 2 }, { term: "duty", n: 1 }] },
    { topic: 2, n: 1, terms: [{ term: "war", n: 1 }] },
    { topic: 3, n: 1, terms: [{ term: "sea", n: 1 }] },
  ]);
  assert.deepEqual(wordsByTopic([]), []);
});

test("probabilities are graded in five steps", () => {
  assert.deepEqual([0, 0.1, 0.2, 0.21, 0.5, 0.99, 1].map(strengthOf), [1, 1, 1, 2, 3, 5, 5]);
});
