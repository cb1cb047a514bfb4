/** The "Documents" screen: the documents that match filters and search, in pages. */

import { h } from "../../lib/dom.js";
import { createDocumentList } from "./list.js";

/**
 * Make the screen.
 * @param {Actions} actions
 * @returns {PagePart}
 */
export function createDocuments(actions) {
  const list = createDocumentList(actions);
  const title = h("h1", { class: "tx-title tx-sr-only" }, "Documents");
  const element = h("div", { class: "tx-screen tx-documents-screen" }, title, list.element);
  return { element, update: list.update };
}
