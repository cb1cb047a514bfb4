/** Navigation actions, each a change of the view; the view is stored in the address. */

import { FROM_THE_START } from "./filters.js";
import { fromHash, settled, toHash } from "./view-address.js";

/** Changes of these restart paging, because the current page may no longer exist. */
const NARROWING = ["topic", "q", "groups", "from", "to", "min", "max", "status", "box", "near"];

/**
 * Connect the view in the store with the address.
 * @param {Store} store @param {Window} page
 * @param {() => void} onChange called after each change of the view
 * @returns {Actions} the actions
 */
export function createNavigation(store, page, onChange) {
  const apply = (view) => {
    store.update({ view });
    onChange();
  };
  const viewAfter = (changes) => changed(store.get().view, changes);
  const go = (changes) => {
    const view = viewAfter(changes);
    if (toHash(view) === toHash(store.get().view)) return;
    page.location.hash = toHash(view);
    apply(view);
  };
  const replace = (changes) => {
    const view = viewAfter(changes);
    // Typing and sliding add no entries to the browser's history.
    page.history.replaceState(null, "", toHash(view));
    apply(view);
  };
  page.addEventListener("hashchange", () => {
    const view = fromHash(page.location.hash);
    if (toHash(view) !== toHash(store.get().view)) apply(view);
  });
  return {
    go,
    replace,
    hashOf: (changes) => toHash(viewAfter(changes)),
    chooseTopic: (topic) => go({ ...topicChange(topic), screen: screenForTopic(store.get().view.screen) }),
    openDocument: (doc, at = null) => go({ doc, at, pane: "document" }),
    closeDocument: () => go({ doc: null, at: null, pane: "explore" }),
    search: (q) => replace({ q, near: "", ...(q && store.get().view.screen === "story" ? { screen: "documents" } : {}) }),
    searchByMeaning: (near) => go(near ? { near, q: "", sort: null, screen: "documents", pane: "explore" } : { near }),
    showPane: (pane) => go({ pane }),
  };
}

function changed(view, changes) {
  const differs = (name) => name in changes && changes[name] !== view[name];
  const restart = NARROWING.some(differs) ? FROM_THE_START : differs("term") ? { lines: 1 } : {};
  return settled({ ...view, ...restart, ...changes });
}

/**
 * Return the selection of a topic as a change of the view.
 * @param {number | "none" | null} topic
 * @returns {Partial<View>}
 */
export function topicChange(topic) {
  return { topic, page: 1, sort: null, screen: "overview", pane: "explore" };
}

/** On screens that a topic filters or highlights, the screen stays; elsewhere the topic's own page opens. */
function screenForTopic(screen) {
  return ["documents", "terms", "time", "groups", "compare", "changes"].includes(screen) ? screen : "overview";
}

/**
 * Find the topic before or after the selected one in the list.
 * @param {{id: number}[]} topics in the order of the list
 * @param {number | "none" | null} chosen
 * @param {number} step 1 or -1
 * @returns {number | null} its id, or null where the list ends
 */
export function neighbour(topics, chosen, step) {
  const index = topics.findIndex(({ id }) => id === chosen);
  const next = index < 0 ? (step > 0 ? 0 : -1) : index + step;
  return topics[next]?.id ?? null;
}
