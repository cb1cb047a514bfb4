/** An excerpt of a document that links to its position in the text. */

import { h } from "../lib/dom.js";
import { viewLink } from "../ui/topic-links.js";

/**
 * Draw the quote as an item of a list.
 * @param {{row: number | null, key: string, text: string | Node[], detail?: string | Node | null, at?: number[] | null}}
 *   source `row` is null where the document is not in the data; `at` is start and end in code points
 * @param {Actions} actions
 * @returns {HTMLElement}
 */
export function quote({ row, key, text, detail, at = null }, actions) {
  const inner = [
    h("span", { class: "tx-quote-text tx-clamp", dir: "auto" }, text),
    h("span", { class: "tx-quote-source tx-detail" }, h("span", { class: "tx-quote-key", dir: "auto" }, key), detail),
  ];
  const properties = { class: "tx-quote" };
  const changes = { doc: row, at, pane: "document" };
  return h("li", {}, row === null ? h("div", properties, ...inner) : viewLink(actions, changes, properties, ...inner));
}
