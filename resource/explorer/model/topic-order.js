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
