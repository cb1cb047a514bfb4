/** The head of the overview: the data source and the key figures, each with its explanation. */

import { h } from "../lib/dom.js";
import { explainOverview } from "../model/explanations.js";
import { count, decimal, percent, plural } from "../lib/format.js";
import { topicChange } from "../store/navigation.js";
import { hiddenTopics, isSplit, shownTopics } from "../model/topics.js";
import { explained } from "../ui/popover.js";
import { viewLink } from "../ui/topic-links.js";

/**
 * Draw the head of the overview.
 * @param {Overview} overview @param {Actions} actions
 * @returns {Node[]}
 */
export function overviewHead(overview, actions) {
  const shown = shownTopics(overview).length;
  return [
    h("h1", { class: "tx-title" }, `${plural(overview.counts.documents, "document")} in ${plural(shown, "topic")}`),
    h("p", { class: "tx-subtitle" }, originOf(overview)),
    h("details", { class: "tx-quality tx-above-2" }, h("summary", {}, QUALITY_QUESTION), modelFigures(overview, actions)),
    ...[...(overview.notes ?? []), ...(overview.edits?.warnings ?? [])].map((note) =>
      h("p", { class: "tx-warning" }, note),
    ),
  ];
}

/** Describe where the texts and topics come from. @param {Overview} overview @returns {string} */
export function originOf({ text_column: column, datasets, engine }) {
  return [`Column “${column}” of ${datasets.document_topics}`, engine.label].filter(Boolean).join(" · ");
}

/** The head of what shows how good the model is. */
export const QUALITY_QUESTION = "How good is this model?";

/** Draw the figures of the model. @param {Overview} overview @param {Actions} actions @returns {HTMLElement} */
export function modelFigures(overview, actions) {
  const shown = shownTopics(overview).length;
  const explain = explainOverview(overview);
  const { counts, model, quality = {} } = overview;
  const all = [
    figure(explain.topics, "Topics", count(shown), topicsDetail(overview)),
    withoutTopic(overview, explain, actions),
    known(model.n_terms) && figure(explain.vocabulary, "Vocabulary", count(model.n_terms), "terms"),
    known(quality.median_probability) &&
      figure(explain.median, explain.median.name, percent(quality.median_probability), "of the main topic"),
    known(quality.coherence_npmi) &&
      figure(explain.npmi, "Coherence", decimal(quality.coherence_npmi), "mean NPMI, −1 to 1"),
    known(quality.diversity) &&
      figure(explain.diversity, "Diversity", decimal(quality.diversity), "of top terms, 0 to 1"),
    counts.summaries > 0 && figure(null, "Summaries", count(counts.summaries), "highlighted in the texts"),
    known(model.seed) && figure(explain.seed, "Seed", String(model.seed), "used in training"),
  ];
  return h("dl", { class: "tx-figures" }, ...all.filter(Boolean));
}

const known = (value) => Number.isFinite(value);

function topicsDetail(overview) {
  const hidden = hiddenTopics(overview).length;
  const split = overview.topics.filter(isSplit).length;
  const merged = overview.topics.length - shownTopics(overview).length - hidden - split;
  return (
    [merged > 0 && `${count(merged)} merged`, split > 0 && `${count(split)} split`, hidden > 0 && `${count(hidden)} hidden`].filter(Boolean).join(", ") ||
    "all shown"
  );
}

function withoutTopic({ counts, statuses }, explain, actions) {
  const n = counts.documents - counts.assigned;
  if (n <= 0) return figure(explain.without, "Without a topic", "0", "every document has one");
  const reasons = statuses.filter(({ status }) => status !== "ok").map((part) => `${count(part.n)} ${part.status}`);
  return figure(
    explain.without,
    "Without a topic",
    viewLink(actions, topicChange("none"), { class: "tx-link" }, count(n)),
    reasons.join(", "),
  );
}

/**
 * Draw a figure with its name and a detail line.
 * @param {import("../model/explanations.js").Explanation | null} explanation @param {string} name
 * @param {string | Node} value @param {string | null} [detail]
 * @returns {HTMLElement}
 */
export function figure(explanation, name, value, detail) {
  return h(
    "div",
    { class: "tx-figure" },
    h("dt", {}, explanation ? explained(explanation, name) : name),
    h("dd", { class: "tx-figure-value" }, value),
    detail && h("dd", { class: "tx-detail" }, detail),
  );
}
