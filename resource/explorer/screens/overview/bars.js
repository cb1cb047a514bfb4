/** Every topic with its share of documents, terms, coherence and trend. */

import { foldButtons } from "../../charts/figure.js";
import { isGrouped, superTopics, toggled } from "../../model/super-topics.js";
import { numberColumn } from "../../charts/table.js";
import { count, decimal, percent, plural, timeSpan } from "../../lib/format.js";
import { topicChange } from "../../store/navigation.js";
import { drawBarList } from "../../panels/bar-list.js";

const MOST_ROWS = 60; // the others are drawn on demand

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
 * @param {(() => void) | null} showAll called to draw more topics than `MOST_ROWS`, null where all are drawn
 * @returns {import("../../charts/figure.js").Chart}
 */
export function topicBars(topics, state, actions, showAll = null) {
  const { overview, answers } = state;
  const rows = isGrouped(state) ? groupedRows(superTopics(state, topics)) : topics.map((topic) => barRow(topic));
  const shown = showAll ? rows.slice(0, MOST_ROWS) : rows;
  const columns = COLUMNS.filter(({ key }) => isKnown(key, topics));
  const chart = {
    title: "Share of documents by topic",
    labelHead: "Topic",
    keys: [],
    columns,
    stacks: true,
    labelShare: 0.38,
    rows: shown,
  };
  return {
    title: "Topics by share of documents",
    file: "topics",
    note: [noteOf(answers.counts?.value, overview), " ", ...foldButtons(0, false, rows.length - shown.length, () => showAll())],
    draw: (width) => drawBarList(chart, width, actions),
    table: topicTable(topics),
  };
}

/** One row a super-topic, and below those that are unfolded their topics. */
function groupedRows(groups) {
  return groups
    .filter(({ topics }) => topics.length)
    .flatMap((group) => [
      superRow(group, groups),
      ...(group.isOpen ? group.topics.map((topic) => ({ ...barRow(topic), hue: group.id, indent: true })) : []),
    ]);
}

function superRow(group, groups) {
  const { id, label, topics, share, n_documents: nDocuments, coherence_npmi: npmi, trend, isOpen } = group;
  const largest = [...topics].sort((a, b) => (b.share ?? 0) - (a.share ?? 0)).map((topic) => topic.label);
  return {
    key: `s${id}`,
    fold: isOpen ? "open" : "folded",
    hue: id,
    label,
    detail: `${plural(topics.length, "topic")}: ${largest.slice(0, 3).join(" · ")}`,
    title: `Super-topic ${id}: ${label} – ${plural(topics.length, "topic")}, ${percent(share)}, ${plural(nDocuments, "document")}`,
    bars: [{ value: share, kind: "plain" }],
    cells: { share: percent(share), documents: count(nDocuments), npmi: decimal(npmi) },
    trend,
    change: toggled(groups, id),
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
