/** An item of the topic list: number, label, share as a bar, trend, and a flag where there are warnings. */

import { drawing, s } from "../lib/svg.js";
import { h, icon, measured } from "../lib/dom.js";
import { topicWarnings } from "../model/topic-warnings.js";
import { count, percent, plural, timeSpan } from "../lib/format.js";
import { trendPath } from "../charts/trend-layout.js";
import { hueOf } from "../lib/palette.js";
import { topicBadge } from "../ui/topic-links.js";

const TREND = { x: 1, y: 1, width: 46, height: 12 };

/**
 * Draw the item of a topic.
 * @param {Topic} topic
 * @param {{largest: number, overview: Overview, onChoose: (topic: number) => void, hue?: number | null,
 *   term?: string | null}} options `largest` is the share of the largest topic, `hue` the super-topic that gives the
 *   colour, `term` the one by which it was found
 * @returns {HTMLElement}
 */
export function topicItem(topic, { largest, overview, onChoose, hue = null, term = null }) {
  const { id, label, share, n_documents: nDocuments, hidden } = topic;
  const warnings = topicWarnings(topic);
  const title = [`${label} – ${plural(nDocuments, "document")}`, hidden && "Hidden", ...warnings]
    .filter(Boolean)
    .join("\n");
  return option(
    String(id),
    {
      class: ["tx-topic", hidden && "tx-topic-hidden", !nDocuments && "tx-topic-empty"].filter(Boolean).join(" "),
      "data-hue": hueOf(hue ?? id),
      title,
    },
    () => onChoose(id),
    topicBadge(id, hue),
    h("span", { class: "tx-topic-label tx-clamp", dir: "auto" }, label, term && foundBy(term)),
    h("span", { class: "tx-topic-share tx-detail tx-inline" }, warnings.length > 0 && flag(warnings), percent(share)),
    h("span", { class: "tx-topic-track" }, barOf(share, largest)),
    trendOf(topic, overview),
  );
}

function barOf(share, largest) {
  return measured(h("span", { class: "tx-topic-bar", "aria-hidden": "true" }), "--length", largest ? share / largest : 0);
}

function foundBy(term) {
  return h("span", { class: "tx-topic-term tx-detail" }, " term: ", h("bdi", {}, term));
}

function flag(warnings) {
  return h(
    "span",
    { class: "tx-flag" },
    icon("flag"),
    h("span", { class: "tx-sr-only" }, `Warning: ${warnings.join(" ")}`),
  );
}

/** @param {Topic} topic @param {Overview} overview */
function trendOf({ trend }, overview) {
  const d = trend && trendPath(trend, TREND);
  if (!d) return null;
  const { periods } = overview;
  const title = periods ? `Documents from ${timeSpan(periods.first, periods.last)}` : "Documents over time";
  const chart = drawing(
    { width: TREND.width + 2, height: TREND.height + 2, title },
    s("path", { class: "tx-stroke", d }),
  );
  return h("span", { class: "tx-topic-trend" }, chart);
}

/**
 * Draw a sub-topic that a topic will be split into, below the topic; it has no number until the split is saved.
 * @param {import("../model/topics.js").PendingPart} part
 * @param {{whole: Topic, i: number, largest: number, onChoose: (topic: number) => void, hue?: number | null}} options
 * @returns {HTMLElement}
 */
export function pendingPartItem(part, { whole, i, largest, onChoose, hue = null }) {
  const { label, share, n_documents: nDocuments, top_terms: terms } = part;
  const properties = {
    class: "tx-topic tx-topic-part",
    "data-hue": hueOf(hue ?? whole.id),
    "data-parent": String(whole.id),
    "data-level": "2",
    title: `${label} – ${plural(nDocuments, "document")} of topic ${whole.id}\n${terms.join(", ")}`,
  };
  return option(
    `${whole.id}-${i}`,
    properties,
    () => onChoose(whole.id),
    h("span", { class: "tx-topic-label tx-clamp", dir: "auto" }, label),
    h("span", { class: "tx-topic-share tx-detail tx-inline" }, percent(share)),
    h("span", { class: "tx-topic-track" }, barOf(share, largest)),
    h("span", { class: "tx-topic-pending tx-detail" }, "Not saved yet"),
  );
}

/**
 * Draw an item that is not a topic.
 * @param {string} value @param {string} label
 * @param {number | null} n documents
 * @param {() => void} choose
 * @returns {HTMLElement}
 */
export function plainItem(value, label, n, choose) {
  return option(
    value,
    { class: "tx-topic tx-topic-plain" },
    choose,
    h("span", { class: "tx-topic-label tx-clamp" }, label),
    n !== null && h("span", { class: "tx-topic-share tx-detail tx-inline" }, count(n)),
  );
}

function option(value, properties, choose, ...children) {
  const onkeydown = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    choose();
  };
  const attributes = { role: "option", tabindex: "-1", "data-value": value, onclick: choose, onkeydown, ...properties };
  return h("li", attributes, ...children);
}
