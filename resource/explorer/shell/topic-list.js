/** The list of topics on the left: a listbox with one tab stop, in which the arrow keys move. */

import { h } from "../lib/dom.js";
import { plural } from "../lib/format.js";
import { clearedFilters, foundInWords } from "../store/filters.js";
import { drawnOnChange } from "../store/state.js";
import { countedTopics, listedTopics, ORDERS } from "../model/topic-order.js";
import { finalTopic, hiddenTopics } from "../model/topics.js";
import { makeMergeTarget } from "../edits/merge/drag.js";
import { plainItem, topicItem } from "./topic-item.js";

/** Make the list. @type {CreatePart} */
export function createTopicList(actions) {
  const head = createHead(actions);
  const list = h("ul", { class: "tx-topics", role: "listbox", "aria-labelledby": "tx-topics-title" });
  list.addEventListener("keydown", (event) => moveFocus(event, list));
  const fold = createFold(() => drawItems(last));
  const element = h("nav", { class: "tx-left", "aria-label": "Topics" }, head.element, list, fold.element);
  let last = null;
  const drawItems = (state) => {
    last = state;
    const hidden = countedTopics(hiddenTopics(state.overview), state);
    fold.update(hidden, state.view.topic);
    const active = /** @type {HTMLElement} */ (document.activeElement);
    const focused = list.contains(active) ? active.dataset.value : null;
    list.replaceChildren(...items(state, fold.isOpen() ? hidden : [], actions));
    markChosen(list, state);
    if (focused === null) return;
    const item = list.querySelector(`[data-value="${focused}"]`) ?? list.firstElementChild;
    /** @type {HTMLElement} */ (item).focus({ preventScroll: true });
  };
  const drawWhenChanged = drawnOnChange(
    (state) => [state.overview, state.answers.counts, state.view.order, hiddenChoice(state)],
    (state) => {
      if (!state.overview) return;
      head.update(state);
      list.classList.toggle("tx-stale", state.answers.counts?.state === "loading");
      drawItems(state);
    },
  );
  const drawChoice = drawnOnChange(
    (state) => [state.overview, state.view.topic],
    (state) => markChosen(list, state, true),
  );
  const update = (state) => {
    drawWhenChanged(state);
    last = state;
    drawChoice(state);
  };
  return { element, update };
}

/** Return the chosen topic if it is hidden: it must be visible in the list all the same. */
function hiddenChoice({ overview, view }) {
  const topic = finalTopic(overview, view.topic);
  return topic?.hidden ? topic.id : null;
}

function createHead(actions) {
  const title = h("h2", { class: "tx-note tx-strong", id: "tx-topics-title" }, "Topics");
  const options = Object.entries(ORDERS).map(([order, label]) => h("option", { value: order }, label));
  const select = h(
    "select",
    {
      class: "tx-select",
      "aria-label": "Order of the topics",
      onchange: () => actions.replace({ order: select.value }),
    },
    ...options,
  );
  const filtered = h("p", { class: "tx-column-note tx-detail", hidden: true });
  const clear = h("button", { type: "button", class: "tx-link" }, "Clear filters");
  const element = h("div", { class: "tx-column-head tx-ends" }, title, select, filtered);
  const update = (state) => {
    const { overview, answers: { counts }, view } = state;
    title.replaceChildren(plural(listedTopics(state).length, "topic"));
    select.value = view.order;
    filtered.hidden = !counts?.value;
    clear.onclick = () => actions.go(clearedFilters(view));
    if (counts?.value) filtered.replaceChildren(...matchLine(counts.value, overview, clear));
  };
  return { element, update };
}

/** Show how many documents match the filters; where none do, offer to clear them. */
function matchLine({ n, of }, overview, clear) {
  if (n === 0) return ["No documents match the filters. ", clear];
  return [`${foundInWords({ n, of: of ?? overview.counts.documents })} match${n === 1 && of === 1 ? "es" : ""} the filters`];
}

/** The button that expands the hidden topics and shows their number. */
function createFold(onToggle) {
  let isOpen = false;
  let isNeeded = false; // a chosen topic must be visible
  const toggle = () => {
    isOpen = !isOpen;
    onToggle();
  };
  const element = h("button", {
    type: "button",
    class: "tx-button tx-button-quiet tx-hidden-fold",
    onclick: toggle,
    hidden: true,
  });
  const update = (hidden, chosen) => {
    isNeeded = hidden.some(({ id }) => id === chosen);
    const isShown = isOpen || isNeeded;
    element.hidden = hidden.length === 0;
    element.disabled = isNeeded;
    element.setAttribute("aria-expanded", String(isShown));
    element.textContent = isShown && !isNeeded ? `Collapse ${hidden.length} hidden` : `${hidden.length} hidden`;
    element.title = "Hidden topics are still counted";
  };
  return { element, update, isOpen: () => isOpen || isNeeded };
}

function items(state, hidden, actions) {
  const { overview, answers: { counts } } = state;
  const topics = listedTopics(state);
  const n = counts?.value?.n ?? overview.counts.documents;
  const without = n - (counts?.value?.n_assigned ?? overview.counts.assigned);
  const largest = Math.max(...[...topics, ...hidden].map(({ share }) => share ?? 0), 0);
  const entry = (topic) =>
    makeMergeTarget(topicItem(topic, { largest, overview, onChoose: actions.chooseTopic }), topic, actions);
  return [
    plainItem("all", "All topics", n, () => actions.chooseTopic(null)),
    ...topics.map(entry),
    without > 0 && plainItem("none", "Without a topic", without, () => actions.chooseTopic("none")),
    ...hidden.map(entry),
  ].filter(Boolean);
}

/** Mark the chosen item, scroll it into view, and make it the only tab stop. */
function markChosen(list, { overview, view }, isNew = false) {
  const value = view.topic === null ? "all" : String(finalTopic(overview, view.topic)?.id ?? view.topic);
  const hadFocus = list.contains(document.activeElement);
  for (const item of list.children) {
    const chosen = item.dataset.value === value;
    item.setAttribute("aria-selected", String(chosen));
    item.tabIndex = chosen ? 0 : -1;
    if (chosen && isNew) item.scrollIntoView({ block: "nearest" });
    if (chosen && isNew && hadFocus) item.focus({ preventScroll: true });
  }
  if (!list.querySelector('[tabindex="0"]') && list.firstElementChild) list.firstElementChild.tabIndex = 0;
}

function moveFocus(event, list) {
  const all = [...list.children];
  const place = all.indexOf(document.activeElement);
  const target = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: all.length - 1 }[event.key];
  if (target === undefined || !all[target]) return;
  event.preventDefault();
  for (const item of all) item.tabIndex = -1;
  all[target].tabIndex = 0;
  all[target].focus();
}
