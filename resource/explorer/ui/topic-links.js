/** Elements shared by several views: topic badges, marked text, links that change the view. */

import { s } from "../lib/svg.js";
import { h } from "../lib/dom.js";
import { hueOf } from "../lib/palette.js";
import { segments } from "../lib/segments.js";
import { topicOf } from "../model/topics.js";

/**
 * Draw a topic's badge: its colour and id, always together.
 * @param {number} id
 * @param {number | null} [hue] super-topic that gives the colour, by default the topic itself
 * @returns {HTMLElement}
 */
export function topicBadge(id, hue = null) {
  return h(
    "span",
    { class: "tx-badge tx-detail tx-inline", "data-hue": hueOf(hue ?? id) },
    h("span", { class: "tx-badge-swatch", "aria-hidden": "true" }),
    h("span", { class: "tx-sr-only" }, "Topic "),
    h("span", { class: "tx-badge-id" }, String(id)),
    h("span", { class: "tx-sr-only" }, ": "),
  );
}

/**
 * Make a link to another view, which can be copied or opened in a new tab; a plain click stays in the page.
 * @param {Actions} actions
 * @param {Object} changes of the view
 * @param {Object} properties of the link
 * @param {...any} children
 * @returns {HTMLElement}
 */
export function viewLink(actions, changes, properties, ...children) {
  return h("a", { ...leadingTo(actions, changes), ...properties }, ...children);
}

/**
 * Make such a link inside a chart.
 * @param {Actions} actions
 * @param {Object} changes of the view
 * @param {Object} properties of the link
 * @param {...any} children SVG elements
 * @returns {SVGElement}
 */
export function chartLink(actions, changes, properties, ...children) {
  return s("a", { ...leadingTo(actions, changes), ...properties }, ...children);
}

function leadingTo(actions, changes) {
  const onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    actions.go(changes);
  };
  return { href: actions.hashOf(changes), onclick };
}

/**
 * Split a text into nodes, with the spans marked.
 * @param {string} text
 * @param {{kind: string, start: number, end: number}[]} spans in code points
 * @returns {Node[]}
 */
export function markedText(text, spans) {
  return segments(text, spans).map((segment) => {
    const kinds = new Set(segment.spans.map(({ kind }) => kind));
    if (!kinds.size) return document.createTextNode(segment.text);
    const classes = [...kinds].map((kind) => `tx-mark-${kind}`).join(" ");
    return h("mark", { class: `tx-mark ${classes}` }, segment.text);
  });
}

/**
 * Draw a notice that there is nothing to show, and why.
 * @param {string} title
 * @param {...any} rest sentence and button
 * @returns {HTMLElement}
 */
export function emptyNotice(title, ...rest) {
  return h("div", { class: "tx-empty" }, h("p", { class: "tx-empty-title" }, title), ...rest);
}

/**
 * Return a topic's label.
 * @param {Overview | null} overview @param {number | null} id
 * @returns {string}
 */
export function labelOf(overview, id) {
  return topicOf(overview, id)?.label ?? `Topic ${id}`;
}

/** Draw the notice of a chart in which no topic is shown. @returns {HTMLElement} */
export function noTopicShown() {
  const why = "All topics are hidden or merged. Hidden topics are at the end of the topic list.";
  return emptyNotice("No topics shown", h("p", {}, why));
}
