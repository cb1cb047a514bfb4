/** Small pieces several views share: a topic's badge, marked text, links that change the view. */

import { s } from "../lib/svg.js";
import { h } from "../lib/dom.js";
import { hueOf } from "../lib/palette.js";
import { segments } from "../lib/segments.js";
import { topicOf } from "../model/topics.js";

/**
 * Draw a topic's colour and id, always together.
 * @param {number} id
 * @returns {HTMLElement}
 */
export function topicBadge(id) {
  return h(
    "span",
    { class: "tx-badge", "data-hue": hueOf(id) },
    h("span", { class: "tx-badge-swatch", "aria-hidden": "true" }),
    h("span", { class: "tx-sr-only" }, "Topic "),
    h("span", { class: "tx-badge-id" }, String(id)),
    h("span", { class: "tx-sr-only" }, ": "),
  );
}

/**
 * Make a link to another view: its address can be copied or opened in a new tab, a plain click stays in the page.
 * @param {Object} actions
 * @param {Object} changes of the view
 * @param {Object} properties of the link
 * @param {...*} children
 * @returns {HTMLElement}
 */
export function viewLink(actions, changes, properties, ...children) {
  return h("a", { ...leadingTo(actions, changes), ...properties }, ...children);
}

/**
 * Make such a link inside a chart.
 * @param {Object} actions
 * @param {Object} changes of the view
 * @param {Object} properties of the link
 * @param {...*} children SVG elements
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
 * Cut a text into nodes where the spans are marked by element and class.
 * @param {string} text
 * @param {Array<{kind: string, start: number, end: number}>} spans in code points
 * @returns {Array<Node>}
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
 * Say that there is nothing to show and why.
 * @param {string} title
 * @param {...*} rest sentence, button
 * @returns {HTMLElement}
 */
export function emptyNotice(title, ...rest) {
  return h("div", { class: "tx-empty" }, h("p", { class: "tx-empty-title" }, title), ...rest);
}

/**
 * Find a topic's label.
 * @param {?Object} overview
 * @param {?number} id
 * @returns {string}
 */
export function labelOf(overview, id) {
  return topicOf(overview, id)?.label ?? `Topic ${id}`;
}

/**
 * Say why a chart of topics is empty.
 * @returns {HTMLElement}
 */
export function noTopicShown() {
  const why = "All are hidden or merged; hidden ones are in the list of topics.";
  return emptyNotice("No topic is shown", h("p", {}, why));
}
