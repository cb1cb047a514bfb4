/**
 * A round of the word-intrusion quiz of Chang et al., "Reading Tea Leaves: How Humans Interpret Topic Models" (2009):
 * five words of a topic and one intruder that fits it badly. Nothing is said of right and wrong before the end.
 */

/**
 * @typedef {Object} Round
 * @property {number} number of the round, which chooses the questions
 * @property {Array<{id: *, words: Array<string>}>} questions
 * @property {Array<string>} chosen a word for each question answered so far
 */

/** Lengths of a round one can choose. */
export const LENGTHS = Object.freeze([10, 20]);

/**
 * Begin a round.
 * @param {number} number
 * @param {Array<Object>} questions as served; the first ones are asked
 * @param {number} length
 * @returns {Round}
 */
export function beginRound(number, questions, length) {
  return { number, questions: questions.slice(0, length), chosen: [] };
}

/** @param {Round} round @returns {?Object} the question to be answered now, null at the end */
export function question(round) {
  return round.questions[round.chosen.length] ?? null;
}

/**
 * Answer the present question.
 * @param {Round} round
 * @param {string} word
 * @returns {Round} the same one where the word is none of the question's
 */
export function answered(round, word) {
  if (!question(round)?.words.includes(word)) return round;
  return { ...round, chosen: [...round.chosen, word] };
}

/** @param {Round} round @returns {Round} with the last answer taken back */
export function steppedBack(round) {
  return { ...round, chosen: round.chosen.slice(0, -1) };
}

/** @param {Round} round @returns {boolean} whether every question has an answer */
export function isComplete(round) {
  return round.questions.length > 0 && round.chosen.length === round.questions.length;
}

/**
 * Write the answers as they are sent.
 * @param {Round} round
 * @returns {{round: number, answers: Array<{id: *, word: string}>}}
 */
export function answersOf(round) {
  return { round: round.number, answers: round.chosen.map((word, i) => ({ id: round.questions[i].id, word })) };
}

/**
 * Join the results with what was asked and chosen.
 * @param {Round} round
 * @param {Array<{id: *, topic: number, intruder: string, right: boolean}>} results
 * @returns {Array<{topic: number, words: Array<string>, intruder: string, chosen: string, right: boolean}>}
 */
export function reviewed(round, results) {
  const byId = new Map(results.map((result) => [result.id, result]));
  return round.questions
    .map((asked, i) => ({ words: asked.words, chosen: round.chosen[i], ...byId.get(asked.id) }))
    .filter(({ topic }) => topic !== undefined);
}
