/** The bar at the top: data source, search, and reload. */

import { h, iconButton } from "../lib/dom.js";
import { timeWords } from "../edits/pending/words.js";
import { drawnOnChange } from "../store/state.js";
import { createSearchBox } from "./search-box.js";

/**
 * Make the bar.
 * @param {Actions} actions
 * @param {Node[]} [tools] further buttons, placed before the reload button
 * @returns {{element: HTMLElement, update: (state: State) => void, focusSearch: () => void,
 *   isSearch: (field: Element) => boolean}} `isSearch` is true for the search field
 */
export function createTopBar(actions, tools = []) {
  const source = h("p", { class: "tx-top-source tx-clip tx-detail" });
  const box = createSearchBox(actions);
  const again = iconButton("again", "Reload the data", actions.readAgain);
  const brand = h("div", { class: "tx-top-brand" }, h("p", { class: "tx-top-name" }, "Text Explorer"), source);
  const element = h("header", { class: "tx-top" }, brand, box.element, h("div", { class: "tx-top-tools tx-line-up" }, ...tools, again));
  const drawSource = drawnOnChange(
    (state) => [state.overview],
    ({ overview }) => {
      source.title = overview ? sourceWords(overview) : "";
      source.replaceChildren(source.title);
    },
  );
  const update = (state) => {
    // There is nothing to search or reload until the data has been read.
    box.element.hidden = again.hidden = !state.overview;
    drawSource(state);
    box.update(state);
  };
  return { element, update, focusSearch: () => box.input.focus(), isSearch: (field) => field === box.input };
}

/**
 * Describe which documents are shown and when they were read.
 * @param {Overview} overview
 * @returns {string} the time first, as dataset names may be long
 */
function sourceWords({ datasets, read_at: readAt }) {
  return readAt ? `Read ${timeWords(readAt)} · ${datasets.document_topics}` : datasets.document_topics;
}
