/**
 * Stop words for the next training: the saved list, and the changes not saved yet. Words that differ only in case are
 * the same, as in the recipes.
 */

import { toCsv } from "../../charts/chart-csv.js";

/**
 * @typedef {Object} Queue changes not saved yet
 * @property {readonly string[]} add
 * @property {readonly string[]} remove
 */

/** @type {Queue} */
export const EMPTY_QUEUE = Object.freeze({ add: Object.freeze([]), remove: Object.freeze([]) });

const fold = (word) => word.normalize("NFKC").toLowerCase();
const without = (words, word) => words.filter((other) => fold(other) !== fold(word));
const holds = (words, word) => words.some((other) => fold(other) === fold(word));

/**
 * Add a word to the list, or cancel its removal.
 * @param {Queue} queue
 * @param {string[]} saved words on the list
 * @param {string} word
 * @returns {Queue}
 */
export function withWord(queue, saved, word) {
  const typed = word.trim();
  if (!typed) return queue;
  const add = without(queue.add, typed);
  return { add: holds(saved, typed) ? add : [...add, typed], remove: without(queue.remove, typed) };
}

/**
 * Add several words, see `withWord`.
 * @param {Queue} queue
 * @param {string[]} saved
 * @param {string[]} words
 * @returns {Queue}
 */
export function withWords(queue, saved, words) {
  return words.reduce((changed, word) => withWord(changed, saved, word), queue);
}

/**
 * Remove a word from the list, or cancel its addition.
 * @param {Queue} queue @param {string[]} saved @param {string} word
 * @returns {Queue}
 */
export function withoutWord(queue, saved, word) {
  const remove = without(queue.remove, word);
  return { add: without(queue.add, word), remove: holds(saved, word) ? [...remove, word] : remove };
}

/**
 * List all words with their state, in the order of their addition.
 * @param {Queue} queue @param {string[]} saved
 * @returns {{word: string, state: string}[]} `state` is "saved", "added" or "removed"
 */
export function listedWords({ add, remove }, saved) {
  return [
    ...saved.map((word) => ({ word, state: holds(remove, word) ? "removed" : "saved" })),
    ...add.map((word) => ({ word, state: "added" })),
  ];
}

/**
 * Return whether a word is on the list once changes are saved.
 * @param {Queue} queue @param {string[]} saved @param {string} word
 * @returns {boolean}
 */
export function isListed(queue, saved, word) {
  return listedWords(queue, saved).some((entry) => entry.state !== "removed" && fold(entry.word) === fold(word));
}

/** @param {Queue} queue @returns {number} changes not saved */
export function countChanges({ add, remove }) {
  return add.length + remove.length;
}

/**
 * Write the words as a file for the input "Stop words" of Discover topics, which reads the first column.
 * @param {{word: string, state: string}[]} listed
 * @returns {string}
 */
export function stopWordsCsv(listed) {
  return toCsv(["stop_word"], listed.filter(({ state }) => state !== "removed").map(({ word }) => [word]));
}

/**
 * Return the changes left after saving: those made while saving was in progress.
 * @param {Queue} queue as it is now
 * @param {Queue} sent as it was saved
 * @returns {Queue} a change that was sent and then revoked becomes its opposite
 */
export function leftAfterSaving(queue, sent) {
  const missing = (words, others) => words.filter((word) => !holds(others, word));
  return {
    add: [...missing(queue.add, sent.add), ...missing(sent.remove, queue.remove)],
    remove: [...missing(queue.remove, sent.remove), ...missing(sent.add, queue.add)],
  };
}
