/** The head of a super-topic in the list of topics: it folds and unfolds its topics, and is a target for them. */

import { h, icon, measured } from "../lib/dom.js";
import { percent, plural } from "../lib/format.js";
import { hueOf } from "../lib/palette.js";
import { makeMoveTarget } from "../edits/merge/drag.js";

/**
 * Draw the head.
 * @param {import("../model/super-topics.js").SuperTopic} group
 * @param {{largest: number, isOpen: boolean, onToggle: () => void, actions: Actions}} options `largest` is the share of
 *   the largest super-topic
 * @returns {HTMLElement}
 */
export function superTopicItem(group, { largest, isOpen, onToggle, actions }) {
  const { id, label, topics, share, n_documents: nDocuments } = group;
  const bar = measured(h("span", { class: "tx-topic-bar", "aria-hidden": "true" }), "--length", largest ? share / largest : 0);
  const element = h(
    "li",
    {
      class: "tx-topic tx-super",
      role: "treeitem",
      tabindex: "-1",
      "aria-level": "1",
      "aria-expanded": topics.length ? String(isOpen) : null,
      "data-value": `s${id}`,
      "data-hue": hueOf(id),
      title: `Super-topic ${id}: ${label} – ${plural(topics.length, "topic")}, ${plural(nDocuments, "document")}`,
      onclick: onToggle,
    },
    h("span", { class: "tx-super-fold", "aria-hidden": "true" }, icon("right")),
    h("span", { class: "tx-topic-label tx-clamp", dir: "auto" }, label),
    h("span", { class: "tx-topic-share tx-detail" }, percent(share)),
    h("span", { class: "tx-topic-track" }, bar),
    h("span", { class: "tx-super-count tx-detail" }, plural(topics.length, "topic")),
  );
  element.addEventListener("keydown", (event) => onKey(event, { id, isOpen, topics, onToggle, actions }));
  if (id < 0 || !actions.superTopicsOn()) return element;
  element.append(renameButton(id, label, actions));
  return makeMoveTarget(element, id, actions);
}

function onKey(event, { id, isOpen, topics, onToggle, actions }) {
  if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
  const toggles = event.key === "Enter" || event.key === " " || event.key === (isOpen ? "ArrowLeft" : "ArrowRight");
  const renames = (event.key === "e" || event.key === "F2") && id >= 0 && actions.superTopicsOn();
  if (!(toggles && topics.length) && !renames) return;
  event.preventDefault();
  if (renames) actions.renameSuperTopic(id);
  else onToggle();
}

function renameButton(id, label, actions) {
  const onclick = (event) => {
    event.stopPropagation();
    actions.renameSuperTopic(id);
  };
  return h(
    "button",
    { type: "button", class: "tx-link tx-super-rename", tabindex: "-1", title: "Rename this super-topic (e)", onclick },
    "Rename",
    h("span", { class: "tx-sr-only" }, ` super-topic ${label}`),
  );
}
