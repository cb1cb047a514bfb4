/** The screen "Documents": those that pass the filters and the search, page by page. */

import { h } from "../../lib/dom.js";
import { createDocumentList } from "./list.js";

/**
 * Make the screen.
 * @param {Object} actions
 * @returns {{element: HTMLElement, update: function(Object): void}}
 */
export function createDocuments(actions) {
  const list = createDocumentList(actions);
  const title = h("h1", { class: "tx-title tx-sr-only" }, "Documents");
  const element = h("div", { class: "tx-screen tx-documents-screen" }, title, list.element);
  return { element, update: list.update };
}
