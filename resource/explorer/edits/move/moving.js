/** Documents moved to a topic by hand: the lists that the edits of topics hold of them. */

import { shownTopics } from "../../model/topics.js";
import { withChange } from "../pending/changes.js";

/**
 * @typedef {Object} MovedDocument a document by its id and its text; without an id column, by its text alone
 * @property {string | null} id_column
 * @property {string | null} key
 * @property {string} digest of its text
 */

/**
 * Name a document as the edits do.
 * @param {{key: string, digest: string}} document of an answer
 * @param {{id_column?: string | null}} overview
 * @returns {MovedDocument}
 */
export function movedDocument({ key, digest }, { id_column: column = null }) {
  return column ? { id_column: column, key, digest } : { id_column: null, key: null, digest };
}

/**
 * Move a document to a topic, out of the lists of all others; without a topic, it goes back to the one of the model.
 * @param {Pending} pending @param {Map<number, Parts>} current
 * @param {MovedDocument} document @param {number | null} into
 * @returns {Pending} a new object
 */
export function withMove(pending, current, document, into) {
  let moved = pending;
  for (const id of current.keys()) {
    const listed = listOf(pending, current, id);
    const others = listed.filter((other) => !isSame(other, document));
    const list = id === into ? [...others, document] : others;
    if (list.length !== listed.length) moved = withChange(moved, current, id, { documents: list.length ? list : null });
  }
  return moved;
}

/**
 * Return where pending edits move a document.
 * @param {Pending} pending @param {Map<number, Parts>} current @param {MovedDocument} document
 * @returns {{into: number | null} | null} null where they do not move it
 */
export function pendingMove(pending, current, document) {
  const holds = (list) => (list ?? []).some((other) => isSame(other, document));
  const ids = [...current.keys()];
  const before = ids.find((id) => holds(current.get(id).documents)) ?? null;
  const after = ids.find((id) => holds(listOf(pending, current, id))) ?? null;
  return before === after ? null : { into: after };
}

/** @returns {MovedDocument[]} documents of a topic, pending edits included */
function listOf(pending, current, id) {
  const changes = pending[id] ?? {};
  return ("documents" in changes ? changes.documents : current.get(id).documents) ?? [];
}

function isSame(a, b) {
  return a.digest === b.digest && a.key === b.key;
}

/**
 * List the topics a document can be moved to: those of its mixture first, then the largest.
 * @param {Overview} overview
 * @param {{topic: number | null, mixture: {topic: number, share: number}[]}} document
 * @param {string} typed part of the name, the number or a term
 * @returns {{topic: Topic, detail: string}[]}
 */
export function moveTargets(overview, { topic: own, mixture }, typed = "") {
  const shares = new Map(mixture.map(({ topic, share }) => [topic, share]));
  const wanted = typed.trim().toLocaleLowerCase();
  const matches = ({ id, label, top_terms: terms = [] }) =>
    !wanted || String(id) === wanted || [label, ...terms].some((text) => text.toLocaleLowerCase().includes(wanted));
  return shownTopics(overview)
    .filter((topic) => topic.id !== own && matches(topic))
    .sort(
      (a, b) =>
        (shares.get(b.id) ?? 0) - (shares.get(a.id) ?? 0) || b.n_documents - a.n_documents || a.id - b.id,
    )
    .map((topic) => ({ topic, detail: topic.top_terms.join(", ") }));
}
