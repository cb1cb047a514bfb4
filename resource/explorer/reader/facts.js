/** The topic and the other columns of the open document. */

import { h } from "../lib/dom.js";
import { count, percent } from "../lib/format.js";
import { topicChange } from "../store/navigation.js";
import { labelOf, topicBadge, viewLink } from "../ui/topic-links.js";

/**
 * Draw the topic of a document, or the reason why it has none.
 * @param {Object} opened @param {Overview} overview @param {Actions} actions
 * @returns {HTMLElement}
 */
export function topicLine({ topic, probability, status }, overview, actions) {
  if (topic === null) return h("p", { class: "tx-reader-topic tx-quiet tx-text-line" }, `No topic: ${status}`);
  const { probability_name: name, probability_explanation: why } = overview.engine;
  return h(
    "p",
    { class: "tx-reader-topic tx-text-line" },
    topicBadge(topic),
    viewLink(actions, topicChange(topic), { class: "tx-link", dir: "auto" }, labelOf(overview, topic)),
    probability !== null && h("span", { class: "tx-quiet", title: why }, `${percent(probability)} ${name}`),
  );
}

/**
 * List the other columns, preceded by the date unless a column shows it.
 * @param {Object} opened
 * @returns {HTMLElement | null}
 */
export function columnList({ columns: all, date, title }) {
  const columns = all.filter(({ value }) => value !== title);
  const isShown = !date || columns.some(({ value }) => value.startsWith(date.slice(0, 10)));
  const cells = isShown ? columns : [{ name: "Date", value: date.slice(0, 10) }, ...columns];
  if (!cells.length) return null;
  const pair = ({ name, value }) => h("div", {}, h("dt", { dir: "auto" }, name), h("dd", { dir: "auto", title: value }, shown(name, value)));
  return h("dl", { class: "tx-columns" }, ...cells.map(pair));
}

const IDENTIFIERS = /year|date|time|id$|code|zip|postal|phone|number|nr$|no$/i;

/**
 * Return a value as it is shown: a day without the hour, a number with separators unless it may be a year or an id.
 * @param {string} name of the column @param {string} value
 * @returns {string}
 */
export function shown(name, value) {
  const isCount = /^-?\d{4,15}$/.test(value) && !IDENTIFIERS.test(name) && !/^(1\d|20)\d\d$/.test(value) && !/^-?0/.test(value);
  return isCount ? count(Number(value)) : shortDate(value);
}

/** DSS writes a day as a timestamp at midnight; show only the day. */
function shortDate(value) {
  return /^\d{4}-\d\d-\d\dT00:00:00(\.000)?(Z|[+-]00:?00)?$/.test(value) ? value.slice(0, 10) : value;
}
