/** The changes to send to the backend, and what is left to write afterwards. */

import { PARTS, same, settled } from "./changes.js";

/**
 * Order the changes so that each is valid after those before it: targets of merges come first.
 * @param {Pending} pending @param {Map<number, Parts>} current
 * @returns {WrittenParts[]} an entry with `topic_id` and the changed parts for each topic
 */
export function changesToWrite(pending, current) {
  const entries = Object.entries(settled(pending, current)).map(([id, changes]) => ({
    topic_id: Number(id),
    ...changes,
  }));
  const parents = new Map([...current].map(([id, parts]) => [id, parts.merged_into]));
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
 * Return changes as the backend reads them, without the figures of a split that only the page shows.
 * @param {WrittenParts[]} changes
 * @returns {WrittenParts[]}
 */
export function asSent(changes) {
  const bare = ({ terms, parts }) => ({ terms, parts: parts.map(({ preview, ...part }) => part) });
  return changes.map((change) => (change.split ? { ...change, split: bare(change.split) } : change));
}

/**
 * Return what is still pending after some changes were written: those made in the meantime.
 * @param {Pending} pending
 * @param {WrittenParts[]} written entries as they were sent
 * @returns {Pending}
 */
export function leftAfter(pending, written) {
  /** @type {Pending} */
  const left = {};
  for (const [id, changes] of Object.entries(pending)) {
    const sent = written.find(({ topic_id: topic }) => topic === Number(id)) ?? {};
    const parts = PARTS.filter((part) => part in changes && !(part in sent && same(part, sent[part], changes[part])));
    if (parts.length) left[id] = Object.fromEntries(parts.map((part) => [part, changes[part]]));
  }
  return left;
}

/**
 * Return the changes that revert a written edit: its parts as they were before it.
 * @param {{topic_id: number, changes: Parts}[]} log newest first
 * @param {number} index of the edit in the log
 * @param {boolean} isWhole whether the log includes the very first edit
 * @returns {Parts | null} null where no part of the edit is current, or the state before is unknown
 */
export function revertedParts(log, index, isWhole) {
  const { topic_id: id, changes } = log[index];
  const ofTopic = (entries) => entries.filter((entry) => entry.topic_id === id);
  const newer = ofTopic(log.slice(0, index));
  const older = ofTopic(log.slice(index + 1));
  const before = {};
  for (const part of PARTS.filter((name) => name in changes && !newer.some((entry) => name in entry.changes))) {
    const last = older.find((entry) => part in entry.changes);
    const value = last ? last.changes[part] : null;
    // The words of an earlier split are not at hand: to split again takes a new preview.
    if ((last || isWhole) && !(part === "split" && value !== null)) before[part] = value;
  }
  return Object.keys(before).length ? before : null;
}
