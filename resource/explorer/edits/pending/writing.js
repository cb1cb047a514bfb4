/** What is sent to be written, and what is left to write when it has been. */

import { PARTS, settled } from "./changes.js";

/**
 * Order the changes so that each can be made after those before it: a topic is merged once its target is in place.
 * @param {Pending} pending
 * @param {Map<number, Parts>} inForce
 * @returns {WrittenParts[]} an entry with `topic_id` and the changed parts for each topic
 */
export function changesToWrite(pending, inForce) {
  const entries = Object.entries(settled(pending, inForce)).map(([id, changes]) => ({
    topic_id: Number(id),
    ...changes,
  }));
  const parents = new Map([...inForce].map(([id, parts]) => [id, parts.merged_into]));
  for (const { topic_id: id, ...changes } of entries)
    if ("merged_into" in changes) parents.set(id, changes.merged_into);
  const depth = (id) => {
    let steps = 0;
    for (let at = id; (parents.get(at) ?? null) !== null && steps <= parents.size; at = parents.get(at)) steps += 1;
    return steps;
  };
  return entries
    .map((entry) => ({ entry, steps: depth(entry.topic_id) }))
    .sort((a, b) => a.steps - b.steps)
    .map(({ entry }) => entry);
}

/**
 * Give what is still pending after some changes were written: those made meanwhile.
 * @param {Pending} pending
 * @param {WrittenParts[]} written entries as they were sent
 * @returns {Pending}
 */
export function leftAfter(pending, written) {
  /** @type {Pending} */
  const left = {};
  for (const [id, changes] of Object.entries(pending)) {
    const sent = written.find(({ topic_id: topic }) => topic === Number(id)) ?? {};
    const parts = PARTS.filter((part) => part in changes && !(part in sent && sent[part] === changes[part]));
    if (parts.length) left[id] = Object.fromEntries(parts.map((part) => [part, changes[part]]));
  }
  return left;
}

/**
 * Give the changes that take a written edit back: its parts as they were before it.
 * @param {{topic_id: number, changes: Parts}[]} log newest first
 * @param {number} place of the edit in the log
 * @param {boolean} isWhole whether the log begins with the first edit of all
 * @returns {Parts | null} null where nothing of the edit is in force, or what was before is not known
 */
export function takenBack(log, place, isWhole) {
  const { topic_id: id, changes } = log[place];
  const ofTopic = (entries) => entries.filter((entry) => entry.topic_id === id);
  const newer = ofTopic(log.slice(0, place));
  const older = ofTopic(log.slice(place + 1));
  const before = {};
  for (const part of PARTS.filter((name) => name in changes && !newer.some((entry) => name in entry.changes))) {
    const last = older.find((entry) => part in entry.changes);
    if (last || isWhole) before[part] = last ? last.changes[part] : null;
  }
  return Object.keys(before).length ? before : null;
}
