/**
 * The list of topics on the left, with one tab stop, in which the arrow keys move: a listbox or, by super-topic, a tree
 * whose super-topics fold.
 */

import { h } from "../lib/dom.js";
import { plural } from "../lib/format.js";
import { clearedFilters, foundInWords } from "../store/filters.js";
import { drawnOnChange } from "../store/state.js";
import { fillInSlices } from "../lib/slices.js";
import { hasLevels, isGrouped, superTopics, toggled } from "../model/super-topics.js";
import { countedTopics, findTopics, listedTopics, ORDERS } from "../model/topic-order.js";
import { finalTopic, hiddenTopics } from "../model/topics.js";
import { makeMergeTarget } from "../edits/merge/drag.js";
import { createChoice } from "../ui/controls.js";
import { createFindTopic } from "./find-topic.js";
import { focusItem, moveFocus } from "./list-focus.js";
import { superTopicItem } from "./super-topic-item.js";
import { pendingPartItem, plainItem, topicItem } from "./topic-item.js";

/** Make the list. @type {CreatePart} */
export function createTopicList(actions) {
  const list = h("ul", { class: "tx-topics", "aria-labelledby": "tx-topics-title" });
  list.addEventListener("keydown", (event) => moveFocus(event, list));
  const redrawItems = () => drawItems(last);
  const find = createFindTopic({
    onType: redrawItems,
    onEnter: () => /** @type {HTMLElement} */ (list.querySelector("[data-hue]"))?.click(),
    onDown: () => focusItem(list, /** @type {HTMLElement} */ (list.querySelector("[data-hue]"))),
  });
  actions.findTopic = () => {
    if (last.view.pane !== "topics") actions.showPane("topics");
    find.focus();
  };
  const head = createHead(actions, find.element);
  const fold = createFold(redrawItems);
  const element = h("nav", { class: "tx-left", "aria-label": "Topics" }, head.element, list, fold.element);
  let last = null;
  let isSought = false; // the chosen topic is in a slice that is not drawn yet
  const drawItems = (state) => {
    last = state;
    const hidden = countedTopics(hiddenTopics(state.overview), state);
    fold.update(hidden, state.view.topic);
    const active = /** @type {HTMLElement} */ (document.activeElement);
    let focused = list.contains(active) ? active.dataset.value : null;
    const isTree = isGrouped(state) && !find.typed().trim();
    list.setAttribute("role", isTree ? "tree" : "listbox");
    const makers = items(state, fold.isOpen() ? hidden : [], find.typed(), actions);
    fillInSlices(list, makers.map((make) => () => inTree(make(), isTree)), () => {
      isSought = !markChosen(list, state, isSought) && isSought;
      const item = focused && /** @type {HTMLElement} */ (list.querySelector(`[data-value="${focused}"]`));
      if (!item) return;
      focused = null;
      focusItem(list, item);
    });
    // What had the focus is not there any more, or in a later slice.
    if (focused !== null && !list.contains(document.activeElement))
      /** @type {HTMLElement} */ (list.firstElementChild).focus({ preventScroll: true });
  };
  const drawWhenChanged = drawnOnChange(
    (state) => [
      state.overview, state.answers.counts, state.view.order, state.view.levels, state.view.open, hiddenChoice(state),
      foldedChoice(state),
    ],
    (state) => {
      if (!state.overview) return;
      head.update(state);
      find.update(state);
      list.classList.toggle("tx-stale", state.answers.counts?.state === "loading");
      drawItems(state);
    },
  );
  const drawChoice = drawnOnChange(
    (state) => [state.overview, state.view.topic],
    (state) => {
      isSought = !markChosen(list, state, true);
    },
  );
  const update = (state) => {
    drawWhenChanged(state);
    last = state;
    drawChoice(state);
  };
  return { element, update };
}

/** Items of a tree have a level; those that are not super-topics are below one, or beside them. */
function inTree(item, isTree) {
  if (!isTree) return item;
  item.setAttribute("role", "treeitem");
  item.setAttribute("aria-level", item.dataset.level ?? "1");
  return item;
}

/** Return the super-topic of the chosen topic where it is folded: it is unfolded for it. */
function foldedChoice(state) {
  if (!state.overview || !isGrouped(state)) return null;
  const chosen = finalTopic(state.overview, state.view.topic);
  return chosen ? (chosen.parent ?? null) : null;
}

/** Return the chosen topic if it is hidden: it must be visible in the list all the same. */
function hiddenChoice({ overview, view }) {
  const topic = finalTopic(overview, view.topic);
  return topic?.hidden ? topic.id : null;
}

const LEVELS = [
  { value: "grouped", label: "Grouped", title: "Topics by super-topic, which fold" },
  { value: "flat", label: "Flat", title: "All topics in one list" },
];

function createHead(actions, find) {
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
  const levels = createChoice("Levels of the topics", LEVELS, (value) => actions.replace({ levels: value }));
  const tools = h("div", { class: "tx-topic-tools" }, find, levels.element);
  const element = h("div", { class: "tx-column-head tx-ends" }, title, select, tools, filtered);
  const update = (state) => {
    const { overview, answers: { counts }, view } = state;
    title.replaceChildren(plural(listedTopics(state).length, "topic"));
    select.value = view.order;
    levels.element.hidden = !hasLevels(overview);
    levels.update(isGrouped(state) ? "grouped" : "flat");
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

/** Return what makes each item of the list. */
function items(state, hidden, typed, actions) {
  const { overview, answers: { counts } } = state;
  const topics = listedTopics(state);
  const n = counts?.value?.n ?? overview.counts.documents;
  const without = n - (counts?.value?.n_assigned ?? overview.counts.assigned);
  const largest = Math.max(...[...topics, ...hidden].map(({ share }) => share ?? 0), 0);
  const entry = (topic, options = {}) =>
    makeMergeTarget(
      topicItem(topic, { largest, overview, onChoose: actions.chooseTopic, ...options }), topic, actions,
    );
  if (typed.trim()) {
    const found = findTopics([...topics, ...hidden], typed);
    if (!found.length) return [() => plainItem("", "No topic has this label, term or number", null, () => {})];
    return found.map(({ topic, term }) => () => entry(topic, { term }));
  }
  const withParts = (topic, options = {}) => [
    () => entry(topic, options),
    ...(topic.pending_parts ?? []).map((part, i) => () => pendingPartItem(part, { whole: topic, i, largest, onChoose: actions.chooseTopic, ...options })),
  ];
  const listed = isGrouped(state)
    ? groupedItems(state, superTopics(state, topics), withParts, actions)
    : topics.flatMap((topic) => withParts(topic));
  return [
    () => plainItem("all", "All topics", n, () => actions.chooseTopic(null)),
    ...listed,
    without > 0 && (() => plainItem("none", "Without a topic", without, () => actions.chooseTopic("none"))),
    ...hidden.map((topic) => () => entry(topic)),
  ].filter(Boolean);
}

function groupedItems(state, groups, withParts, actions) {
  const largest = Math.max(...groups.map(({ share }) => share), 0);
  const needed = foldedChoice(state);
  return groups.flatMap((group) => {
    const isOpen = group.topics.length > 0 && (group.isOpen || group.id === needed);
    const onToggle = () => actions.replace(toggled(groups, group.id));
    const below = (make) => () => {
      const item = make();
      item.dataset.parent ??= `s${group.id}`;
      item.dataset.level = item.dataset.level ? "3" : "2";
      return item;
    };
    return [
      () => superTopicItem(group, { largest, isOpen, onToggle, actions }),
      ...(isOpen ? group.topics.flatMap((topic) => withParts(topic, { hue: group.id })).map(below) : []),
    ];
  });
}

/** Mark the chosen item, scroll it into view, and make it the only tab stop; return whether it is there. */
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
  const isThere = list.querySelector('[tabindex="0"]') !== null;
  if (!isThere && list.firstElementChild) list.firstElementChild.tabIndex = 0;
  return isThere;
}
