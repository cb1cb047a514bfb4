/** Changes of topics in words, for the list of what is pending, the history, and what others did meanwhile. */

/**
 * @typedef {Object} ChangeWords
 * @property {string} words such as "renamed"
 * @property {string | null} value a text people wrote, shown as it is
 * @property {number | null} topic another topic the change speaks of
 */

/**
 * Put the change of a part into words.
 * @param {string} part
 * @param {any} value new value, null where an earlier edit is taken back
 * @param {{trained?: string | null, from?: number | null}} [before] trained label of the topic, and what it was merged into
 * @returns {ChangeWords}
 */
export function changeWords(part, value, { trained = null, from = null } = {}) {
  const said = (words, shown = null, topic = null) => ({ words, value: shown, topic });
  if (part === "label") return value === null ? said("gets its trained name back", trained) : said("renamed", value);
  if (part === "merged_into") {
    if (value !== null) return said("merged into", null, value);
    return from === null ? said("stands for itself again") : said("taken out of", null, from);
  }
  if (part === "hidden") return said(value ? "hidden" : "shown again");
  return value === null || value === "" ? said("note removed") : said("note", value);
}

/** @param {string} part @returns {string} what of a topic it is */
export function partName(part) {
  return { label: "name", merged_into: "merge", hidden: "hiding", note: "note" }[part] ?? part;
}

/**
 * Write a time of an edit for readers.
 * @param {string} time as in 2026-01-31T12:00:00.000000Z
 * @returns {string} in the reader's zone; what cannot be read, as it is
 */
export function timeWords(time) {
  const date = new Date(time);
  return Number.isNaN(date.getTime())
    ? String(time)
    : new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" }).format(date);
}
