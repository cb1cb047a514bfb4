/** Targets of a merge, and the terms and coherence of the merged topic. */

import { shownTopics } from "../../model/topics.js";

/**
 * List the possible targets of a merge: the most similar first, then the largest.
 * @param {Overview} overview
 * @param {number} id the topic to be merged
 * @param {string} [typed] part of the name, the number or a term of the target
 * @param {{ids: number[], similarity: number[][]} | null} [known] similarities of the topics, see the backend
 * @returns {{topic: Topic, shared: string[], similarity: number | null}[]} with the top terms in common
 */
export function mergeTargets(overview, id, typed = "", known = null) {
  const row = known?.similarity[known.ids.indexOf(id)];
  const similarityTo = (other) => row?.[/** @type {any} */ (known).ids.indexOf(other)] ?? null;
  const terms = new Set(overview.topics.find((topic) => topic.id === id)?.top_terms ?? []);
  return shownTopics(overview)
    .filter((topic) => topic.id !== id && matches(topic, typed))
    .map((topic) => ({ topic, shared: topic.top_terms.filter((term) => terms.has(term)), similarity: similarityTo(topic.id) }))
    .sort(
      (a, b) =>
        (b.similarity ?? -1) - (a.similarity ?? -1) || b.topic.n_documents - a.topic.n_documents || a.topic.id - b.topic.id,
    );
}

/** @param {Topic} topic @param {string} typed */
function matches({ id, label, top_terms: terms }, typed) {
  const wanted = typed.trim().toLocaleLowerCase();
  if (!wanted) return true;
  if (/^\d+$/.test(wanted) && String(id) === wanted) return true;
  return [label, ...terms].some((text) => text.toLocaleLowerCase().includes(wanted));
}

/**
 * Return which topics each top term of the merged topic comes from.
 * @param {{top_terms: string[], before: {topic: number, top_terms: string[]}[]}} preview
 * @returns {{term: string, topics: number[]}[]} the topics that have it among their own top terms
 */
export function originsOfTerms({ top_terms: terms, before }) {
  return terms.map((term) => ({
    term,
    topics: before.filter((topic) => topic.top_terms.includes(term)).map(({ topic }) => topic),
  }));
}

/**
 * Compute how the merge changes coherence.
 * @param {{npmi: number | null, before: {npmi: number | null, n_documents: number}[]}} preview
 * @returns {{before: number, change: number} | null} mean of the topics weighted by their documents, and the difference
 */
export function coherenceChange({ npmi, before }) {
  if (!Number.isFinite(npmi) || !before.length || before.some((topic) => !Number.isFinite(topic.npmi))) return null;
  const documents = before.reduce((sum, topic) => sum + topic.n_documents, 0);
  const weight = (topic) => (documents > 0 ? topic.n_documents / documents : 1 / before.length);
  const mean = before.reduce((sum, topic) => sum + topic.npmi * weight(topic), 0);
  return { before: mean, change: npmi - mean };
}

/**
 * Return the topics that a preview combines; the backend does not know of pending merges.
 * @param {Overview} overview with the pending edits
 * @param {Overview} served without them
 * @param {number} id @param {number} into
 * @returns {number[]} ascending: the two, and served final topics that pending edits merge into one of them
 */
export function topicsOfMerge(overview, served, id, into) {
  const wanted = new Set([id, into]);
  const ownInServed = new Set(
    served.topics.filter((topic) => (topic.belongs_to ?? topic.id) === topic.id).map((topic) => topic.id),
  );
  const members = overview.topics
    .filter((topic) => wanted.has(topic.belongs_to) && ownInServed.has(topic.id))
    .map((topic) => topic.id);
  return [...new Set([id, into, ...members])].sort((a, b) => a - b);
}
