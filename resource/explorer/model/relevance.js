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
  // Without a lift the probability in the corpus is unknown: rank by the probability in the topic.
  const distinctive = term.lift > 0 ? Math.log(term.lift) : 0;
  return lambda * common + (1 - lambda) * distinctive;
}

/**
 * Rank terms by relevance; ties are in alphabetical order, so that the list is stable.
 * @param {any[]} terms @param {number} lambda
 * @param {number} n number of terms to keep
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
 * Compute the probability of a term in the whole corpus from its lift.
 * @param {{probability: number | null, lift: number | null}} term
 * @returns {number | null}
 */
export function corpusProbability(term) {
  return term.lift > 0 && term.probability > 0 ? term.probability / term.lift : null;
}
