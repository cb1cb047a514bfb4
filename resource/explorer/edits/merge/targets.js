/** The possible targets of a merge or a move: a search field and a list for the arrow keys (ARIA combobox). */

import { h } from "../../lib/dom.js";
import { plural } from "../../lib/format.js";
import { topicBadge } from "../../ui/topic-links.js";

/**
 * Create the list.
 * @param {{targetsOf: (typed: string) => {topic: Topic, detail: string}[], choose: (id: number | null) => void,
 *   name: string, label: string}} means `name` is part of the ids of its elements
 * @returns {{element: HTMLElement, begin: () => void, draw: () => void, mark: (id: number | null) => void}}
 */
export function createTargetList({ targetsOf, choose, name, label }) {
  const list = h("ul", {
    class: "tx-targets",
    role: "listbox",
    id: `tx-${name}-targets`,
    "aria-label": `${label}: list`,
  });
  const input = field(name, label);
  let chosen = null;
  const mark = (id) => {
    chosen = id;
    input.removeAttribute("aria-activedescendant");
    for (const item of itemsOf(list)) {
      const isChosen = item.dataset.value === String(id);
      if (item.dataset.value) item.setAttribute("aria-selected", String(isChosen));
      if (!isChosen) continue;
      input.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    }
  };
  const draw = () => {
    const targets = targetsOf(input.value);
    list.replaceChildren(...targets.map((target) => item(target, name, choose)));
    if (!targets.length) list.append(nothingFound());
    mark(chosen);
  };
  input.addEventListener("input", draw);
  input.addEventListener("keydown", (event) => {
    const next = nextTarget(event, list, chosen);
    if (next !== undefined && next !== chosen) choose(next);
  });
  const begin = () => {
    input.value = "";
    draw();
  };
  return { element: h("div", { class: "tx-merge-choice" }, input, list), begin, draw, mark };
}

function field(name, label) {
  return h("input", {
    class: "tx-field",
    type: "text",
    role: "combobox",
    "aria-expanded": "true",
    "aria-controls": `tx-${name}-targets`,
    autocomplete: "off",
    "aria-label": `${label}: name, number or word`,
    placeholder: "Name, number or word",
    dir: "auto",
    maxlength: "200",
    "data-first": true,
  });
}

function nothingFound() {
  return h("li", { class: "tx-quiet", role: "option", "aria-disabled": "true" }, "No topic matches.");
}

/** @param {HTMLElement} list @returns {HTMLElement[]} */
function itemsOf(list) {
  return /** @type {any} */ ([...list.children]);
}

/** Return the topic a key leads to in the list. */
function nextTarget(event, list, chosen) {
  const step = { ArrowDown: 1, ArrowUp: -1, Enter: 0 }[event.key];
  if (step === undefined) return undefined;
  event.preventDefault();
  const values = itemsOf(list).map((option) => option.dataset.value);
  const ids = values.filter(Boolean).map(Number);
  const index = ids.indexOf(chosen);
  return index < 0 ? ids[0] : ids[index + step];
}

function item({ topic, detail }, name, choose) {
  return h(
    "li",
    {
      class: "tx-target",
      role: "option",
      id: `tx-${name}-target-${topic.id}`,
      "data-value": topic.id,
      "aria-selected": "false",
      onclick: () => choose(topic.id),
    },
    topicBadge(topic.id),
    h("span", { class: "tx-clip", dir: "auto" }, topic.label),
    h("span", { class: "tx-detail" }, plural(topic.n_documents, "document")),
    h("span", { class: "tx-target-detail tx-clip tx-detail", dir: "auto" }, detail),
  );
}
