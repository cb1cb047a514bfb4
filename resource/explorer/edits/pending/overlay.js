/** The overview as it will be once the pending edits are written: names, merges with their counts, hidden topics. */

import { editsInForce } from "./changes.js";

/** Figures of a topic that a merge adds up. */
const SUMS = ["n_documents", "share", "token_share"];

/**
 * Lay pending edits over the served overview.
 * @param {Overview | null} served
 * @param {Pending} pending
 * @param {EditsAnswer | null} edits the backend's answer on edits
 * @returns {Overview | null} the same object where nothing is pending
 */
export function applyPending(served, pending, edits = null) {
  if (!served || !Object.keys(pending).length) return served;
  const inForce = editsInForce(served, edits);
  const { finals, impossible } = finalTopics(inForce, pending);
  const own = new Map(served.topics.map((topic) => [topic.id, ownFigures(topic, served.topics)]));
  const topics = served.topics.map((topic) => {
    const changes = pending[topic.id] ?? {};
    const members = served.topics.filter(
      ({ id }) => id === topic.id || (finals.get(id) === topic.id && id !== topic.id),
    );
    const alone = finals.get(topic.id) !== topic.id;
    return {
      ...topic,
      ...addUp((alone ? [topic] : members).map(({ id }) => own.get(id))),
      ...("label" in changes ? { label: changes.label ?? topic.trained_label } : {}),
      ...("hidden" in changes ? { hidden: Boolean(changes.hidden) } : {}),
      ...("note" in changes ? { note: changes.note } : {}),
      belongs_to: finals.get(topic.id),
      unwritten: Object.keys(changes),
    };
  });
  return { ...served, topics, counts: { ...served.counts, topics: nTopics(served, finals) }, impossible };
}

/**
 * Follow the merges to their ends, the pending ones among them.
 * @param {Map<number, Parts>} inForce
 * @param {Pending} pending
 * @returns {{finals: Map<number, number>, impossible: number[]}} the final topic of each, and the topics whose
 *   pending merge would close a circle with what others have written meanwhile: it is passed over
 */
export function finalTopics(inForce, pending) {
  const parents = new Map([...inForce].map(([id, parts]) => [id, parts.merged_into]));
  const merges = Object.entries(pending).filter(([, changes]) => "merged_into" in changes);
  // Taken apart first, put together then: else a swap of two topics looks like a circle.
  for (const [id] of merges) parents.set(Number(id), null);
  const impossible = [];
  for (const [id, { merged_into: target }] of merges) {
    if (target === null) continue;
    if (!parents.has(target) || follow(parents, target) === Number(id)) impossible.push(Number(id));
    else parents.set(Number(id), target);
  }
  return { finals: new Map([...parents.keys()].map((id) => [id, follow(parents, id)])), impossible };
}

function follow(parents, start) {
  let id = start;
  // No path is longer than there are topics; one that is goes in a circle, and every topic of it stands for itself.
  for (let step = 0; step <= parents.size; step += 1) {
    const parent = parents.get(id) ?? null;
    if (parent === null || !parents.has(parent)) return id;
    id = parent;
  }
  return start;
}

/** The figures of a topic without those merged into it: the served ones of a final topic hold them all. */
function ownFigures(topic, topics) {
  const merged = topics.filter(({ id, belongs_to: final }) => final === topic.id && id !== topic.id);
  const figures = {};
  for (const name of SUMS) {
    if (Number.isFinite(topic[name]))
      figures[name] = Math.max(0, topic[name] - total(merged.map((member) => member[name])));
  }
  if (Array.isArray(topic.trend)) {
    figures.trend = topic.trend.map((n, i) => Math.max(0, n - total(merged.map(({ trend }) => trend?.[i]))));
  }
  return figures;
}

function addUp(members) {
  const sums = {};
  for (const name of SUMS) if (name in members[0]) sums[name] = total(members.map((member) => member[name]));
  if (members[0].trend) sums.trend = members[0].trend.map((_, i) => total(members.map(({ trend }) => trend?.[i])));
  return sums;
}

function total(numbers) {
  return numbers.reduce((sum, number) => sum + (number || 0), 0);
}

/** Count the topics as the backend did: by the change of those that stand for themselves. */
function nTopics(served, finals) {
  const before = served.topics.filter(({ id, belongs_to: final }) => (final ?? id) === id).length;
  const after = [...finals].filter(([id, final]) => id === final).length;
  return served.counts?.topics + after - before;
}
