/**
 * Order a topic's terms by relevance (Sievert and Shirley, "LDAvis", 2014, equation 1):
 * lambda · log p(term | topic) + (1 − lambda) · log lift, with lift = p(term | topic) / p(term).
 */

export const DEFAULT_LAMBDA = 0.6;

/**
 * Compute the relevance of a term.
 * @param {{probability: number | null, lift: number | null}} term
 * @param {number} lambda 1 ranks by probability, 0 by lift
 * @returns {number} minus infinity for a term without a probability
 */
export function relevance(term, lambda) {
  if (!(term.probability > 0)) return -Infinity;
  const common = Math.log(term.probability);
  // Without a lift nothing is known of the corpus, and the probability alone must do.
  const distinctive = term.lift > 0 ? Math.log(term.lift) : 0;
  return lambda * common + (1 - lambda) * distinctive;
}

/**
 * Rank terms by relevance; equal ones stay in alphabetical order so that the list never flickers.
 * @param {any[]} terms
 * @param {number} lambda
 * @param {number} n how many to keep
 * @returns {any[]} a new list
 */
export function rankTerms(terms, lambda, n) {
  return terms
    .map((term) => ({ term, score: relevance(term, lambda) }))
    .sort((a, b) => b.score - a.score || (a.term.term < b.term.term ? -1 : 1))
    .slice(0, n)
    .map(({ term }) => term);
}

/**
 * Give the probability of a term in the whole corpus, which the lift implies.
 * @param {{probability: number | null, lift: number | null}} term
 * @returns {number | null}
 */
export function corpusProbability(term) {
  return term.lift > 0 && term.probability > 0 ? term.probability / term.lift : null;
}
