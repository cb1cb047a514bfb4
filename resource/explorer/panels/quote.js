/** Words of a document that lead to their place in it. */

import { h } from "../lib/dom.js";
import { viewLink } from "../ui/topic-links.js";

/**
 * Draw the quote as an item of a list.
 * @param {{row: ?number, key: string, text: string, detail: ?string|Node, at: ?Array<number>}} source `row` is null where
 *   the document is not among those at hand; `at` are code points in its text
 * @param {Object} actions
 * @returns {HTMLElement}
 */
export function quote({ row, key, text, detail, at = null }, actions) {
  const inner = [
    h("span", { class: "tx-quote-text", dir: "auto" }, text),
    h("span", { class: "tx-quote-source" }, h("span", { class: "tx-quote-key", dir: "auto" }, key), detail),
  ];
  const properties = { class: "tx-quote" };
  const changes = { doc: row, at, pane: "document" };
  return h("li", {}, row === null ? h("div", properties, ...inner) : viewLink(actions, changes, properties, ...inner));
}
