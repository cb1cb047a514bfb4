/**
 * A round of the word-intrusion quiz of Chang et al., "Reading Tea Leaves: How Humans Interpret Topic Models" (2009):
 * five terms of a topic and one intruder that does not fit. Right and wrong are only shown at the end.
 */

/**
 * @typedef {Object} Round
 * @property {number} number of the round, which determines the questions
 * @property {{id: any, words: string[]}[]} questions
 * @property {string[]} chosen word of each question answered so far
 */

/** Lengths of a round to choose from. */
export const LENGTHS = Object.freeze([10, 20]);

/**
 * Start a round.
 * @param {number} number
 * @param {any[]} questions of the backend, of which the first ones are asked
 * @param {number} length
 * @returns {Round}
 */
export function beginRound(number, questions, length) {
  return { number, questions: questions.slice(0, length), chosen: [] };
}

/** @param {Round} round @returns {Object | null} the current question, null at the end */
export function question(round) {
  return round.questions[round.chosen.length] ?? null;
}

/**
 * Answer the current question.
 * @param {Round} round @param {string} word
 * @returns {Round} unchanged where the word is not one of the question's
 */
export function answered(round, word) {
  if (!question(round)?.words.includes(word)) return round;
  return { ...round, chosen: [...round.chosen, word] };
}

/** @param {Round} round @returns {Round} without the last answer */
export function steppedBack(round) {
  return { ...round, chosen: round.chosen.slice(0, -1) };
}

/** @param {Round} round @returns {boolean} whether every question has an answer */
export function isComplete(round) {
  return round.questions.length > 0 && round.chosen.length === round.questions.length;
}

/**
 * Build the answers to send.
 * @param {Round} round
 * @returns {{round: number, answers: {id: any, word: string}[]}}
 */
export function answersOf(round) {
  return { round: round.number, answers: round.chosen.map((word, i) => ({ id: round.questions[i].id, word })) };
}

/**
 * Join the results with questions and answers.
 * @param {Round} round
 * @param {{id: any, topic: number, intruder: string, right: boolean}[]} results
 * @returns {{topic: number, words: string[], intruder: string, chosen: string, right: boolean}[]}
 */
export function reviewed(round, results) {
  const byId = new Map(results.map((result) => [result.id, result]));
  return round.questions
    .map((asked, i) => ({ words: asked.words, chosen: round.chosen[i], ...byId.get(asked.id) }))
    .filter(({ topic }) => topic !== undefined);
}
