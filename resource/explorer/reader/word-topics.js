/** The words of a document, each known word with its most likely topic. */

import { finalIds } from "../model/topics.js";

/**
 * @typedef {Object} Word
 * @property {"word"} kind
 * @property {number} start in code points
 * @property {number} end
 * @property {number} topic final topic with the largest p(topic | word, document)
 * @property {number} probability of that topic
 * @property {string} term in the model's vocabulary
 */

const N_STRENGTHS = 5;

/**
 * Return the words of the open document, or null until they are loaded.
 * @param {State} state
 * @returns {{spans: Word[], repeated: object[], nWords: number, nKnown: number, unknown: string[]} | null} repeated:
 *   spans of lines that the model ignores, as they repeat in many documents
 */
export function wordsOfDocument({ answers: { words, document: opened }, overview }) {
  if (words?.state !== "ready" || opened?.state !== "ready" || words.path !== `documents/${opened.value.row}/words`) return null;
  if (last.answer !== words.value || last.overview !== overview) {
    last = { answer: words.value, overview, words: readWords(words.value, overview) };
  }
  return last.words;
}

let last = { answer: null, overview: null, words: null }; // a long document has thousands of words, asked for repeatedly

function readWords({ spans, boilerplate, n_words: nWords, n_known: nKnown, unknown }, overview) {
  const finalId = finalIds(overview);
  const word = ([start, end, topic, probability, term]) => ({ kind: "word", start, end, topic: finalId(topic), probability, term });
  const repeated = boilerplate.map(([start, end]) => ({ kind: "repeated", start, end }));
  return { spans: spans.map(word), repeated, nWords, nKnown, unknown };
}

/**
 * Return the strength of a word's line: few shades can be told apart.
 * @param {number} probability 0 to 1
 * @returns {number} 1 to 5
 */
export function strengthOf(probability) {
  return Math.min(N_STRENGTHS, Math.max(1, Math.ceil(probability * N_STRENGTHS)));
}

/**
 * Group the words by topic, the topic with most words first.
 * @param {Word[]} spans
 * @returns {Array<{topic: number, n: number, terms: {term: string, n: number}[]}>} terms by falling count
 */
export function wordsByTopic(spans) {
  const topics = new Map();
  for (const { topic, term } of spans) {
    if (!topics.has(topic)) topics.set(topic, new Map());
    const terms = topics.get(topic);
    terms.set(term, (terms.get(term) ?? 0) + 1);
  }
  return [...topics]
    .map(([topic, terms]) => ({ topic, terms: [...terms].map(([term, n]) => ({ term, n })).sort(byFallingCount) }))
    .map((entry) => ({ ...entry, n: entry.terms.reduce((sum, { n }) => sum + n, 0) }))
    .sort((a, b) => b.n - a.n || a.topic - b.topic);
}

function byFallingCount(a, b) {
  return b.n - a.n || (a.term < b.term ? -1 : 1);
}
