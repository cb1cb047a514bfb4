/** All the charts over time show, worked out once for each answer and measure. */

import { count, percent } from "../../lib/format.js";
import { assignedOf, FEW_DOCUMENTS, orderedTopics, peakOf, valuesOf } from "../../model/periods.js";
import { hiddenTopics, shownTopics } from "../../model/topics.js";

/**
 * @typedef {Object} TimeModel
 * @property {Object} answer of the backend
 * @property {Array<number>} assigned documents with a topic, by period
 * @property {"share"|"count"} measure
 * @property {Array<Object>} topics shown
 * @property {Array<Object>} hidden topics
 * @property {function(number): Array<?number>} values of a topic by period
 * @property {function(number): ?number} peak place of a topic's largest value
 * @property {function(number): number} top a topic's largest value that is no accident of few documents
 * @property {function(?number): string} show a value for readers
 */

/**
 * @param {Object} answer
 * @param {Object} overview
 * @param {"share"|"count"} measure
 * @returns {TimeModel}
 */
export function timeModel(answer, overview, measure) {
  const assigned = assignedOf(answer);
  const values = remembered((id) => valuesOf(answer, id, measure, assigned));
  const peak = remembered((id) =>
    peakOf(values(id), measure === "share" ? assigned : assigned.map(() => FEW_DOCUMENTS)),
  );
  const top = (id) => (peak(id) === null ? 0 : values(id)[peak(id)]);
  return {
    answer,
    assigned,
    measure,
    values,
    peak,
    top,
    topics: shownTopics(overview),
    hidden: hiddenTopics(overview),
    show: measure === "share" ? percent : count,
  };
}

/**
 * Order the topics of the small charts: the chosen one first.
 * @param {TimeModel} model
 * @param {{order: "size"|"peak", withHidden: boolean, chosen: ?number}} options
 * @returns {Array<Object>}
 */
export function topicsInOrder({ topics, hidden, peak }, { order, withHidden, chosen }) {
  const ordered = orderedTopics(withHidden ? [...topics, ...hidden] : topics, order, peak);
  return [...ordered.filter(({ id }) => id === chosen), ...ordered.filter(({ id }) => id !== chosen)];
}

/**
 * Say a topic's value in a period, and what it is of.
 * @param {TimeModel} model
 * @param {number} id
 * @param {number} place
 * @returns {string}
 */
export function valueInWords({ answer, assigned, values, measure, show }, id, place) {
  const value = values(id)[place];
  if (measure === "count") return `${show(value)} of ${count(assigned[place])}`;
  return value === null
    ? "no documents"
    : `${show(value)} (${count(answer.topics[id]?.[place] ?? 0)} of ${count(assigned[place])})`;
}

/**
 * Name a period and its documents.
 * @param {TimeModel} model
 * @param {number} place
 * @returns {string}
 */
export function periodInWords({ answer, assigned }, place) {
  const { label, n, partial } = answer.periods[place];
  const few = assigned[place] < FEW_DOCUMENTS ? ", few" : "";
  return `${label}${partial ? " (not over)" : ""}: ${count(n)} ${n === 1 ? "document" : "documents"}${few}`;
}

/**
 * Say what is drawn in another way, and why.
 * @param {TimeModel} model
 * @returns {Array<string>} sentences
 */
export function remarksOn({ answer, assigned, measure }) {
  const few = assigned.filter((n) => n > 0 && n < FEW_DOCUMENTS).length;
  const none = assigned.filter((n) => n === 0).length;
  const partial = answer.periods.filter((period) => period.partial).map(({ label }) => label);
  const periods = few === 1 ? "1 period" : `${count(few)} periods`;
  return [
    partial.length > 0 &&
      `${partial.join(" and ")}: only a part of the period is in the data, so it is dashed and hollow.`,
    few > 0 &&
      measure === "share" &&
      `${periods} with fewer than ${FEW_DOCUMENTS} documents with a topic: faint, and cut off at the top of the ` +
        "scale, as a share of few jumps by chance.",
    none > 0 &&
      measure === "share" &&
      `Gaps: ${none === 1 ? "1 period" : `${count(none)} periods`} without a document.`,
  ].filter(Boolean);
}

function remembered(work) {
  const known = new Map();
  return (id) => {
    if (!known.has(id)) known.set(id, work(id));
    return known.get(id);
  };
}
