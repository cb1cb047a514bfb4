/** The "Documents" screen: the list on its own, or below the map of the documents. */

import { h } from "../../lib/dom.js";
import { createChoice } from "../../ui/controls.js";
import { createLater } from "../../ui/later.js";
import { createDocumentList } from "./list.js";

const SHAPES = [
  { value: "list", label: "List", title: "Documents one below the other" },
  { value: "map", label: "Map", title: "Similar documents side by side; needs embeddings" },
];

/** Make the screen. @type {CreatePart} */
export function createDocuments(actions) {
  const choice = createChoice("Show documents as", SHAPES, (docs) => actions.go({ docs }));
  const map = createLater(() => import("./map/map.js").then(({ createDocumentMap }) => createDocumentMap), actions);
  const list = createDocumentList(actions);
  const title = h("h1", { class: "tx-title tx-sr-only" }, "Documents");
  const element = h("div", { class: "tx-screen tx-documents-screen" }, title, choice.element, map.element, list.element);
  const update = (state) => {
    const isMap = state.view.docs === "map";
    choice.update(state.view.docs);
    map.element.hidden = !isMap;
    if (isMap) map.update(state);
    list.update(state);
  };
  return { element, update };
}
