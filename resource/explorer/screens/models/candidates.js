/** The comparison of candidate models: each measure by number of topics, with a dot per seed and a line of means. */

import { drawing, s } from "../../lib/svg.js";
import { explanation, h } from "../../lib/dom.js";
import { count, plural } from "../../lib/format.js";
import { candidatesOf, engineName, failuresOf, isTrained, MEASURES, notesOf } from "./candidate-models.js";
import { drawCandidatePanel, PANEL_HEIGHT } from "./candidate-panel.js";

const LEAST_WIDTH = 190;
const GAP = 22;
const LEGEND_HEIGHT = 24;
const HUES = [null, "4", "6"]; // null: the accent colour

/**
 * Build the figure.
 * @param {{comparison: any[], suggestion: Object | null, current: Object | null, engines: Record<string, Object>}} answer
 * @returns {import("../../charts/figure.js").Chart}
 */
export function candidatesFigure({ comparison, suggestion, current, engines }) {
  const candidates = candidatesOf(comparison);
  const used = [...new Set(candidates.map(({ engine }) => engine))];
  const nameOf = (engine) => engineName(engine, engines);
  const hueOfEngine = (engine) => HUES[used.indexOf(engine) % HUES.length];
  const shown = { candidates, engines: used, nameOf, hueOfEngine, suggestion, current };
  const measures = MEASURES.filter(({ key }) => candidates.some(({ means }) => means[key] !== null));
  const seeds = Math.max(0, ...candidates.map(({ fits }) => fits.length));
  return {
    title: "Numbers of topics compared",
    note: [
      `Dots: ${seeds > 1 ? "one per seed" : "one seed"}; line: their mean. Scales do not start at 0.`,
      explanation("What do these measures mean?", h("dl", { class: "tx-measures" }, measures.map(meaningOf))),
      ...problems(comparison, nameOf),
    ],
    draw: measures.length ? (width) => drawCandidates(shown, measures, width) : null,
    table: candidatesTable(comparison, nameOf),
    file: "numbers of topics",
  };
}

const meaningOf = ({ name, meaning }) => [h("dt", {}, name), h("dd", {}, meaning)];

function drawCandidates(shown, measures, width) {
  const columns = Math.max(1, Math.min(measures.length, Math.floor((width + GAP) / (LEAST_WIDTH + GAP))));
  const panelWidth = (width - (columns - 1) * GAP) / columns;
  const top = shown.engines.length > 1 ? LEGEND_HEIGHT : 0;
  const panels = measures.map((measure, i) => {
    const [x, y] = [(i % columns) * (panelWidth + GAP), top + Math.floor(i / columns) * PANEL_HEIGHT];
    return s("g", { transform: `translate(${x} ${y})` }, drawCandidatePanel(shown, measure, panelWidth));
  });
  const height = top + Math.ceil(measures.length / columns) * PANEL_HEIGHT;
  const title = `${measures.map(({ name }) => name).join(", ")} against the number of topics`;
  return drawing({ width, height, title, isInteractive: true }, top > 0 && legend(shown), panels);
}

function legend({ engines, nameOf, hueOfEngine }) {
  return engines.map((engine, i) =>
    s(
      "g",
      { "data-hue": hueOfEngine(engine), transform: `translate(${i * 160} 0)` },
      s("line", { class: `tx-stroke tx-candidate-line tx-candidate-line-${i}`, x1: 0, x2: 24, y1: 6, y2: 6 }),
      s("text", { class: "tx-mark-label", x: 30, y: 10 }, nameOf(engine)),
    ),
  );
}

function problems(comparison, nameOf) {
  const failures = failuresOf(comparison);
  const item = ({ engine, nTopics, seeds, reason }) =>
    h(
      "li",
      {},
      `${nameOf(engine)}, ${plural(nTopics, "topic")}, ${seeds.length > 1 ? "seeds" : "seed"} ${seeds.join(", ")}: `,
      h("span", { dir: "auto" }, reason),
    );
  const failed =
    failures.length > 0 &&
    h("span", { class: "tx-remark" }, "Not trained:", h("ul", { class: "tx-failures" }, failures.map(item)));
  return [failed, ...notesOf(comparison).map((note) => h("span", { class: "tx-remark", dir: "auto" }, note))].filter(
    Boolean,
  );
}

function candidatesTable(comparison, nameOf) {
  const show = (digits) => (value) => (Number.isFinite(value) ? value.toFixed(digits) : "–");
  const columns = [
    { name: "Method", show: nameOf },
    { name: "Topics", isNumber: true, show: count },
    { name: "Seed", isNumber: true },
    { name: "In use", isNumber: true, show: count, title: "Topics that are the main topic of at least one document" },
    ...MEASURES.map(({ name, digits, meaning }) => ({ name, isNumber: true, show: show(digits), title: meaning })),
    { name: "Seconds", isNumber: true, show: show(1), title: "CPU time of the training" },
    { name: "Status" },
  ];
  const rows = comparison.map((row) => [
    row.engine,
    row.n_topics,
    row.seed,
    row.n_topics_alive,
    ...MEASURES.map(({ key }) => row[key]),
    row.seconds,
    isTrained(row) ? "ok" : row.status,
  ]);
  return { columns, rows };
}
