/** Super-topics with the pending edits applied: topics moved between them, and their names. */

import { topicOf } from "../../model/topics.js";

/**
 * Name the super-topics.
 * @param {Overview} served @param {Pending} pending
 * @returns {{super_topics?: Overview["super_topics"]}} nothing where there are none
 */
export function namedSuperTopics(served, pending) {
  if (!served.super_topics) return {};
  const names = new Map();
  for (const topic of served.topics) {
    const changes = pending[topic.id] ?? {};
    if ("parent_label" in changes) names.set(topic.trained_parent, changes.parent_label);
  }
  const named = (each) => (names.has(each.id) ? { ...each, label: names.get(each.id) ?? each.trained_label } : each);
  return { super_topics: served.super_topics.map(named) };
}

/**
 * Return the super-topic of a topic; sub-topics follow the topic that was split unless they were moved themselves.
 * @param {Topic} topic @param {Overview} served @param {Pending} pending
 * @param {Overview["super_topics"]} named
 * @returns {{parent?: number | null, parent_label?: string | null, trained_parent?: number | null}} nothing where
 *   there are none
 */
export function superTopicNow(topic, served, pending, named) {
  if (!named) return {};
  const { first, now } = parentsOf(topic, served, pending);
  const label = named.find(({ id }) => id === now)?.label ?? topic.parent_label;
  return { parent: now, parent_label: label, trained_parent: first };
}

/** Return where a topic is if it is not moved, and where it is now. */
function parentsOf(topic, served, pending) {
  const whole = topicOf(served, topic.split_from ?? null);
  const first = whole ? parentsOf(whole, served, pending).now : topic.trained_parent;
  const { parent: moved = topic.parent === topic.trained_parent ? null : topic.parent } = pending[topic.id] ?? {};
  return { first, now: moved ?? first };
}
