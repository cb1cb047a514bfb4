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
 * Move documents to a topic, out of the lists of all others; without a topic, they go back to those of the model.
 * @param {Pending} pending @param {Map<number, Parts>} current
 * @param {MovedDocument[]} documents @param {number | null} into
 * @returns {Pending} a new object, or the same where all documents are there already
 */
export function withMoves(pending, current, documents, into) {
  const without = (list, left) => list.filter((document) => !left.some((other) => isSame(other, document)));
  let moved = pending;
  for (const id of current.keys()) {
    const listed = listOf(pending, current, id);
    const list = id === into ? [...listed, ...without(documents, listed)] : without(listed, documents);
    if (list.length !== listed.length) moved = withChange(moved, current, id, { documents: list.length ? list : null });
  }
  return moved;
}

/**
 * Move documents of an answer to a topic; one that the model has there already only goes back.
 * @param {Pending} pending @param {Map<number, Parts>} current
 * @param {any[]} documents @param {number | null} into @param {{id_column?: string | null}} overview
 * @returns {Pending} a new object, or the same where all documents are there already
 */
export function withMovesOf(pending, current, documents, into, overview) {
  const isBack = ({ topic, moved }) => into === null || (topic === into && !moved);
  const named = (list) => list.map((document) => movedDocument(document, overview));
  const back = withMoves(pending, current, named(documents.filter(isBack)), null);
  return withMoves(back, current, named(documents.filter((document) => !isBack(document))), into);
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
 * List the topics that documents can be moved to: those of their mixtures first, then the largest.
 * @param {Overview} overview
 * @param {{topic: number | null, mixture: {topic: number, share: number}[]}[]} documents a topic that all are in is left out
 * @param {string} typed part of the name, the number or a term
 * @returns {{topic: Topic, detail: string}[]}
 */
export function moveTargets(overview, documents, typed = "") {
  const shares = new Map();
  for (const { topic, share } of documents.flatMap(({ mixture }) => mixture))
    shares.set(topic, (shares.get(topic) ?? 0) + share);
  const wanted = typed.trim().toLocaleLowerCase();
  const matches = ({ id, label, top_terms: terms = [] }) =>
    !wanted || String(id) === wanted || [label, ...terms].some((text) => text.toLocaleLowerCase().includes(wanted));
  return shownTopics(overview)
    .filter((topic) => !documents.every(({ topic: own }) => own === topic.id) && matches(topic))
    .sort(
      (a, b) =>
        (shares.get(b.id) ?? 0) - (shares.get(a.id) ?? 0) || b.n_documents - a.n_documents || a.id - b.id,
    )
    .map((topic) => ({ topic, detail: topic.top_terms.join(", ") }));
}
