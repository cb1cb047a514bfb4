/** The order of topics in lists, and their counts with filters. */

import { countsByFinalTopic } from "./counts-by-final-topic.js";
import { finalIds, shownTopics } from "./topics.js";

const NAMES = new Intl.Collator(undefined, { numeric: true });

// Ties are ordered by id, so that the list is stable.
const COMPARE = {
  share: (a, b) => (b.share ?? 0) - (a.share ?? 0),
  name: (a, b) => NAMES.compare(a.label, b.label),
  id: () => 0,
  coherence: (a, b) => coherence(b) - coherence(a),
};

/** The available orders, by their names in the address. */
export const ORDERS = Object.freeze({
  share: "largest first",
  name: "by name",
  id: "by number",
  coherence: "most coherent first",
});

function coherence({ coherence_npmi: npmi }) {
  // Finite: the difference of two topics without coherence must be a number.
  return Number.isFinite(npmi) ? npmi : -9;
}

/**
 * Order topics.
 * @param {Topic[]} topics @param {keyof typeof ORDERS} order
 * @returns {Topic[]} a new list
 */
export function orderTopics(topics, order) {
  const compare = COMPARE[order] ?? COMPARE.share;
  return [...topics].sort((a, b) => compare(a, b) || a.id - b.id);
}

/**
 * Replace the counts by those of the filtered documents; shares are of those with a topic.
 * @param {Topic[]} topics
 * @param {{n_assigned: number, topics: Record<string, number>, trend?: Record<string, number[]>} | null} counts null
 *   without filters
 * @returns {Topic[]}
 */
export function withCounts(topics, counts) {
  if (!counts) return topics;
  return topics.map((topic) => {
    const n = counts.topics[topic.id] ?? 0;
    const trend = counts.trend?.[topic.id] ?? topic.trend;
    return { ...topic, n_documents: n, share: counts.n_assigned ? n / counts.n_assigned : 0, trend };
  });
}

/**
 * Count the filtered documents by topic, pending merges included, and order the topics.
 * @param {Topic[]} topics @param {Pick<State, "overview" | "answers" | "view">} state
 * @returns {Topic[]}
 */
export function countedTopics(topics, { overview, answers, view }) {
  const counted = countsByFinalTopic(answers.counts?.value ?? null, finalIds(overview));
  return orderTopics(withCounts(topics, counted), view.order);
}

/**
 * Return the topics of the list on the left: without merged and hidden ones, counted and in order.
 * @param {Pick<State, "overview" | "answers" | "view">} state
 * @returns {Topic[]}
 */
export function listedTopics(state) {
  return countedTopics(shownTopics(state.overview), state);
}

/**
 * Find topics by number, label or top term, the best match first.
 * @param {Topic[]} topics
 * @param {string} typed
 * @returns {{topic: Topic, term: string | null}[]} with the term where only a term matches
 */
export function findTopics(topics, typed) {
  const wanted = folded(typed.trim());
  if (!wanted) return topics.map((topic) => ({ topic, term: null }));
  const found = topics.map((topic) => {
    const label = folded(topic.label);
    const term = (topic.top_terms ?? []).find((each) => folded(each).startsWith(wanted)) ?? null;
    const ranks = [
      String(topic.id) === wanted,
      label.startsWith(wanted),
      label.includes(wanted),
      term !== null,
      /^\d+$/.test(wanted) && String(topic.id).startsWith(wanted),
    ];
    const rank = ranks.indexOf(true);
    return { topic, rank, term: rank === 3 ? term : null };
  });
  return found
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank)
    .map(({ topic, term }) => ({ topic, term }));
}

/** Fold case and accents, as the search of documents does. */
function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
