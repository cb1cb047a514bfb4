/** The list of topics on the left: a listbox in which one item can be reached by Tab and the arrows move on. */

import { h, measured } from "../dom.js?v=0.1.0";
import { count, percent, plural } from "../format.js?v=0.1.0";
import { hueOf } from "../palette.js?v=0.1.0";
import { drawnOnChange } from "../state.js?v=0.1.0";
import { makeMergeTarget } from "./merge-drag.js?v=0.1.0";
import { topicBadge } from "./parts.js?v=0.1.0";

/**
 * Make the list.
 * @param {Object} actions
 * @returns {{element: HTMLElement, update: function(Object): void}}
 */
export function createTopicList(actions) {
  const heading = h("h2", { class: "tx-column-title", id: "tx-topics-title" }, "Topics");
  const list = h("ul", { class: "tx-topics", role: "listbox", "aria-labelledby": "tx-topics-title" });
  list.addEventListener("keydown", (event) => moveFocus(event, list));
  const element = h("nav", { class: "tx-left", "aria-label": "Topics" }, heading, list);
  const drawItems = drawnOnChange(
    (state) => [state.overview],
    ({ overview }) => {
      if (!overview) return;
      heading.replaceChildren(plural(overview.topics.length, "topic"));
      list.replaceChildren(...items(overview, actions));
    },
  );
  const drawChoice = drawnOnChange(
    (state) => [state.overview, state.view.topic],
    ({ view }) => markChosen(list, view.topic),
  );
  const update = (state) => {
    drawItems(state);
    drawChoice(state);
  };
  return { element, update };
}

function items(overview, actions) {
  const largest = Math.max(...overview.topics.map(({ share }) => share ?? 0), 0);
  const without = overview.counts.documents - overview.counts.assigned;
  return [
    plainItem("all", "All topics", overview.counts.documents, () => actions.chooseTopic(null)),
    ...overview.topics.map((topic) => topicItem(topic, largest, actions)),
    without > 0 && plainItem("none", "Without a topic", without, () => actions.chooseTopic("none")),
  ].filter(Boolean);
}

function option(value, properties, choose, ...children) {
  const onkeydown = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    choose();
  };
  const attributes = { role: "option", tabindex: "-1", "data-value": value, onclick: choose, onkeydown, ...properties };
  return h("li", attributes, ...children);
}

function plainItem(value, label, n, choose) {
  return option(
    value,
    { class: "tx-topic tx-topic-plain" },
    choose,
    h("span", { class: "tx-topic-label" }, label),
    h("span", { class: "tx-topic-share" }, count(n)),
  );
}

function topicItem(topic, largest, actions) {
  const bar = measured(h("span", { class: "tx-topic-bar", "aria-hidden": "true" }), "--length", topic.share / largest);
  const title = `${topic.label} – ${plural(topic.n_documents, "document")}`;
  const item = option(
    String(topic.id),
    { class: "tx-topic", "data-hue": hueOf(topic.id), title },
    () => actions.chooseTopic(topic.id),
    topicBadge(topic.id),
    h("span", { class: "tx-topic-label", dir: "auto" }, topic.label),
    h("span", { class: "tx-topic-share" }, percent(topic.share)),
    bar,
  );
  return makeMergeTarget(item, topic, actions);
}

/** Mark the chosen item, keep it in sight, and let Tab reach it and no other. */
function markChosen(list, topic) {
  const value = topic === null ? "all" : String(topic);
  const hadFocus = list.contains(document.activeElement);
  for (const item of list.children) {
    const chosen = item.dataset.value === value;
    item.setAttribute("aria-selected", String(chosen));
    item.tabIndex = chosen ? 0 : -1;
    if (chosen) item.scrollIntoView({ block: "nearest" });
    if (chosen && hadFocus) item.focus({ preventScroll: true });
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
