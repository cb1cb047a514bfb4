/** The exact similarity of every pair of topics: a matrix in an order that brings similar topics together. */

import { numberColumn } from "../../charts/table.js";
import { createFigure } from "../../charts/figure.js";
import { drawing, s } from "../../lib/svg.js";
import { h } from "../../lib/dom.js";
import { decimal } from "../../lib/format.js";
import { fitText, textMeasure } from "../../lib/fit-text.js";
import { largestTopics, similarPairs, scaleEnd, seriated } from "./matrix-layout.js";
import { topicChange } from "../../store/navigation.js";
import { hueOf } from "../../lib/palette.js";
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
  const draw = ({ answers: { similarity }, overview }) => {
    figure.element.classList.toggle("tx-stale", similarity?.state === "loading");
    figure.element.hidden = !similarity?.value;
    fault.hidden = similarity?.state !== "failed";
    fault.replaceChildren(
      ...(similarity?.state === "failed" ? [emptyNotice("No matrix", h("p", {}, similarity.error))] : []),
    );
    if (similarity?.value) figure.update(chartOf(similarity.value, overview, actions));
  };
  return { element, update: drawnOnChange(({ answers, overview }) => [answers.similarity, overview], draw) };
}

function chartOf(answer, overview, actions) {
  const topics = shownTopics(overview);
  const matrix = seriated(answer, largestTopics(topics, MOST_TOPICS));
  const few = topics.length > MOST_TOPICS ? ` Showing the ${MOST_TOPICS} largest of ${topics.length} topics.` : "";
  return {
    title: "Topic similarity",
    file: "topic-similarity",
    note:
      `${answer.method}: 1 for the same word distribution, 0 for no words in common. Similar topics are placed ` +
      `together. Consider merging topics that are almost the same.${few}`,
    draw: (width) => drawMatrix(matrix, overview, width, actions),
    table: tableOf(matrix, overview),
  };
}

function tableOf(matrix, overview) {
  return {
    columns: [
      numberColumn("Topic", String),
      { name: "Label" },
      numberColumn("Other topic", String),
      { name: "Other label" },
      numberColumn("Similarity", (value) => decimal(value, 3)),
    ],
    rows: similarPairs(matrix).map(({ a, b, similarity }) => [a, labelOf(overview, a), b, labelOf(overview, b), similarity]),
  };
}

function drawMatrix({ ids, similarity }, overview, width, actions) {
  const labelWidth = Math.round(Math.max(34, Math.min(220, width * 0.32)));
  const cell = Math.max(LEAST_CELL, Math.min(MOST_CELL, (width - labelWidth) / Math.max(ids.length, 1)));
  const across = labelWidth + cell * ids.length;
  const height = HEAD + cell * ids.length + LEGEND;
  const measure = textMeasure({ size: 12 });
  const rows = ids.map((id, i) =>
    rowLabel(id, HEAD + (i + 0.5) * cell, { overview, labelWidth, measure, cell, actions }),
  );
  const every = Math.ceil((Math.max(...ids.map((id) => measure(String(id)))) + 3) / cell);
  const heads = ids.map((id, i) => i % every === 0 && head(id, labelWidth + (i + 0.5) * cell));
  const most = scaleEnd({ ids, similarity });
  const place = (i, j) => ({ x: labelWidth + j * cell, y: HEAD + i * cell, size: cell });
  const cells = ids.flatMap((a, i) =>
    ids.map((b, j) => square({ a, b, similarity: similarity[i][j] }, place(i, j), most, overview)),
  );
  const title = "Similarity of every pair of topics; the table lists all pairs";
  const parts = [heads, rows, cells, legend(labelWidth, height - 16, most)];
  const svg = drawing({ width: across, height, title, isInteractive: true }, parts);
  return across > width
    ? h("div", { class: "tx-chart-scroll", tabindex: "0", role: "region", "aria-label": title }, svg)
    : svg;
}

function head(id, x) {
  return s("text", { x, y: HEAD - 8, "text-anchor": "middle" }, id);
}

function rowLabel(id, y, { overview, labelWidth, measure, cell, actions }) {
  const label = labelOf(overview, id);
  const text = labelWidth > 60 ? fitText(label, labelWidth - 42, measure) : "";
  return chartLink(
    actions,
    topicChange(id),
    { class: "tx-row", "data-hue": hueOf(id), "aria-label": `Topic ${id}: ${label}` },
    s("title", {}, label),
    s("rect", { class: "tx-row-ground", x: -4, y: y - cell / 2, width: labelWidth, height: cell, rx: 4 }),
    s("rect", { class: "tx-fill", x: 0, y: y - 5, width: 10, height: 10, rx: 3 }),
    s("text", { class: "tx-bar-id", x: 15, y, "dominant-baseline": "central" }, id),
    s("text", { class: "tx-mark-label", x: 34, y, "dominant-baseline": "central" }, text),
  );
}

function square({ a, b, similarity }, { x, y, size }, most, overview) {
  const shade = Number.isFinite(similarity) ? Math.min(1, similarity / most) : 0;
  const title =
    a === b
      ? labelOf(overview, a)
      : `${a} ${labelOf(overview, a)} – ${b} ${labelOf(overview, b)}: ${decimal(similarity, 3)}`;
  const box = { x: x + 0.5, y: y + 0.5, width: size - 1, height: size - 1 };
  if (a === b) return s("rect", { class: "tx-cell-same", ...box }, s("title", {}, title));
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
