/** A topic's summary, each sentence leading to the document it was taken from. */

import { h } from "../dom.js?v=0.1.0";
import { count, percent, plural } from "../format.js?v=0.1.0";
import { emptyNotice, viewLink } from "../views/parts.js?v=0.1.0";

/**
 * Draw the summary of a topic, or its most typical documents where there is none.
 * @param {Object} topic
 * @param {Object} overview
 * @param {Object} actions
 * @returns {Array<Node>}
 */
export function topicSummary(topic, overview, actions) {
  if (!topic.summary?.text) return withoutSummary(topic, overview, actions);
  const { summary } = topic;
  const found = summary.sources.length > 0 && summary.sources.every(({ text }) => text);
  return [
    h("h2", { class: "tx-panel-title" }, "Summary"),
    h("p", { class: "tx-panel-note" }, caption(summary, found)),
    found
      ? h("ol", { class: "tx-quotes" }, ...summary.sources.map((source) => sourceQuote(source, actions)))
      : h("p", { class: "tx-prose", dir: "auto" }, summary.text),
    summary.keyphrases.length > 0 && keyphrases(summary.keyphrases),
  ].filter(Boolean);
}

function caption({ sources, n_documents: nDocuments }, found) {
  const words = "Sentences of the documents, in their own words.";
  if (!sources.length) return words;
  if (!found) return `${words} Their places were not found: choose the same id column in all recipes.`;
  const from = new Set(sources.map(({ key }) => key)).size;
  const origin = nDocuments ? `${count(from)} of ${plural(nDocuments, "document")}` : plural(from, "document");
  return `${plural(sources.length, "sentence")} from ${origin}, in their own words. Open one to read it in its place.`;
}

function sourceQuote(source, actions) {
  const changes = { doc: source.row, at: [source.start, source.end], pane: "document" };
  return quote(source.text, source.key, "", source.row === null ? null : changes, actions);
}

function quote(text, key, detail, changes, actions) {
  const inner = [
    h("span", { class: "tx-quote-text", dir: "auto" }, text),
    h("span", { class: "tx-quote-source" }, h("span", { class: "tx-quote-key" }, key), detail),
  ];
  const properties = { class: "tx-quote" };
  return h("li", {}, changes ? viewLink(actions, changes, properties, ...inner) : h("div", properties, ...inner));
}

function keyphrases(phrases) {
  return h(
    "div",
    { class: "tx-keyphrases" },
    h("h3", { class: "tx-small-title" }, "Key phrases"),
    h("ul", { class: "tx-chips" }, ...phrases.map((phrase) => h("li", { class: "tx-chip", dir: "auto" }, phrase))),
  );
}

function withoutSummary(topic, overview, actions) {
  const documents = topic.representatives.slice(0, 4);
  return [
    h("h2", { class: "tx-panel-title" }, documents.length ? "Typical documents" : "Summary"),
    h("p", { class: "tx-panel-note" }, missing(overview)),
    documents.length
      ? h("ol", { class: "tx-quotes" }, ...documents.map((document) => typical(document, overview, actions)))
      : emptyNotice("No summary of this topic"),
  ];
}

function missing({ counts }) {
  if (counts.topic_summaries) return "The group summaries have none for this topic.";
  return "For a summary, run Summarize groups by topic and choose its output in this webapp's settings.";
}

function typical({ row, key, excerpt, probability }, overview, actions) {
  const changes = row === null ? null : { doc: row, at: null, pane: "document" };
  const detail = `${percent(probability)} ${overview.engine.probability_name}`;
  return quote(excerpt, key, detail, changes, actions);
}
