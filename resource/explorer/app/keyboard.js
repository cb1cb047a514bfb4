/** Keyboard shortcuts of the page, listed in the help dialog. They are off while a dialog is open. */

import { neighbour } from "../store/navigation.js";
import { orderTopics } from "../model/topic-order.js";
import { topicsInListOrder } from "../model/super-topics.js";
import { finalTopic } from "../model/topics.js";
import { isDialogOpen } from "../ui/dialog.js";

const TYPING = "input:not([type=range], [type=radio], [type=checkbox]), textarea, select";

/**
 * Listen to the keys.
 * @param {Document} page @param {Store} store @param {Actions} actions
 * @param {{focusSearch: () => void, isSearch: (element: Element) => boolean}} searchBox of the documents
 */
export function listenToKeys(page, store, actions, searchBox) {
  page.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isDialogOpen(page)) return;
    const typing = elementOf(event).matches?.(TYPING);
    if (event.key === "Escape") stepBack(event, { store, actions, searchBox, typing });
    else if (!typing && store.get().overview) runKey(event, { page, store, actions, searchBox });
  });
  page.addEventListener("dblclick", (event) => {
    const id = elementOf(event).closest?.(".tx-title-topic") ? store.get().view.topic : null;
    if (Number.isInteger(id)) actions.startRename(id);
  });
}

/** @param {Event} event @returns {HTMLElement} */
function elementOf({ target }) {
  return /** @type {HTMLElement} */ (target);
}

function runKey(event, { page, store, actions, searchBox }) {
  const topic = selectedTopic(page, store.get().view);
  const keys = {
    "/": () => searchBox.focusSearch(),
    "?": () => actions.openHelp(),
    t: () => actions.findTopic(),
    j: () => step(store, actions, 1),
    k: () => step(store, actions, -1),
    e: () => topic !== null && actions.startRename(topic),
    m: () => topic !== null && actions.openMerge(topic),
    h: () => topic !== null && actions.toggleHidden(topic),
    s: () => topic !== null && actions.openSuperTopic(topic),
    z: () => actions.undo(),
    Z: () => actions.redo(),
  };
  const run = keys[event.key] ?? quizKey(page, event.key);
  if (!run) return;
  // Do not type the key into the field it opens.
  event.preventDefault();
  run();
}

/** Return the selected topic, or the one focused in the list. */
function selectedTopic(page, view) {
  if (Number.isInteger(view.topic)) return view.topic;
  const value = page.activeElement?.closest?.(".tx-topics [data-value]")?.dataset.value;
  return /^\d+$/.test(value ?? "") ? Number(value) : null;
}

function step(store, actions, direction) {
  const state = store.get();
  const chosen = finalTopic(state.overview, state.view.topic);
  const listed = topicsInListOrder(state);
  // From a topic that was just hidden, continue at its former position.
  const isListed = !chosen || listed.some(({ id }) => id === chosen.id);
  const topics = isListed ? listed : orderTopics([...listed, chosen], state.view.order);
  const next = neighbour(topics, chosen?.id ?? state.view.topic, direction);
  if (next !== null) actions.chooseTopic(next);
}

/** On the review screen, numbers choose a word. */
function quizKey(page, key) {
  if (!/^([1-6]|Backspace)$/.test(key)) return null;
  const button = page.querySelector(`.tx-quiz [data-key="${key}"]`);
  return button?.offsetParent ? () => button.click() : null;
}

function stepBack({ target }, { store, actions, searchBox, typing }) {
  const { view } = store.get();
  // The search for terms is a different one.
  if (view.near && searchBox.isSearch(target)) actions.searchByMeaning("");
  else if (view.q && searchBox.isSearch(target)) actions.search("");
  else if (typing) target.blur();
  else if (view.doc !== null) actions.closeDocument();
  else if (view.topic !== null) actions.chooseTopic(null);
}
