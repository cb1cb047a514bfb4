/** The right column while no document is open: what the numbers mean, the data source, and the keyboard shortcuts. */

import { h } from "../lib/dom.js";
import { TERM_EXPLANATIONS } from "../model/explanations.js";

/** Describe the page. @param {Overview} overview @returns {Node[]} */
export function about(overview) {
  return [
    h("h2", { class: "tx-reader-key" }, "Open a document to read it here"),
    h("p", { class: "tx-panel-note" }, "Its summary is highlighted in the text, and its topics are listed below."),
    section("What the numbers mean", ...meanings(overview).map(([name, text]) => entry(name, text))),
    section("Data", ...shown(overview).map(([name, text]) => entry(name, text))),
    section("Keyboard shortcuts", keys()),
  ];
}

function section(title, ...children) {
  return h("section", { class: "tx-section" }, h("h3", { class: "tx-small-title" }, title), ...children);
}

function entry(name, text) {
  return h("dl", { class: "tx-about-entry" }, h("dt", {}, name), h("dd", {}, text));
}

/** Return what the numbers mean, each with its name. @param {Overview} overview @returns {any[][]} */
export function meanings({ engine, model }) {
  const name = engine.probability_name;
  return [
    ["Share of documents", "Of the documents with a topic, the share whose main topic is this one."],
    [`${name[0].toUpperCase()}${name.slice(1)} of a document`, engine.probability_explanation],
    ["Lift of a term", TERM_EXPLANATIONS.lift.means],
    ["Dotted underline", "Click the name of a number for its formula, its source and the data it was measured on."],
    engine.label && ["Model", [engine.label, model.engine_reason].filter(Boolean).join(". ")],
  ].filter(Boolean);
}

function shown({ datasets, text_column: text, id_column: id, date_column: date, groups }) {
  const columns = [
    date && `dates in “${date}”`,
    groups?.length && `groups in ${groups.map(({ name }) => `“${name}”`).join(", ")}`,
  ];
  return [
    ["Documents", `${datasets.document_topics}, column “${text}”${id ? `, ids in “${id}”` : ""}`],
    columns.some(Boolean) && ["Other columns", columns.filter(Boolean).join("; ")],
    ["Summaries", datasets.summaries ?? "None selected in the settings"],
    ["Summaries of topics", datasets.group_summaries ?? "None selected in the settings"],
  ].filter(Boolean);
}

function keys() {
  const key = (name, what) => h("li", {}, h("kbd", { class: "tx-key" }, name), what);
  return h(
    "ul",
    { class: "tx-keys tx-note" },
    key("j", "next topic"),
    key("k", "previous topic"),
    key("/", "search"),
    key("Esc", "go back"),
    key("?", "all shortcuts"),
  );
}
