/** Super-topics with the pending edits applied: topics moved between them, and their names. */

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
 * Return the super-topic of a topic.
 * @param {Topic} topic @param {Parts} changes of the topic
 * @param {Overview["super_topics"]} named
 * @returns {{parent?: number | null, parent_label?: string | null}} nothing where there are none
 */
export function superTopicNow(topic, changes, named) {
  if (!named) return {};
  const parent = "parent" in changes ? (changes.parent ?? topic.trained_parent) : topic.parent;
  return { parent, parent_label: named.find(({ id }) => id === parent)?.label ?? topic.parent_label };
}
