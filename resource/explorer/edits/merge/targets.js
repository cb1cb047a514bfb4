/** The possible targets of a merge: a search field and a list for the arrow keys (ARIA combobox). */

import { h } from "../../lib/dom.js";
import { decimal, plural } from "../../lib/format.js";
import { topicBadge } from "../../ui/topic-links.js";

/**
 * Create the list.
 * @param {{targetsOf: (typed: string) => {topic: Topic, shared: string[], similarity: number | null}[], choose: (id: number | null) => void}} means
 * @returns {{element: HTMLElement, begin: () => void, draw: () => void, mark: (id: number | null) => void}}
 */
export function createTargetList({ targetsOf, choose }) {
  const list = h("ul", {
    class: "tx-targets",
    role: "listbox",
    id: "tx-merge-targets",
    "aria-label": "Topics to merge into",
  });
  const input = field();
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
    list.replaceChildren(...targets.map((target) => item(target, choose)));
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

function field() {
  return h("input", {
    class: "tx-field",
    type: "text",
    role: "combobox",
    "aria-expanded": "true",
    "aria-controls": "tx-merge-targets",
    autocomplete: "off",
    "aria-label": "Topic to merge into: name, number or word",
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

function item({ topic, shared, similarity }, choose) {
  const terms = shared.length
    ? `${plural(shared.length, "term")} in common: ${shared.join(", ")}`
    : "no top terms in common";
  const detail = similarity === null ? terms : `similarity ${decimal(similarity)}, ${terms}`;
  return h(
    "li",
    {
      class: "tx-target",
      role: "option",
      id: `tx-merge-target-${topic.id}`,
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
