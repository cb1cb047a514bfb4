/** A topic's summary, each sentence with a link to its document, and its abstract by a language model. */

import { h } from "../../lib/dom.js";
import { count, plural } from "../../lib/format.js";
import { quote } from "../../panels/quote.js";

/**
 * Draw the summary of a topic, or explain how to get one.
 * @param {Object} topic @param {Overview} overview @param {Actions} actions
 * @returns {Node[]}
 */
export function topicSummary({ summary, abstract = [] }, overview, actions) {
  const title = h("h2", { class: "tx-panel-title" }, "Summary");
  const written = abstractParts(abstract, actions);
  if (!summary?.text && written.length) return [title, ...written];
  if (!summary?.text) return [title, h("p", { class: "tx-panel-note" }, missing(overview))];
  const found = summary.sources.length > 0 && summary.sources.every(({ text }) => text);
  return [
    title,
    ...written,
    h("p", { class: "tx-panel-note" }, caption(summary, found, overview.building)),
    found
      ? h("ol", { class: "tx-quotes" }, ...summary.sources.map((source) => sourceQuote(source, actions)))
      : h("p", { class: "tx-prose", dir: "auto" }, summary.text),
    summary.keyphrases.length > 0 && keyphrases(summary.keyphrases),
  ].filter(Boolean);
}

/** Each sentence of the abstract stands above the quotes it rests on. */
function abstractParts(sentences, actions) {
  if (!sentences.length) return [];
  const items = sentences.map(({ text, sources }) =>
    h(
      "li",
      { class: "tx-above-2" },
      h("p", { class: "tx-prose", dir: "auto" }, text),
      h("ul", { class: "tx-quotes" }, ...sources.map((source) => sourceQuote(source, actions))),
    ),
  );
  return [
    h("p", { class: "tx-panel-note" }, "Abstract written by a language model. Below each sentence: the quotes it rests on."),
    h("ol", { class: "tx-abstract" }, ...items),
  ];
}

function caption({ sources, n_documents: nDocuments }, found, isBuilding) {
  const words = "Sentences quoted from the documents.";
  if (!sources.length) return words;
  if (!found && isBuilding) return `${words} They can be located once all documents are read.`;
  if (!found) return `${words} They were not found in the documents: use the same id column in all recipes.`;
  const from = new Set(sources.map(({ key }) => key)).size;
  const origin = nDocuments ? `${count(from)} of ${plural(nDocuments, "document")}` : plural(from, "document");
  return `${plural(sources.length, "sentence")} from ${origin}, quoted verbatim. Open one to read it in context.`;
}

function sourceQuote({ row, key, text, start, end }, actions) {
  return quote({ row, key, text, detail: null, at: [start, end] }, actions);
}

function keyphrases(phrases) {
  return h(
    "div",
    { class: "tx-above-4" },
    h("h3", { class: "tx-small-title" }, "Keyphrases"),
    h("ul", { class: "tx-chips" }, ...phrases.map((phrase) => h("li", { class: "tx-chip", dir: "auto" }, phrase))),
  );
}

function missing({ counts }) {
  if (counts.topic_summaries) return "The group summaries do not include this topic.";
  return (
    "To get a summary, run 'Summarize groups of texts' by topic and select its output in the settings of this webapp."
  );
}
