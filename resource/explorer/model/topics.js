/**
 * Topics in lists and charts: users merge and hide topics, but none is ever deleted. Topics keep the ids of their
 * training; `belongs_to` is the id of the final topic, which is the topic itself unless it was merged.
 */

/**
 * @typedef {Object} Topic an entry of the overview's `topics`
 * @property {number} id
 * @property {string} label
 * @property {number} [belongs_to] id of the final topic
 * @property {boolean} [hidden]
 * @property {number | null} [split_from] of a sub-topic, the topic that was split
 * @property {number[]} [split_into] of a topic that was split, its sub-topics
 * @property {PendingPart[]} [pending_parts] of a topic that will be split once the edits are saved, its sub-topics
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
 * @property {number | null} [parent] its super-topic
 * @property {string | null} [parent_label]
 * @property {number | null} [trained_parent] the super-topic it was trained in; of a sub-topic, that of the topic that was split
 * @property {string[]} [unwritten] parts that pending edits change
 *
 * @typedef {{label: string, top_terms: string[], n_documents: number, share: number}} PendingPart
 */

const ofOverview = new WeakMap();

/** Topics by id, computed once per overview. */
function topicsById(overview) {
  if (!ofOverview.has(overview)) ofOverview.set(overview, new Map(overview.topics.map((topic) => [topic.id, topic])));
  return ofOverview.get(overview);
}

/**
 * Find a trained topic.
 * @param {Overview | null} overview @param {number | "none" | null} id
 * @returns {Topic | null}
 */
export function topicOf(overview, id) {
  return (overview && topicsById(overview).get(id)) ?? null;
}

/**
 * Find a super-topic.
 * @param {Overview | null} overview @param {number | null} id
 * @returns {{id: number, label: string, trained_label: string | null} | null}
 */
export function superTopicOf(overview, id) {
  return overview?.super_topics?.find((each) => each.id === id) ?? null;
}

/**
 * Find the final topic of a trained one: itself where it was not merged.
 * @param {Overview | null} overview @param {number | "none" | null} id
 * @returns {Topic | null} null for an id without a topic
 */
export function finalTopic(overview, id) {
  let topic = topicOf(overview, id);
  // A circle of merges is an error that must not hang the page.
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
 * Create the function that returns the id of a topic's final topic; an unknown id stays as it is.
 * @param {Overview | null} overview
 * @returns {(value: number) => number}
 */
export function finalIds(overview) {
  const known = new Map();
  return (id) => {
    if (!known.has(id)) known.set(id, finalTopic(overview, id)?.id ?? id);
    return known.get(id);
  };
}

/** @param {Topic} topic */
function isFinal({ id, belongs_to: target }) {
  return target === undefined || target === null || target === id;
}

function countsItself(overview, topic) {
  return isFinal(topic) || finalTopic(overview, topic.id) === topic;
}

/** Return whether a topic is split into sub-topics, which are listed in its place. @param {Topic} topic */
export function isSplit({ split_into: parts = [] }) {
  return parts.length > 0;
}

/**
 * Return whether a topic is a sub-topic of another one, or of one of its sub-topics.
 * @param {Overview} overview @param {Topic} topic @param {number} id
 * @returns {boolean}
 */
export function isWithin(overview, { split_from: from = null }, id) {
  const whole = topicOf(overview, from);
  return whole !== null && (from === id || isWithin(overview, whole, id));
}

/**
 * Return the topics shown in lists and charts, in the order of their ids.
 * @param {Overview} overview
 * @returns {Topic[]}
 */
export function shownTopics(overview) {
  return overview.topics.filter((topic) => countsItself(overview, topic) && !isSplit(topic) && !topic.hidden);
}

/**
 * Return the hidden topics: they still count, but are not listed.
 * @param {Overview} overview
 * @returns {Topic[]}
 */
export function hiddenTopics(overview) {
  return overview.topics.filter((topic) => countsItself(overview, topic) && !isSplit(topic) && topic.hidden);
}

/**
 * Return the topics merged into another; its sub-topics, of a split that will be undone, are not.
 * @param {Overview} overview
 * @param {number} id of the final topic
 * @returns {Topic[]}
 */
export function mergedInto(overview, id) {
  const isMerged = (topic) => topic.id !== id && finalTopic(overview, topic.id).id === id;
  return overview.topics.filter((topic) => isMerged(topic) && !isWithin(overview, topic, id));
}
