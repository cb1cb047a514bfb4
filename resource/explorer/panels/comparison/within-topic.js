/** The line in place of the topics where only documents of one topic are compared. */

import { h } from "../../lib/dom.js";
import { viewLink } from "../../ui/topic-links.js";

/** @param {View} view @param {Actions} actions @returns {Node[]} none without a topic */
export function withinTopic({ topic }, actions) {
  if (topic === null) return [];
  const which = topic === "none" ? "documents without a topic" : `documents of topic ${topic}`;
  const all = viewLink(actions, { topic: null }, { class: "tx-link" }, "Compare all topics");
  return [h("p", { class: "tx-note tx-above-3" }, `Words and documents are those of ${which} alone. `, all)];
}
