/**
 * The colour of a topic depends on its id, never on its rank. Twelve colours are distinguishable, also for colour-blind
 * users (smallest distance in OKLab .117 for normal, deutan and protan vision, Machado 2009); later ids are grey.
 * The colours are in tokens.css. A colour is never the only mark: the id or name is always beside it.
 */

export const N_HUES = 12;

/**
 * Return the value of `data-hue` for a topic.
 * @param {number | null} id
 * @returns {string} "0" to "11", or "rest"
 */
export function hueOf(id) {
  return Number.isInteger(id) && id >= 0 && id < N_HUES ? String(id) : "rest";
}
