/** Every topic with its share of documents, terms, coherence and trend. */

import { numberColumn } from "../../charts/table.js";
import { count, decimal, percent, plural, timeSpan } from "../../lib/format.js";
import { topicChange } from "../../store/navigation.js";
import { drawBarList } from "../../panels/bar-list.js";

const COLUMNS = [
  { key: "share", name: "Share", width: 46 },
  { key: "documents", name: "Documents", width: 66 },
  { key: "trend", name: "Over time", width: 70, isTrend: true },
  { key: "npmi", name: "NPMI", width: 42 },
];

/**
 * Build the chart of all topics.
 * @param {Topic[]} topics in list order, with counts that follow the filters
 * @param {State} state @param {Actions} actions
 * @returns {import("../../charts/figure.js").Chart}
 */
export function topicBars(topics, { overview, answers }, actions) {
  const columns = COLUMNS.filter(({ key }) => isKnown(key, topics));
  const chart = {
    title: "Share of documents by topic",
    labelHead: "Topic",
    keys: [],
    columns,
    stacks: true,
    labelShare: 0.38,
    rows: topics.map(barRow),
  };
  return {
    title: "Topics by share of documents",
    file: "topics",
    note: noteOf(answers.counts?.value, overview),
    draw: (width) => drawBarList(chart, width, actions),
    table: topicTable(topics),
  };
}

function isKnown(key, topics) {
  if (key === "trend") return topics.some(({ trend }) => trend);
  return key !== "npmi" || topics.some(({ coherence_npmi: npmi }) => Number.isFinite(npmi));
}

function noteOf(counts, { trend, periods }) {
  const line = trend && periods ? ` Line: documents over time, ${timeSpan(periods.first, periods.last)}.` : "";
  if (!counts) return `Each document is counted under its main topic.${line}`;
  return (
    `Documents with a topic, among the ${plural(counts.n, "document")} that match the filters. Coherence and line: ` +
    "all documents."
  );
}

function barRow(topic) {
  const { id, label, share, n_documents: nDocuments, coherence_npmi: npmi, trend } = topic;
  const terms = furtherTerms(topic);
  const coherence = Number.isFinite(npmi) ? `, NPMI ${decimal(npmi)}` : "";
  return {
    key: String(id),
    topic: id,
    label,
    detail: terms,
    title: `Topic ${id}: ${label} – ${percent(share)}, ${plural(nDocuments, "document")}${coherence}. ${terms}`,
    bars: [{ value: share, kind: "topic" }],
    cells: { share: percent(share), documents: count(nDocuments), npmi: decimal(npmi) },
    trend,
    change: topicChange(id),
  };
}

/** Return the top terms that the label does not already contain: labels are often built from the first terms. */
function furtherTerms({ label, top_terms: terms }) {
  const named = new Set(label.toLowerCase().split(/[\s,;·/|]+/));
  return terms.filter((term) => !named.has(term.toLowerCase())).join(", ");
}

/** Build the table of topics. @param {any[]} topics @returns {{columns: any[], rows: any[][]}} */
export function topicTable(topics) {
  return {
    columns: [
      numberColumn("Topic", String, "Number of the topic"),
      { name: "Label" },
      numberColumn("Share", percent, "Of the documents with a topic"),
      numberColumn("Documents", count),
      numberColumn("Share of words", percent),
      numberColumn("NPMI", decimal, "Coherence of its ten top terms, −1 to 1"),
      numberColumn("C_v", decimal, "Coherence of its ten top terms, 0 to 1"),
      numberColumn("Exclusivity", decimal, "0 to 1"),
      { name: "Super-topic" },
      { name: "Top terms" },
    ],
    rows: topics.map((topic) => [
      topic.id,
      topic.label,
      topic.share,
      topic.n_documents,
      topic.token_share,
      topic.coherence_npmi,
      topic.coherence_cv,
      topic.exclusivity,
      topic.parent_label ?? null,
      topic.top_terms.join(", "),
    ]),
  };
}
