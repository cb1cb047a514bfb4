/** Descriptions of changes, for pending edits, the log and conflicts. */

/**
 * @typedef {Object} ChangeWords
 * @property {string} words such as "renamed"
 * @property {string | null} value a text written by a user, shown as it is
 * @property {number | null} topic other topic of the change
 */

/**
 * Describe the change of a part.
 * @param {string} part
 * @param {any} value new value, null where an earlier edit is reverted
 * @param {{trained?: string | null, from?: number | null}} [before] trained label of the topic, and
 *   the topic it was merged into
 * @returns {ChangeWords}
 */
export function changeWords(part, value, { trained = null, from = null } = {}) {
  const described = (words, shown = null, topic = null) => ({ words, value: shown, topic });
  if (part === "label")
    return value === null ? described("trained name restored:", trained) : described("renamed", value);
  if (part === "merged_into") {
    if (value !== null) return described("merged into", null, value);
    return from === null ? described("unmerged") : described("unmerged from", null, from);
  }
  if (part === "parent") return described("moved back to its trained super-topic");
  if (part === "hidden") return described(value ? "hidden" : "shown again");
  if (part === "split")
    return value === null
      ? described("split undone")
      : described("split into", value.parts.map(({ label }) => label).join(" · "));
  if (part === "documents")
    return value === null
      ? described("documents moved by hand: none")
      : described(`documents moved by hand: ${value.length}`);
  return value === null || value === "" ? described("note removed") : described("note", value);
}

const PART_NAMES = {
  label: "name",
  merged_into: "merge",
  hidden: "hiding",
  note: "note",
  split: "split",
  documents: "moved documents",
  parent: "super-topic",
  parent_label: "name of the super-topic",
};

/** @param {string} part @returns {string} name of the part for users */
export function partName(part) {
  return PART_NAMES[part] ?? part;
}

/**
 * Format the time of an edit.
 * @param {string} time as in 2026-01-31T12:00:00.000000Z
 * @returns {string} in the user's time zone; an unreadable time as it is
 */
export function timeWords(time) {
  const date = new Date(time);
  return Number.isNaN(date.getTime())
    ? String(time)
    : new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" }).format(date);
}
