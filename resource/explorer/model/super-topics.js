/** Topics on two levels: the super-topics with the topics listed in each, and which of them are unfolded. */

import { listedTopics, orderTopics } from "./topic-order.js";
import { shownTopics } from "./topics.js";

/** More topics than this are grouped until the user chooses a flat list. */
export const MOST_FLAT = 30;
/** Super-topics of more topics than this are folded until the user unfolds them. */
export const MOST_UNFOLDED = 60;

/** Group of the topics that have no super-topic while others have one. */
const WITHOUT = -1;

/**
 * @typedef {Object} SuperTopic
 * @property {number} id
 * @property {string} label
 * @property {string | null} [trained_label]
 * @property {any[]} topics listed in it, in the order of the list
 * @property {number} n_documents of these topics
 * @property {number} share
 * @property {number[] | null} trend
 * @property {number | null} coherence_npmi mean of these topics
 * @property {boolean} isOpen whether its topics are shown
 */

/**
 * Return whether topics have two levels: super-topics that are neither one of all nor one of each.
 * @param {Overview} overview
 * @returns {boolean}
 */
export function hasLevels(overview) {
  const topics = shownTopics(overview);
  const n = new Set(topics.map(({ parent }) => parent ?? null)).size;
  return n > 1 && n < topics.length;
}

/**
 * Return whether topics are shown by super-topic: as chosen, by default where they are many.
 * @param {Pick<State, "overview" | "view">} state
 * @returns {boolean}
 */
export function isGrouped({ overview, view }) {
  if (!hasLevels(overview)) return false;
  return view.levels === null ? shownTopics(overview).length > MOST_FLAT : view.levels === "grouped";
}

/**
 * Return the super-topics in the order of the list, those without a topic included.
 * @param {Pick<State, "overview" | "answers" | "view">} state
 * @param {any[]} [topics] to be grouped, in order; those of the list by default
 * @returns {SuperTopic[]}
 */
export function superTopics(state, topics = listedTopics(state)) {
  const { overview, view } = state;
  const members = new Map((overview.super_topics ?? []).map(({ id }) => [id, []]));
  for (const topic of topics) {
    const id = topic.parent ?? WITHOUT;
    if (!members.has(id)) members.set(id, []);
    members.get(id).push(topic);
  }
  const known = new Map((overview.super_topics ?? []).map((each) => [each.id, each]));
  const groups = [...members].map(([id, own]) => ({
    id,
    label: known.get(id)?.label ?? own[0]?.parent_label ?? (id === WITHOUT ? "No super-topic" : `Super-topic ${id}`),
    trained_label: known.get(id)?.trained_label ?? null,
    topics: own,
    ...sums(own),
    isOpen: isOpen(view.open, id, topics.length),
  }));
  return /** @type {any} */ (orderTopics(/** @type {any} */ (groups), view.order));
}

function sums(topics) {
  const total = (values) => values.reduce((sum, value) => sum + (value || 0), 0);
  const trends = topics.map(({ trend }) => trend).filter(Boolean);
  const coherent = topics.map(({ coherence_npmi: npmi }) => npmi).filter(Number.isFinite);
  return {
    n_documents: total(topics.map(({ n_documents: n }) => n)),
    share: total(topics.map(({ share }) => share)),
    trend: trends.length ? trends[0].map((_, i) => total(trends.map((trend) => trend[i]))) : null,
    coherence_npmi: coherent.length ? total(coherent) / coherent.length : null,
  };
}

function isOpen(open, id, nTopics) {
  if (open === null) return nTopics <= MOST_UNFOLDED;
  return open === "all" || (open !== "none" && open.split("-").includes(String(id)));
}

/**
 * Return the change of the view that folds or unfolds a super-topic.
 * @param {SuperTopic[]} groups @param {number} id
 * @returns {{open: string}}
 */
export function toggled(groups, id) {
  const open = groups.filter((group) => group.isOpen !== (group.id === id)).map((group) => group.id);
  if (open.length === groups.length) return { open: "all" };
  return { open: open.sort((a, b) => a - b).join("-") || "none" };
}

/**
 * Return the topics in the order in which the list shows them.
 * @param {Pick<State, "overview" | "answers" | "view">} state
 * @returns {any[]}
 */
export function topicsInListOrder(state) {
  return isGrouped(state) ? superTopics(state).flatMap(({ topics }) => topics) : listedTopics(state);
}

/**
 * Count a super-topic's topics over time: the sums of its topics.
 * @param {{periods: any[], topics: Record<string, number[]>}} answer counts by final topic
 * @param {SuperTopic} group
 * @returns {number[]}
 */
export function countsOverTime({ periods, topics }, group) {
  return periods.map((_, i) => group.topics.reduce((sum, { id }) => sum + (topics[id]?.[i] ?? 0), 0));
}
