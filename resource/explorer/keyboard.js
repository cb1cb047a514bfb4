/** Keys that work anywhere on the page: j and k for topics, / for the search, Esc to step back. */

import { neighbour } from "./navigation.js?v=0.1.0";
import { listedTopics } from "./topic-order.js?v=0.1.0";

/**
 * Listen to the keys.
 * @param {Document} page
 * @param {Object} store
 * @param {Object} actions
 * @param {{focusSearch: function(): void}} searchBox
 */
export function listenToKeys(page, store, actions, searchBox) {
  page.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const typing = event.target.matches?.("input:not([type=range]), textarea, select");
    if (event.key === "Escape") stepBack(event, store, actions, typing);
    else if (!typing && store.get().overview) runKey(event, store, actions, searchBox);
  });
}

function runKey(event, store, actions, searchBox) {
  const step = { j: 1, k: -1 }[event.key];
  if (event.key === "/") {
    event.preventDefault();
    searchBox.focusSearch();
  } else if (step) {
    const next = neighbour(listedTopics(store.get()), store.get().view.topic, step);
    if (next !== null) actions.chooseTopic(next);
  }
}

function stepBack(event, store, actions, typing) {
  const { view } = store.get();
  if (typing && view.q) actions.search("");
  else if (typing) event.target.blur();
  else if (view.doc !== null) actions.closeDocument();
  else if (view.topic !== null) actions.chooseTopic(null);
}
