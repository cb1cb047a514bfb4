/** What the reader's place shows while no document is open: what the numbers mean, what was read, and the keys. */

import { h } from "../lib/dom.js";
import { TERM_EXPLANATIONS } from "../model/explanations.js";

/**
 * Explain the page.
 * @param {Object} overview
 * @returns {Array<Node>}
 */
export function about(overview) {
  return [
    h("h2", { class: "tx-reader-key" }, "Open a document to read it here"),
    h("p", { class: "tx-panel-note" }, "Its summary is marked in the text, and its topics are shown below it."),
    section("What the numbers mean", ...meanings(overview).map(([name, text]) => entry(name, text))),
    section("What is shown", ...shown(overview).map(([name, text]) => entry(name, text))),
    section("Keys", keys()),
  ];
}

function section(title, ...children) {
  return h("section", { class: "tx-about" }, h("h3", { class: "tx-small-title" }, title), ...children);
}

function entry(name, text) {
  return h("dl", { class: "tx-about-entry" }, h("dt", {}, name), h("dd", {}, text));
}

function meanings({ engine, model }) {
  const name = engine.probability_name;
  return [
    ["Share of documents", "The part of the documents with a topic whose main topic is this one."],
    [`${name[0].toUpperCase()}${name.slice(1)} of a document`, engine.probability_explanation],
    ["Lift of a term", TERM_EXPLANATIONS.lift.means],
    ["A word with dots below it", "Press it: it tells its formula, its source, and what it was measured on."],
    engine.label && ["Model", [engine.label, model.engine_reason].filter(Boolean).join(". ")],
  ].filter(Boolean);
}

function shown({ datasets, text_column: text, id_column: id, date_column: date, groups }) {
  const columns = [
    date && `dates in “${date}”`,
    groups?.length && `groups in ${groups.map(({ name }) => `“${name}”`).join(", ")}`,
  ];
  return [
    ["Documents", `${datasets.document_topics}, column “${text}”${id ? `, named by “${id}”` : ""}`],
    columns.some(Boolean) && ["Columns beside it", columns.filter(Boolean).join("; ")],
    ["Summaries", datasets.summaries ?? "None chosen in the settings"],
    ["Summaries of topics", datasets.group_summaries ?? "None chosen in the settings"],
  ].filter(Boolean);
}

function keys() {
  const key = (name, what) => h("li", {}, h("kbd", { class: "tx-key" }, name), what);
  return h(
    "ul",
    { class: "tx-keys" },
    key("j", "next topic"),
    key("k", "previous topic"),
    key("/", "search"),
    key("Esc", "step back"),
    key("?", "all keys"),
  );
}
