/** The order of the topics in lists, and their counts where filters leave documents out. */

import { countsByFinalTopic } from "./counts-by-final-topic.js";
import { finalIds, shownTopics } from "./topics.js";

const NAMES = new Intl.Collator(undefined, { numeric: true });

// Where two are equal the smaller id comes first, so that a list never flickers.
const COMPARE = {
  share: (a, b) => (b.share ?? 0) - (a.share ?? 0),
  name: (a, b) => NAMES.compare(a.label, b.label),
  id: () => 0,
  coherence: (a, b) => coherence(b) - coherence(a),
};

/** The orders one can choose, by their names in the address. */
export const ORDERS = Object.freeze({
  share: "largest first",
  name: "by name",
  id: "by number",
  coherence: "most coherent first",
});

function coherence({ coherence_npmi: npmi }) {
  // Not infinite: the difference of two topics without coherence must be a number.
  return Number.isFinite(npmi) ? npmi : -9;
}

/**
 * Order topics.
 * @param {Topic[]} topics
 * @param {keyof typeof ORDERS} order
 * @returns {Topic[]} a new list
 */
export function orderTopics(topics, order) {
  const compare = COMPARE[order] ?? COMPARE.share;
  return [...topics].sort((a, b) => compare(a, b) || a.id - b.id);
}

/**
 * Count the documents that the filters leave; shares are of those of them that have a topic.
 * @param {Topic[]} topics
 * @param {{n_assigned: number, topics: Record<string, number>} | null} counts null where nothing is filtered
 * @returns {Topic[]}
 */
export function withCounts(topics, counts) {
  if (!counts) return topics;
  return topics.map((topic) => {
    const n = counts.topics[topic.id] ?? 0;
    return { ...topic, n_documents: n, share: counts.n_assigned ? n / counts.n_assigned : 0 };
  });
}

/**
 * Count topics as the filters leave them, merges that are not written yet among them, and order them.
 * @param {Topic[]} topics
 * @param {Pick<State, "overview" | "counts" | "view">} state
 * @returns {Topic[]}
 */
export function countedTopics(topics, { overview, counts, view }) {
  const counted = countsByFinalTopic(counts?.value ?? null, finalIds(overview));
  return orderTopics(withCounts(topics, counted), view.order);
}

/**
 * Give the topics as the list on the left shows them: neither merged nor hidden ones, counted and in order.
 * @param {Pick<State, "overview" | "counts" | "view">} state
 * @returns {Topic[]}
 */
export function listedTopics({ overview, counts, view }) {
  return countedTopics(shownTopics(overview), { overview, counts, view });
}
