/** Representative documents of a topic, and borderline documents that could belong to another. */

import { bar, h } from "../../lib/dom.js";
import { count, percent } from "../../lib/format.js";
import { topicChange } from "../../store/navigation.js";
import { hueOf } from "../../lib/palette.js";
import { finalTopic } from "../../model/topics.js";
import { labelOf, topicBadge, viewLink } from "../../ui/topic-links.js";
import { quote } from "../../panels/quote.js";

const SIMILAR = "Documents of the topic with the same words, apart from links, numbers and mentions.";

/**
 * Draw the representative documents of a topic.
 * @param {Object} topic @param {Overview} overview @param {Actions} actions
 * @returns {Node[]} none where none are known
 */
export function representativeDocuments({ representatives }, overview, actions) {
  if (!representatives.length) return [];
  return [
    h("h2", { class: "tx-panel-title" }, "Representative documents"),
    h(
      "p",
      { class: "tx-panel-note" },
      "Different documents with a large proportion of the topic, its terms and a typical length.",
    ),
    h("ol", { class: "tx-quotes" }, ...representatives.map((document) => representative(document, overview, actions))),
  ];
}

function representative({ row, key, excerpt, probability, similar }, { engine }, actions) {
  const detail = h(
    "span",
    { title: engine.probability_explanation },
    `${percent(probability)} ${engine.probability_name}`,
    similar > 0 && [" · ", h("span", { title: SIMILAR }, `${count(similar)} like it`)],
  );
  return quote({ row, key, text: excerpt, detail }, actions);
}

/**
 * Draw the documents between the topic and another one.
 * @param {Object} topic @param {Overview} overview @param {Actions} actions
 * @returns {Node[]} none where none are known
 */
export function borderlineDocuments({ id, borderline }, overview, actions) {
  // A document between two topics that have been merged is no longer borderline.
  const between = (borderline ?? []).filter(({ other }) => other === null || finalTopic(overview, other)?.id !== id);
  if (!between.length) return [];
  return [
    h("h2", { class: "tx-panel-title" }, "Borderline documents"),
    h(
      "p",
      { class: "tx-panel-note" },
      "Documents that could also belong to the other topic named. Do they cover two subjects, or is one subject split in two?",
    ),
    h("ol", { class: "tx-quotes" }, ...between.map((document) => borderlineItem(document, id, overview, actions))),
  ];
}

function borderlineItem(
  { row, key, excerpt, probability, other, other_probability: otherProbability },
  id,
  overview,
  actions,
) {
  const rival = finalTopic(overview, other);
  const item = quote({ row, key, text: excerpt, detail: null }, actions);
  const shares = [share(id, probability), rival && share(rival.id, otherProbability)].filter(Boolean);
  const link =
    rival && viewLink(actions, topicChange(rival.id), { class: "tx-link", dir: "auto" }, labelOf(overview, rival.id));
  item.append(h("div", { class: "tx-rivals tx-wrap" }, ...shares, link));
  return item;
}

function share(topic, probability) {
  const isKnown = Number.isFinite(probability);
  return h(
    "span",
    { class: "tx-rival tx-inline", "data-hue": hueOf(topic) },
    topicBadge(topic),
    isKnown && h("span", { class: "tx-track" }, bar(probability)),
    isKnown && h("span", { class: "tx-rival-share" }, percent(probability)),
  );
}
