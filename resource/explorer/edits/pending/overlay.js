/** The overview with the pending edits applied: names, merges and splits with their counts, hidden topics. */

import { currentEdits } from "./changes.js";
import { isSplit, isWithin } from "../../model/topics.js";
import { namedSuperTopics, superTopicNow } from "../super-topics/overlay.js";

/** Figures of a topic that a merge sums up. */
const SUMS = ["n_documents", "share", "token_share"];

/**
 * Apply pending edits to the served overview.
 * @param {Overview | null} served @param {Pending} pending
 * @param {EditsAnswer | null} edits the backend's answer on edits
 * @returns {Overview | null} the same object where nothing is pending
 */
export function applyPending(served, pending, edits = null) {
  if (!served || !Object.keys(pending).length) return served;
  const current = currentEdits(served, edits);
  const joined = joinedParts(served, pending);
  const { finals, impossible } = finalTopics(current, pending, joined);
  const own = new Map(served.topics.map((topic) => [topic.id, ownFigures(topic, served.topics, joined.has(topic.id))]));
  const levels = namedSuperTopics(served, pending);
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
      ...splitNow(topic, changes),
      ...superTopicNow(topic, served, pending, levels.super_topics),
      belongs_to: finals.get(topic.id),
      unwritten: Object.keys(changes),
    };
  });
  return { ...served, ...levels, topics, counts: { ...served.counts, topics: nTopics(served, topics) }, impossible };
}

/**
 * Return the sub-topics that a topic will be split into, or that it is whole again.
 * @param {Topic} topic @param {Parts} changes
 * @returns {Partial<Topic>}
 */
function splitNow({ n_documents: nDocuments, share }, { split }) {
  if (split === undefined) return {};
  if (split === null) return { split_into: [] };
  const parts = split.parts.map(({ label, share: ofTopic, preview }) => ({
    label,
    top_terms: preview?.top_terms ?? [],
    n_documents: preview?.n_documents ?? Math.round(ofTopic * nDocuments),
  }));
  const all = total(parts.map((part) => part.n_documents));
  return { pending_parts: parts.map((part) => ({ ...part, share: all ? (share * part.n_documents) / all : 0 })) };
}

/** Return the sub-topics whose split will be undone, each with the whole topic. */
function joinedParts(served, pending) {
  const wholes = Object.keys(pending).map(Number).filter((id) => pending[id].split === null);
  const partsOf = (whole) => served.topics.filter((topic) => isWithin(served, topic, whole));
  return new Map(wholes.flatMap((whole) => partsOf(whole).map(({ id }) => [id, whole])));
}

/**
 * Follow all merges to their final topics, pending ones included.
 * @param {Map<number, Parts>} current @param {Pending} pending
 * @param {Map<number, number>} joined sub-topics that go back to the whole topic
 * @returns {{finals: Map<number, number>, impossible: number[]}} the final topic of each, and the topics whose
 *   pending merge would close a circle with later edits of others: it is ignored
 */
function finalTopics(current, pending, joined) {
  const parents = new Map([...current].map(([id, parts]) => [id, parts.merged_into]));
  const merges = Object.entries(pending).filter(([, changes]) => "merged_into" in changes);
  // Separate all first, then merge: otherwise swapping two topics looks like a circle.
  for (const [id] of merges) parents.set(Number(id), null);
  const impossible = [];
  for (const [id, { merged_into: target }] of merges) {
    if (target === null) continue;
    if (!parents.has(target) || follow(parents, target) === Number(id)) impossible.push(Number(id));
    else parents.set(Number(id), target);
  }
  for (const [id, whole] of joined) parents.set(id, whole);
  return { finals: new Map([...parents.keys()].map((id) => [id, follow(parents, id)])), impossible };
}

function follow(parents, start) {
  let id = start;
  // A path longer than the number of topics is a circle: its topics are not merged.
  for (let step = 0; step <= parents.size; step += 1) {
    const parent = parents.get(id) ?? null;
    if (parent === null || !parents.has(parent)) return id;
    id = parent;
  }
  return start;
}

/** Return the figures of a topic without those merged into it; the served ones of a final topic include them. */
function ownFigures(topic, topics, isJoined) {
  const merged = topics.filter(({ id, belongs_to: final }) => final === topic.id && id !== topic.id);
  const figures = {};
  for (const name of SUMS) {
    if (Number.isFinite(topic[name]))
      figures[name] = Math.max(0, topic[name] - total(merged.map((member) => member[name])));
  }
  if (Array.isArray(topic.trend)) {
    figures.trend = topic.trend.map((n, i) => Math.max(0, n - total(merged.map(({ trend }) => trend?.[i]))));
  }
  // The words of a sub-topic are those of the whole topic already.
  if (isJoined) figures.token_share = 0;
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

/** Count the topics as the backend does: by the change in the number of final topics that are not split. */
function nTopics(served, topics) {
  const counted = (all) => all.filter((topic) => (topic.belongs_to ?? topic.id) === topic.id && !isSplit(topic)).length;
  return served.counts?.topics + counted(topics) - counted(served.topics);
}
