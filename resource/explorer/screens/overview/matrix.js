/** The exact similarity of every pair of topics: a matrix in an order that brings similar topics together. */

import { numberColumn } from "../../charts/table.js";
import { createFigure } from "../../charts/figure.js";
import { drawing, s } from "../../lib/svg.js";
import { h } from "../../lib/dom.js";
import { count, decimal } from "../../lib/format.js";
import { fitText, textMeasure } from "../../lib/fit-text.js";
import { largestTopics, onTwoLevels, scaleEnd, seriated, similarPairs } from "./matrix-layout.js";
import { topicChange } from "../../store/navigation.js";
import { hueOf } from "../../lib/palette.js";
import { rove } from "../../lib/roving.js";
import { isGrouped, superTopics, toggled } from "../../model/super-topics.js";
import { drawnOnChange } from "../../store/state.js";
import { shownTopics } from "../../model/topics.js";
import { chartLink, emptyNotice, labelOf } from "../../ui/topic-links.js";

const HEAD = 24;
const LEGEND = 40;
const LEAST_CELL = 16;
const MOST_CELL = 34;
const N_STEPS = 5;
const MOST_TOPICS = 80;

/** Make the matrix. @type {CreatePart} */
export function createMatrix(actions) {
  const figure = createFigure();
  const fault = h("div", { hidden: true });
  const element = h("div", { class: "tx-similarity" }, figure.element, fault);
  /** @param {State} state */
  const draw = (state) => {
    const { answers: { similarity } } = state;
    figure.element.classList.toggle("tx-stale", similarity?.state === "loading");
    figure.element.hidden = !similarity?.value;
    fault.hidden = similarity?.state !== "failed" && Boolean(similarity?.value);
    fault.replaceChildren(
      similarity?.state === "failed"
        ? emptyNotice("No matrix", h("p", {}, similarity.error))
        : h("p", { class: "tx-loading" }, "Comparing the topics…"),
    );
    if (similarity?.value) figure.update(chartOf(similarity.value, state, actions));
  };
  const pick = ({ answers, overview, view }) => [answers.similarity, overview, view.levels, view.open];
  return { element, update: drawnOnChange(pick, draw) };
}

/**
 * @typedef {Object} Row a row of the matrix, and the column of the same place
 * @property {number | null} topic null for a super-topic
 * @property {string} label
 * @property {number} hue
 * @property {Object} change of the view on click
 * @property {boolean} [isOpen] of a super-topic
 * @property {number | null} [group] super-topic
 */

function chartOf(answer, state, actions) {
  const { overview } = state;
  const topics = shownTopics(overview);
  const grouped = isGrouped(state) ? superTopics(state, topics) : null;
  const { rows, similarity, nLeft } = grouped ? levelRows(answer, grouped) : flatRows(answer, overview, topics);
  const few = nLeft ? ` The ${count(nLeft)} smallest of these topics are left out.` : "";
  const levels = grouped
    ? " Of super-topics it is the mean over the pairs of their topics; click one to show its topics, which are framed."
    : "";
  return {
    title: "Topic similarity",
    file: "topic-similarity",
    note:
      `${answer.method}: 1 for the same word distribution, 0 for no words in common. Similar topics are placed ` +
      `together. Consider merging topics that are almost the same.${levels}${few}`,
    draw: (width) => drawMatrix(rows, similarity, width, actions),
    table: tableOf(rows, similarity),
  };
}

/** @returns {{rows: Row[], similarity: (number | null)[][], nLeft: number}} */
function flatRows(answer, overview, topics) {
  const { ids, similarity } = seriated(answer, largestTopics(topics, MOST_TOPICS));
  const rows = ids.map((id) => ({ topic: id, label: labelOf(overview, id), hue: id, change: topicChange(id) }));
  return { rows, similarity, nLeft: Math.max(0, topics.length - MOST_TOPICS) };
}

/** @returns {{rows: Row[], similarity: (number | null)[][], nLeft: number}} */
function levelRows(answer, groups) {
  const { units, similarity, nLeft } = onTwoLevels(answer, groups, MOST_TOPICS);
  const rows = units.map(({ group, topic }) => {
    const { id, label, topics, isOpen } = group;
    if (topic === null) {
      return { topic, label: `${label} (${topics.length})`, hue: id, change: toggled(groups, id), isOpen, group: id };
    }
    const own = topics.find((each) => each.id === topic);
    return { topic, label: own.label, hue: id, change: topicChange(topic), group: id };
  });
  return { rows, similarity, nLeft };
}

/** @param {Row[]} rows @param {(number | null)[][]} similarity */
function tableOf(rows, similarity) {
  return {
    columns: [
      numberColumn("Topic", (value) => value ?? "–"),
      { name: "Label" },
      numberColumn("Other topic", (value) => value ?? "–"),
      { name: "Other label" },
      numberColumn("Similarity", (value) => decimal(value, 3)),
    ],
    rows: similarPairs(rows, similarity).map(({ a, b, similarity: value }) => [a.topic, a.label, b.topic, b.label, value]),
  };
}

function drawMatrix(rows, similarity, width, actions) {
  const labelWidth = Math.round(Math.max(34, Math.min(220, width * 0.32)));
  const cell = Math.max(LEAST_CELL, Math.min(MOST_CELL, (width - labelWidth) / Math.max(rows.length, 1)));
  const across = labelWidth + cell * rows.length;
  const height = HEAD + cell * rows.length + LEGEND;
  const measure = textMeasure({ size: 12 });
  const measureBold = textMeasure({ size: 12, weight: 650 });
  const names = rows.map((row, i) => rowLabel(row, HEAD + (i + 0.5) * cell, { labelWidth, measure: row.topic === null ? measureBold : measure, cell, actions }));
  const widest = Math.max(0, ...rows.map(({ topic }) => measure(String(topic ?? ""))));
  const every = Math.ceil((widest + 3) / cell);
  const heads = rows.map((row, i) => (row.topic === null || i % every === 0) && head(row, labelWidth + (i + 0.5) * cell));
  const most = scaleEnd({ similarity });
  const place = (i, j) => ({ x: labelWidth + j * cell, y: HEAD + i * cell, size: cell });
  const cells = rows.flatMap((a, i) =>
    rows.map((b, j) => square({ a, b, similarity: similarity[i][j] }, place(i, j), most)),
  );
  const title = "Similarity of every pair of topics; the table lists all pairs";
  const parts = [heads, names, cells, frames(rows, place), legend(labelWidth, height - 16, most)];
  const svg = drawing({ width: across, height, title, isInteractive: true }, parts);
  rove(svg, "a.tx-row");
  return across > width
    ? h("div", { class: "tx-chart-scroll", tabindex: "0", role: "region", "aria-label": title }, svg)
    : svg;
}

/** Frame the cells of each unfolded super-topic. */
function frames(rows, place) {
  return rows.flatMap((row, i) => {
    if (!row.isOpen) return [];
    const n = rows.filter(({ group }) => group === row.group).length;
    const { x, y, size } = place(i, i);
    return [s("rect", { class: "tx-matrix-frame", "data-hue": hueOf(row.hue), x, y, width: n * size, height: n * size, rx: 2 })];
  });
}

function head({ topic, hue }, x) {
  if (topic === null) return s("rect", { class: "tx-fill", "data-hue": hueOf(hue), x: x - 4, y: HEAD - 14, width: 8, height: 8, rx: 2 });
  return s("text", { x, y: HEAD - 8, "text-anchor": "middle" }, topic);
}

function rowLabel({ topic, label, hue, change, isOpen }, y, { labelWidth, measure, cell, actions }) {
  const isSuper = topic === null;
  const start = isSuper ? 16 : 20 + 7 * Math.max(2, String(topic).length);
  const text = labelWidth > 60 ? fitText(label, labelWidth - start - 8, measure) : "";
  const fold = isOpen ? `M1 ${y - 3}h10l-5 6Z` : `M3 ${y - 5}l6 5l-6 5Z`;
  return chartLink(
    actions,
    change,
    {
      class: isSuper ? "tx-row tx-row-fold" : "tx-row",
      "data-hue": hueOf(hue),
      "aria-label": isSuper ? `Super-topic ${label}` : `Topic ${topic}: ${label}`,
      "aria-expanded": isSuper ? String(isOpen) : null,
      "data-keep": isSuper ? `matrix-s${hue}` : `matrix-${topic}`,
    },
    s("title", {}, label),
    s("rect", { class: "tx-row-ground", x: -4, y: y - cell / 2, width: labelWidth, height: cell, rx: 4 }),
    isSuper
      ? s("path", { class: "tx-fill", d: fold })
      : s("rect", { class: "tx-fill", x: 0, y: y - 5, width: 10, height: 10, rx: 3 }),
    !isSuper && s("text", { class: "tx-bar-id", x: 15, y, "dominant-baseline": "central" }, topic),
    s("text", { class: "tx-mark-label", x: start, y, "dominant-baseline": "central" }, text),
  );
}

function square({ a, b, similarity }, { x, y, size }, most) {
  const shade = Number.isFinite(similarity) ? Math.min(1, similarity / most) : 0;
  const named = ({ topic, label }) => (topic === null ? label : `${topic} ${label}`);
  const isSame = a === b && a.topic !== null;
  const title = isSame ? a.label : `${named(a)} – ${named(b)}: ${decimal(similarity, 3)}`;
  const box = { x: x + 0.5, y: y + 0.5, width: size - 1, height: size - 1 };
  if (isSame) return s("rect", { class: "tx-cell-same", ...box }, s("title", {}, title));
  return s("rect", { class: "tx-cell", ...box, "fill-opacity": shade.toFixed(3) }, s("title", {}, title));
}

function legend(x, y, most) {
  const size = 34;
  const steps = Array.from({ length: N_STEPS }, (_, i) => i / (N_STEPS - 1));
  const cells = steps.map((step, i) => [
    s("rect", { class: "tx-cell", x: x + 60 + i * size, y: y - 9, width: size - 1, height: 10, "fill-opacity": step }),
    i % 2 === 0 &&
      s("text", { x: x + 60 + (i + 0.5) * size, y: y + 14, "text-anchor": "middle" }, decimal(step * most)),
  ]);
  return s("g", { "aria-hidden": "true" }, s("text", { x, y }, "Similarity"), cells);
}
