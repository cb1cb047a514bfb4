/** The values shown by all charts over time, computed once per answer and measure. */

import { count, decimal, percent } from "../../lib/format.js";
import { assignedOf, FEW_DOCUMENTS, movingSums, orderedTopics, peakOf, valuesOf } from "../../model/periods.js";
import { countsOverTime, isGrouped, superTopics, toggled } from "../../model/super-topics.js";
import { hiddenTopics, shownTopics } from "../../model/topics.js";

/**
 * @typedef {Object} TimeModel
 * @property {Object} answer of the backend
 * @property {number[]} assigned documents with a topic, by period
 * @property {number[]} support documents with a topic that a value is computed from
 * @property {number} mean periods of the moving mean, 1 for none
 * @property {"share" | "count"} measure
 * @property {any[]} topics shown
 * @property {any[]} hidden topics
 * @property {any[] | null} groups the super-topics, each with `key`, `change` and its topics; null for a flat list
 * @property {(topic: number | string) => (number | null)[]} values of a topic by period
 * @property {(topic: number) => number | null} peak period index of a topic's largest value
 * @property {(topic: number) => number} top a topic's value at its peak, 0 without one; periods with few documents are
 *   not peaks
 * @property {(value: number | null) => string} show format a value
 */

/**
 * Build the model of an answer.
 * @param {any} counts of the backend, by final topic @param {State} state @param {"share" | "count"} measure
 * @param {number} [mean] periods of the moving mean
 * @returns {TimeModel}
 */
export function timeModel(counts, state, measure, mean = 1) {
  const { overview } = state;
  const assigned = assignedOf(counts);
  const support = movingSums(assigned, mean);
  const groups = isGrouped(state) ? groupsOf(state) : null;
  const ofGroups = Object.fromEntries((groups ?? []).map((group) => [group.key, countsOverTime(counts, group)]));
  const answer = { ...counts, topics: { ...counts.topics, ...ofGroups } };
  const values = memoized((id) => meansOf(answer, id, { measure, mean, support }));
  const peak = memoized((id) => peakOf(values(id), measure === "share" ? support : support.map(() => FEW_DOCUMENTS)));
  const top = (id) => (peak(id) === null ? 0 : values(id)[peak(id)]);
  return {
    answer,
    assigned,
    support,
    mean,
    measure,
    values,
    peak,
    top,
    topics: shownTopics(overview),
    hidden: hiddenTopics(overview),
    groups,
    show: measure === "share" ? percent : mean === 1 ? count : (value) => decimal(value, 1),
  };
}

/** The share of several periods is that of their documents together, so that large periods weigh more. */
function meansOf(answer, id, { measure, mean, support }) {
  const sums = movingSums(answer.topics[id] ?? answer.periods.map(() => 0), mean);
  const values = valuesOf({ ...answer, topics: { [id]: sums } }, id, measure, support);
  if (measure === "share" || mean === 1) return values;
  const periods = movingSums(answer.periods.map(() => 1), mean);
  return values.map((sum, i) => sum / periods[i]);
}

function groupsOf(state) {
  const groups = superTopics(state, shownTopics(state.overview));
  return groups
    .filter(({ topics }) => topics.length)
    .map((group) => ({ ...group, key: `s${group.id}`, change: toggled(groups, group.id) }));
}

/**
 * Order the small charts: one of each super-topic, followed by those of its topics where it is unfolded.
 * @param {TimeModel} model
 * @param {{order: "size" | "peak", chosen: number | null}} options
 * @returns {any[]} super-topics have `key` for `id`, and `group`
 */
export function chartsInOrder({ groups, peak }, { order, chosen }) {
  const heads = groups.map((group) => ({ ...group, id: group.key, group }));
  return orderedTopics(heads, order, peak).flatMap((head) => {
    const isOpen = head.group.isOpen || head.topics.some(({ id }) => id === chosen);
    return [{ ...head, isOpen }, ...(isOpen ? orderedTopics(head.topics, order, peak).map((topic) => ({ ...topic, hue: head.group.id })) : [])];
  });
}

/**
 * Order the topics of the small charts, the chosen one first.
 * @param {TimeModel} model
 * @param {{order: "size" | "peak", withHidden: boolean, chosen: number | null}} options
 * @returns {any[]}
 */
export function topicsInOrder({ topics, hidden, peak }, { order, withHidden, chosen }) {
  const ordered = orderedTopics(withHidden ? [...topics, ...hidden] : topics, order, peak);
  return [...ordered.filter(({ id }) => id === chosen), ...ordered.filter(({ id }) => id !== chosen)];
}

/**
 * Describe a topic's value in a period, with its total.
 * @param {TimeModel} model @param {number} id
 * @param {number} period index
 * @returns {string}
 */
export function valueInWords({ answer, assigned, values, measure, mean, show }, id, period) {
  const value = values(id)[period];
  if (mean > 1) return value === null ? "no documents" : `${show(value)}, mean of ${mean} periods`;
  if (measure === "count") return `${show(value)} of ${count(assigned[period])}`;
  return value === null
    ? "no documents"
    : `${show(value)} (${count(answer.topics[id]?.[period] ?? 0)} of ${count(assigned[period])})`;
}

/**
 * Describe a period and its documents.
 * @param {TimeModel} model
 * @param {number} period index
 * @returns {string}
 */
export function periodInWords({ answer, assigned }, period) {
  const { label, n, partial } = answer.periods[period];
  const few = assigned[period] < FEW_DOCUMENTS ? " (few)" : "";
  return `${label}${partial ? " (incomplete)" : ""}: ${count(n)} ${n === 1 ? "document" : "documents"}${few}`;
}

/**
 * Explain which periods are drawn differently, and why.
 * @param {TimeModel} model
 * @returns {string[]} sentences
 */
export function periodNotes({ answer, assigned, measure, mean }) {
  const few = assigned.filter((n) => n > 0 && n < FEW_DOCUMENTS).length;
  const none = assigned.filter((n) => n === 0).length;
  const partial = answer.periods.filter(({ partial: isPartial }) => isPartial).map(({ label }) => label);
  const periods = few === 1 ? "1 period" : `${count(few)} periods`;
  return [
    mean > 1 && `Moving mean of ${mean} periods: a value also counts the ${(mean - 1) / 2} periods before and after it, fewer at the ends.`,
    partial.length > 0 &&
      `${partial.join(" and ")}: incomplete in the data, drawn dashed and hollow.`,
    few > 0 &&
      mean === 1 &&
      measure === "share" &&
      `${periods} with fewer than ${FEW_DOCUMENTS} documents with a topic: faint, and clipped at the top of the ` +
        "scale, because shares of few documents vary by chance.",
    none > 0 &&
      mean === 1 &&
      measure === "share" &&
      `Gaps: ${none === 1 ? "1 period" : `${count(none)} periods`} without documents.`,
  ].filter(Boolean);
}

function memoized(work) {
  const known = new Map();
  return (id) => {
    if (!known.has(id)) known.set(id, work(id));
    return known.get(id);
  };
}
