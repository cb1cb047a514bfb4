/** A change of a topic as a list item: topic, what was changed, and a button. */

import { h } from "../../../lib/dom.js";
import { changeWords } from "../words.js";
import { superTopicOf, topicOf } from "../../../model/topics.js";
import { labelOf, topicBadge } from "../../../ui/topic-links.js";

/**
 * Draw a pending change.
 * @param {{id: number, part: string, value: any}} change
 * @param {{served: Overview, overview: Overview}} state overview without and with the pending edits
 * @param {() => void} remove
 * @returns {HTMLElement}
 */
export function changeItem({ id, part, value }, { served, overview }, remove) {
  const title = `Remove this edit of topic ${id}: ${part.replace("_", " ")}`;
  return h(
    "li",
    { class: "tx-change" },
    h(
      "p",
      { class: "tx-change-words tx-anywhere" },
      topicBadge(id),
      h("bdi", { class: "tx-soft" }, labelOf(served, id)),
      " → ",
      ...sentence(id, part, value, served, overview),
    ),
    h("button", { type: "button", class: "tx-link", title, onclick: remove }, "Remove"),
  );
}

/**
 * Describe a change as nodes.
 * @param {number} id @param {string} part @param {any} value
 * @param {Overview} overview as before the change
 * @param {Overview} [names] source of the names of other topics
 * @returns {(Node | string)[]}
 */
export function sentence(id, part, value, overview, names = overview) {
  const topic = topicOf(overview, id);
  const from = topic && topic.belongs_to !== id ? topic.belongs_to : null;
  if (part === "parent" && value !== null) {
    const label = superTopicOf(overview, value)?.label ?? String(value);
    return ["moved to the super-topic ", h("bdi", { class: "tx-strong" }, `“${label}”`)];
  }
  if (part === "parent_label") {
    const { label: now, trained_label: trained } = superTopicOf(overview, topic?.trained_parent ?? null) ?? {};
    const name = h("bdi", { class: "tx-strong" }, `“${value ?? trained}”`);
    return ["super-topic ", h("bdi", {}, `“${now}”`), value === null ? " has its trained name again: " : " renamed ", name];
  }
  const {
    words,
    value: shown,
    topic: other,
  } = changeWords(part, value, { trained: topic?.trained_label ?? null, from });
  return [
    `${words} `,
    shown !== null && h("bdi", { class: part === "note" ? "tx-change-note tx-clamp" : "tx-strong" }, `“${shown}”`),
    other !== null && h("span", { class: "tx-merge-name" }, topicBadge(other), h("bdi", {}, labelOf(names, other))),
  ].filter(Boolean);
}

/**
 * Describe all parts of an edit as nodes.
 * @param {Edit} edit @param {Overview} overview
 * @returns {(Node | string)[]}
 */
export function editSentence({ topic_id: id, changes }, overview) {
  return Object.entries(changes).flatMap(([part, value], i) => [i ? "; " : "", ...sentence(id, part, value, overview)]);
}
