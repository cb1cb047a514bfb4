/** The centre when no topic is chosen: the whole in a few figures, and every topic with its share and terms. */

import { h, measured } from "../dom.js?v=0.1.0";
import { count, percent, plural } from "../format.js?v=0.1.0";
import { hueOf } from "../palette.js?v=0.1.0";
import { topicBadge, viewLink } from "../views/parts.js?v=0.1.0";
import { topicChange } from "../navigation.js?v=0.1.0";

/**
 * Draw the head of the overview: title, origin, figures and notes.
 * @param {Object} state
 * @param {Object} actions
 * @returns {Array<Node>}
 */
export function overviewHead({ overview }, actions) {
  const { counts } = overview;
  return [
    h(
      "h1",
      { class: "tx-title" },
      `${plural(counts.documents, "document")} in ${plural(counts.topics, "topic")}`,
    ),
    h("p", { class: "tx-subtitle" }, ...origin(overview)),
    figures(overview, actions),
    ...overview.notes.map((note) => h("p", { class: "tx-warning" }, note)),
  ].filter(Boolean);
}

function origin({ text_column: column, datasets, engine, model }) {
  const parts = [`Column “${column}” of ${datasets.document_topics}`];
  if (engine.label) parts.push(engine.label);
  if (model.seed !== null) parts.push(`seed ${model.seed}`);
  return [parts.join(" · ")];
}

function figures(overview, actions) {
  const { counts, statuses, model } = overview;
  const without = counts.documents - counts.assigned;
  const reasons = statuses.filter(({ status }) => status !== "ok").map(({ status, n }) => `${count(n)} ${status}`);
  const shown = [
    figure("With a topic", count(counts.assigned), percent(counts.documents ? counts.assigned / counts.documents : 0)),
    without > 0 &&
      figure(
        "Without a topic",
        viewLink(actions, topicChange("none"), { class: "tx-link" }, count(without)),
        reasons.join(", "),
      ),
    model.n_terms && figure("Vocabulary", count(model.n_terms), "terms"),
    counts.summaries > 0 && figure("Summaries", count(counts.summaries), "marked in the texts"),
  ];
  return h("dl", { class: "tx-figures" }, ...shown.filter(Boolean));
}

function figure(name, value, detail) {
  return h(
    "div",
    { class: "tx-figure" },
    h("dt", {}, name),
    h("dd", { class: "tx-figure-value" }, value),
    h("dd", { class: "tx-figure-detail" }, detail),
  );
}

/**
 * Draw every topic with its share of the documents and its terms, the largest first.
 * @param {Object} overview
 * @param {Object} actions
 * @returns {HTMLElement}
 */
export function prevalence(overview, actions) {
  const topics = [...overview.topics].sort((a, b) => b.share - a.share || a.id - b.id);
  const largest = topics[0]?.share || 1;
  const rows = topics.map((topic) => prevalenceRow(topic, largest, actions));
  const head = ["Topic", "Share of documents", "", "Documents"].map((name) => h("span", {}, name));
  return h(
    "div",
    { class: "tx-prevalence" },
    h("div", { class: "tx-prevalence-head", "aria-hidden": "true" }, ...head),
    h("ul", { class: "tx-prevalence-rows" }, ...rows),
  );
}

function prevalenceRow(topic, largest, actions) {
  const bar = measured(h("span", { class: "tx-bar", "aria-hidden": "true" }), "--length", topic.share / largest);
  return h(
    "li",
    {},
    viewLink(
      actions,
      topicChange(topic.id),
      { class: "tx-prevalence-row", "data-hue": hueOf(topic.id) },
      topicBadge(topic.id),
      h(
        "span",
        { class: "tx-prevalence-name" },
        h("span", { class: "tx-prevalence-label", dir: "auto" }, topic.label),
        h("span", { class: "tx-prevalence-terms", dir: "auto" }, furtherTerms(topic)),
      ),
      h("span", { class: "tx-track" }, bar),
      h("span", { class: "tx-prevalence-share" }, percent(topic.share)),
      h("span", { class: "tx-prevalence-count" }, count(topic.n_documents)),
    ),
  );
}

/** A label is often made of the first terms; those it already shows are not repeated below it. */
function furtherTerms({ label, top_terms: terms }) {
  const named = new Set(label.toLowerCase().split(/[\s,;·/|]+/));
  return terms.filter((term) => !named.has(term.toLowerCase())).join(", ");
}
