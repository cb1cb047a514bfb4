/** Quotes of a finding, each with its topic, date and groups. */

import { h } from "../../lib/dom.js";
import { hueOf } from "../../lib/palette.js";
import { quote } from "../../panels/quote.js";
import { labelOf } from "../../ui/topic-links.js";

/**
 * Draw the quotes as links to their documents.
 * @param {any} finding @param {Overview} overview @param {Actions} actions
 * @returns {HTMLElement[]}
 */
export function quotesOf({ quotes }, overview, actions) {
  const areOfSeveral = new Set(quotes.map(({ topic }) => topic)).size > 1;
  return quotes.map(({ row, key, title, excerpt, topic, date, groups }) => {
    const isNamed = areOfSeveral && topic !== null;
    const named = (isNamed ? [] : groups).filter(Boolean).map((group) => h("span", { class: "tx-clip", dir: "auto" }, group));
    const time = date && h("time", { datetime: date }, date);
    const detail = h("span", { class: "tx-quote-facts" }, time, isNamed && topicName(topic, overview), ...named);
    return quote({ row, key: title ?? key, text: excerpt, detail }, actions);
  });
}

/** Draw the name of a topic beside its colour. @param {number} topic @param {Overview} overview @returns {HTMLElement} */
export function topicName(topic, overview) {
  return h(
    "span",
    { class: "tx-quote-topic tx-inline", "data-hue": hueOf(topic) },
    h("span", { class: "tx-badge-swatch", "aria-hidden": "true" }),
    h("span", { class: "tx-clip", dir: "auto" }, labelOf(overview, topic)),
  );
}
