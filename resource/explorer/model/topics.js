/**
 * Which topics lists and charts show: people merge topics and hide them, but none is ever lost. Topics keep the ids of
 * their training; `belongs_to` of each is the topic it counts under, itself where nobody merged it.
 */

/**
 * @typedef {Object} Topic an entry of the overview's `topics`
 * @property {number} id
 * @property {string} label
 * @property {number} [belongs_to] id of the final topic
 * @property {boolean} [hidden]
 * @property {number | null} share of the documents with a topic, 0 to 1
 * @property {number} n_documents
 * @property {string} [trained_label]
 * @property {number} [map_x]
 * @property {number} [map_y]
 * @property {string[]} [top_terms]
 * @property {string[]} [remarks] warnings of the training
 * @property {string | null} [note]
 * @property {number[] | null} [trend]
 * @property {number | null} [coherence_npmi]
 * @property {{asked: number, right: number} | null} [review]
 * @property {string[]} [unwritten] parts that pending edits change
 */

const ofOverview = new WeakMap();

/** All that is asked of an overview again and again is worked out once for each. */
function placesOf(overview) {
  if (!ofOverview.has(overview)) ofOverview.set(overview, new Map(overview.topics.map((topic) => [topic.id, topic])));
  return ofOverview.get(overview);
}

/**
 * Find a trained topic.
 * @param {Overview | null} overview
 * @param {number | "none" | null} id
 * @returns {Topic | null}
 */
export function topicOf(overview, id) {
  return (overview && placesOf(overview).get(id)) ?? null;
}

/**
 * Find the topic another one counts under: itself where it was not merged.
 * @param {Overview | null} overview
 * @param {number | "none" | null} id
 * @returns {Topic | null} null for an id without a topic
 */
export function finalTopic(overview, id) {
  let topic = topicOf(overview, id);
  // Merges end in a final topic; a ring of them is a fault that must not hang the page.
  const seen = new Set();
  while (topic && !isFinal(topic) && !seen.has(topic.id)) {
    seen.add(topic.id);
    const target = topicOf(overview, topic.belongs_to);
    if (!target) break;
    topic = target;
  }
  return topic;
}

/**
 * Make the function that counts each topic under its final one; an id without a topic stays as it is.
 * @param {Overview | null} overview
 * @returns {(value: number) => number}
 */
export function finalIds(overview) {
  return (id) => finalTopic(overview, id)?.id ?? id;
}

/** @param {Topic} topic */
function isFinal({ id, belongs_to: target }) {
  return target === undefined || target === null || target === id;
}

function countsItself(overview, topic) {
  return isFinal(topic) || finalTopic(overview, topic.id) === topic;
}

/**
 * Give the topics that lists and charts show, in the order of their ids.
 * @param {Overview} overview
 * @returns {Topic[]}
 */
export function shownTopics(overview) {
  return overview.topics.filter((topic) => countsItself(overview, topic) && !topic.hidden);
}

/**
 * Give the topics somebody hid: they are counted as before, and folded away.
 * @param {Overview} overview
 * @returns {Topic[]}
 */
export function hiddenTopics(overview) {
  return overview.topics.filter((topic) => countsItself(overview, topic) && topic.hidden);
}

/**
 * Give the topics merged into another.
 * @param {Overview} overview
 * @param {number} id of the final topic
 * @returns {Topic[]}
 */
export function mergedInto(overview, id) {
  return overview.topics.filter((topic) => topic.id !== id && finalTopic(overview, topic.id).id === id);
}
