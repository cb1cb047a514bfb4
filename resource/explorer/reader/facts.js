/** What is known of the open document besides its text: its topic and its other columns. */

import { h } from "../lib/dom.js";
import { percent } from "../lib/format.js";
import { topicChange } from "../store/navigation.js";
import { labelOf, topicBadge, viewLink } from "../ui/topic-links.js";

/**
 * Write the topic of a document, or why it has none.
 * @param {Object} opened
 * @param {Object} overview
 * @param {Object} actions
 * @returns {HTMLElement}
 */
export function topicLine({ topic, probability, status }, overview, actions) {
  if (topic === null) return h("p", { class: "tx-reader-topic tx-quiet" }, `No topic: ${status}`);
  const { probability_name: name, probability_explanation: why } = overview.engine;
  return h(
    "p",
    { class: "tx-reader-topic" },
    topicBadge(topic),
    viewLink(actions, topicChange(topic), { class: "tx-link", dir: "auto" }, labelOf(overview, topic)),
    probability !== null && h("span", { class: "tx-quiet", title: why }, `${percent(probability)} ${name}`),
  );
}

/**
 * List the other columns; the date first, where no column shows it.
 * @param {Object} opened
 * @returns {?HTMLElement}
 */
export function columnList({ columns, date }) {
  const isShown = !date || columns.some(({ value }) => value.startsWith(date.slice(0, 10)));
  const cells = isShown ? columns : [{ name: "Date", value: date.slice(0, 10) }, ...columns];
  if (!cells.length) return null;
  const pair = ({ name, value }) => h("div", {}, h("dt", { dir: "auto" }, name), h("dd", { dir: "auto", title: value }, shortDate(value)));
  return h("dl", { class: "tx-columns" }, ...cells.map(pair));
}

/** A day that DSS writes as a moment at midnight is a day. */
function shortDate(value) {
  return /^\d{4}-\d\d-\d\dT00:00:00(\.000)?(Z|[+-]00:?00)?$/.test(value) ? value.slice(0, 10) : value;
}
