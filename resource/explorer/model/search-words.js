/** What is typed in the search box, as the backend reads it: words are exact unless they end with a star. */

const PIECE = /[-−–]?"[^"]*"?|[^\s"]+/g;
const OPERATORS = ["AND", "OR", "NOT"];

/** One line on what can be typed. @type {[string, string][]} example and meaning */
export const SYNTAX = [
  ['"just war"', "phrase"],
  ["war OR peace", "either"],
  ["-peace", "without"],
  ["war*", "longer words"],
];

/**
 * Return the words that are found only as they are typed.
 * @param {string} typed
 * @returns {string[]}
 */
export function exactWords(typed) {
  return (typed.match(PIECE) ?? []).filter(isExact);
}

/** @param {string} piece @returns {boolean} */
function isExact(piece) {
  return !OPERATORS.includes(piece) && !piece.includes('"') && /[\p{L}\p{N}]{2}[)]*$/u.test(piece);
}

/**
 * Make a search find longer words too, or only the words as they are typed.
 * @param {string} typed @param {boolean} longer
 * @returns {string} with a star behind each word, or without
 */
export function withLongerWords(typed, longer) {
  if (longer) return typed.replace(PIECE, (piece) => (isExact(piece) ? piece.replace(/[)]*$/, (end) => `*${end}`) : piece));
  return typed.replace(PIECE, (piece) => (piece.includes('"') ? piece : piece.replace(/\*+([)]*)$/, "$1")));
}
