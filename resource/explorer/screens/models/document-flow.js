/** The heat map of documents by topic of this model and of another model. */

import { legendDrawing, legendList } from "../../charts/matrix/legend.js";
import { matrixPicture } from "../../charts/matrix/picture.js";
import { drawMatrix } from "../../charts/matrix/matrix.js";
import { h } from "../../lib/dom.js";
import { count, percent, plural } from "../../lib/format.js";
import { labelOf, topicBadge } from "../../ui/topic-links.js";

/** Minimum proportion of a topic's documents for each colour; there is none below the first. */
const PARTS = [0.05, 0.15, 0.3, 0.5, 0.75];
const KEYS = [["part-0", ""], ...PARTS.map((part, i) => [`part-${i + 1}`, `${part * 100}%`])].map(([level, label]) => ({
  level,
  label,
}));
const WORDS = { ends: ["few of the row's documents", "most"], few: null };

/**
 * Build the heat map.
 * @param {Object} answer of the backend, see `models/other`
 * @param {Overview} overview
 * @returns {import("../../charts/figure.js").Chart}
 */
export function flowFigure(answer, overview) {
  const flow = flowMatrix(answer);
  const others = new Map(answer.topics.map((topic) => [topic.id, topic]));
  const names = {
    here: (id) => (id === null ? "Without a topic" : labelOf(overview, id)),
    there: (id) => (id === null ? "Without a topic" : `${id} ${others.get(id)?.label ?? ""}`),
  };
  const matrix = matrixOf(flow, names, answer);
  return {
    title: "Documents by topic in both models",
    note: noteOn(answer, flow),
    draw: (width) => h("div", {}, legendList(KEYS, WORDS), drawMatrix(matrix, width)),
    picture: (width) => matrixPicture(matrix, width, legendDrawing(KEYS, WORDS)),
    table: flowTable(answer, flow, names),
    file: "documents in two models",
  };
}

function noteOn({ name, flow: { n, n_lost: nLost = 0 } }, { shown }) {
  const counted = shown.reduce((sum, total) => sum + total, 0);
  const left =
    n > counted
      ? ` ${plural(n - counted, "document")} in smaller cells ${n - counted === 1 ? "is" : "are"} left out.`
      : "";
  const lost = nLost ? ` ${plural(nLost, "document")} of the other model ${nLost === 1 ? "is" : "are"} not among these.` : "";
  const axes = `Rows: topics of this model; columns: topics of ${name}; matched topics on the diagonal.`;
  return `${axes} Colour: share of the row's documents. ${plural(n, "document")} in both models.${left}${lost}`;
}

function matrixOf({ rows, columns, counts, totals }, names, { name }) {
  const cell = (r, c) => {
    const n = counts[r][c];
    const part = totals[r] ? n / totals[r] : 0;
    const from = rows[r] === null ? names.here(null) : `${rows[r]} ${names.here(rows[r])}`;
    return {
      level: `part-${PARTS.filter((least) => part >= least).length}`,
      text: n ? count(n) : "",
      told: `${plural(n, "document")} (${percent(part)} of the row) from ${from} to ${names.there(columns[c])}`,
    };
  };
  return {
    caption: `Documents by topic of this model and of ${name}`,
    corner: "Documents",
    rows: rows.map((id, r) => ({ name: names.here(id), topic: id, detail: count(totals[r]) })),
    columns: columns.map((id) => ({ name: names.there(id) })),
    cells: rows.map((_, r) => columns.map((__, c) => cell(r, c))),
    hint: "Hover over a cell, or move to it with Tab and the arrow keys, to read its figures.",
    badge: topicBadge,
  };
}

function flowTable({ flow: { cells } }, { totals, rows }, names) {
  const columns = [
    { name: "Topic", isNumber: true },
    { name: "Label" },
    { name: "Topic of the other model" },
    { name: "Documents", isNumber: true, show: count },
    { name: "Share of the topic's documents", isNumber: true, show: percent },
  ];
  const row = ({ topic, other, n }) => {
    const total = totals[rows.indexOf(topic)];
    return [topic, names.here(topic), names.there(other), n, total ? n / total : null];
  };
  return { columns, rows: [...cells].sort((a, b) => b.n - a.n).map(row) };
}

/**
 * Build the matrix, with matched topics on the diagonal, those with most documents first.
 * @param {{pairs: {topic: number, other: number}[], only_here: number[], only_there: number[],
 *   flow: {cells: {topic: number | null, other: number | null, n: number}[], totals?: {topic: number | null, n: number}[]}}} answer
 * @returns {{rows: (number | null)[], columns: (number | null)[], counts: number[][],
 *   shown: number[], totals: number[]}}
 *   topics here, topics there (null: without a topic, last), documents of each pair, sums of the rows as far as they
 *   are shown and of all pairs
 */
export function flowMatrix({ pairs, only_here: onlyHere, only_there: onlyThere, flow }) {
  const here = (topic) => (cell) => cell.topic === topic;
  const there = (topic) => (cell) => cell.other === topic;
  const size = (test) => flow.cells.filter(test).reduce((sum, { n }) => sum + n, 0);
  const matched = [...pairs].sort((a, b) => size(here(b.topic)) - size(here(a.topic)) || a.topic - b.topic);
  const hasNone = (name) => flow.cells.some((cell) => cell[name] === null);
  const rows = [...matched.map(({ topic }) => topic), ...onlyHere, ...(hasNone("topic") ? [null] : [])];
  const columns = [...matched.map(({ other }) => other), ...onlyThere, ...(hasNone("other") ? [null] : [])];
  const counts = rows.map((topic) => columns.map((other) => size((cell) => here(topic)(cell) && there(other)(cell))));
  // The smallest cells may be left out, but never from the totals.
  const all = new Map((flow.totals ?? []).map(({ topic, n }) => [topic, n]));
  const shown = counts.map((row) => row.reduce((sum, n) => sum + n, 0));
  return { rows, columns, counts, shown, totals: rows.map((id, r) => all.get(id) ?? shown[r]) };
}
