/**
 * Colour follows the topic id for ever, never its rank. Twelve colours can be told apart, also by colour-blind readers
 * (smallest distance in OKLab .117 for normal, deutan and protan sight, Machado 2009); later ids share a neutral grey.
 * The colours themselves are in tokens.css. A colour is never alone: the id or name is always beside it.
 */

export const N_HUES = 12;

/**
 * Name the colour of a topic, to be set as `data-hue`.
 * @param {number | null} id
 * @returns {string} "0" to "11", or "rest"
 */
export function hueOf(id) {
  return Number.isInteger(id) && id >= 0 && id < N_HUES ? String(id) : "rest";
}
