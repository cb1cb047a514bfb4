/** The chart of one measure of the candidate models. */

import { extent, scaleLinear } from "../../charts/d3.js";
import { s } from "../../lib/svg.js";
import { textWidth } from "../../charts/text.js";
import { plural } from "../../lib/format.js";

const TOP = 56; // name and marks
const PLOT_HEIGHT = 104;
const BOTTOM = 38;
const LEFT = 44;
const RIGHT = 10;
const LABEL_WIDTH = 26;
const FONT = { weight: 600 };

export const PANEL_HEIGHT = TOP + PLOT_HEIGHT + BOTTOM;

/**
 * Draw the chart.
 * @param {{candidates: any[], engines: string[], nameOf: (engine: string) => string,
 *   hueOfEngine: (engine: string) => string,
 *   suggestion: Object | null, current: Object | null}} shown
 * @param {Object} measure of MEASURES
 * @param {number} width in CSS pixels
 * @returns {SVGElement[]}
 */
export function drawCandidatePanel(shown, measure, width) {
  const { candidates } = shown;
  const plotWidth = width - LEFT - RIGHT;
  const numbers = [...new Set(candidates.map(({ nTopics }) => nTopics))].sort((a, b) => a - b);
  const x = scaleLinear(widened(extent(numbers)), [0, plotWidth]);
  const values = candidates.flatMap(({ fits }) => fits.map((fit) => fit[measure.key])).filter(Number.isFinite);
  const y = scaleLinear(widened(extent(values)), [PLOT_HEIGHT, 0]).nice(4);
  return [
    s("text", { class: "tx-mark-label tx-panel-name", x: 0, y: 13 }, measure.name, s("title", {}, measure.meaning)),
    s(
      "text",
      { x: width, y: 13, "text-anchor": "end" },
      measure.takesPart ? "higher is better" : "do not decide by it",
    ),
    s(
      "g",
      { transform: `translate(${LEFT} ${TOP})` },
      axes(numbers, x, y, plotWidth, measure),
      marks(shown, numbers, x, plotWidth),
      lines(shown, measure, x, y),
    ),
  ];
}

/** Widen a scale of a single value. */
function widened([low, high]) {
  if (low !== high) return [low, high];
  const margin = Math.abs(low) * 0.1 || 1;
  return [low - margin, high + margin];
}

function axes(numbers, x, y, width, { digits }) {
  const across = y
    .ticks(4)
    .map((value) => [
      s("line", { class: "tx-grid", x1: 0, x2: width, y1: y(value), y2: y(value) }),
      s("text", { x: -6, y: y(value), "text-anchor": "end", "dominant-baseline": "central" }, label(value, digits)),
    ]);
  const named = spaced(numbers, x);
  const down = numbers.map((n) => [
    s("line", { class: "tx-axis", x1: x(n), x2: x(n), y1: PLOT_HEIGHT, y2: PLOT_HEIGHT + 4 }),
    named.has(n) && s("text", { x: x(n), y: PLOT_HEIGHT + 16, "text-anchor": "middle" }, String(n)),
  ]);
  const floor = s("line", { class: "tx-axis", x1: 0, x2: width, y1: PLOT_HEIGHT, y2: PLOT_HEIGHT });
  return [across, floor, down, s("text", { x: width / 2, y: PLOT_HEIGHT + 30, "text-anchor": "middle" }, "topics")];
}

function label(value, digits) {
  return digits === 0 ? String(Math.round(value)) : String(Number(value.toFixed(3)));
}

/** Leave out labels that would overlap, starting from the largest number, because small numbers are dense. */
function spaced(numbers, x) {
  const named = new Set();
  let last = Infinity;
  for (const n of [...numbers].reverse()) {
    if (last - x(n) < LABEL_WIDTH) continue;
    named.add(n);
    last = x(n);
  }
  return named;
}

/** Draw lines at the suggested number and the number in use; they may be the same. */
function marks({ suggestion, current }, numbers, x, width) {
  const [suggested, inUse] = [suggestion?.suggested_n_topics, current?.n_topics];
  const isSame = suggested === inUse;
  const isWithin = (n) => Number.isFinite(n) && n >= numbers[0] && n <= numbers.at(-1);
  const found = [
    { n: suggested, name: isSame ? "suggested, in use" : "suggested", row: 0, kind: "suggested" },
    !isSame && { n: inUse, name: "in use", row: 1, kind: "current" },
  ].filter((mark) => mark && isWithin(mark.n));
  return found.map(({ n, name, row, kind }) => {
    const at = x(n);
    const start = Math.max(-LEFT, Math.min(width + RIGHT - textWidth(name, FONT), at - textWidth(name, FONT) / 2));
    return [
      s("line", { class: `tx-candidate-${kind}`, x1: at, x2: at, y1: -17 + row * 12, y2: PLOT_HEIGHT }),
      s("text", { class: `tx-candidate-name tx-candidate-${kind}-name`, x: start, y: -20 + row * 12 }, name),
    ];
  });
}

function lines({ candidates, engines, nameOf, hueOfEngine }, { key, digits, name }, x, y) {
  return engines.map((engine, i) => {
    const own = candidates.filter((candidate) => candidate.engine === engine);
    const known = own.filter(({ means }) => means[key] !== null);
    const path = known.map(({ nTopics, means }) => `${x(nTopics)},${y(means[key])}`).join("L");
    const seeds = own.flatMap(({ nTopics, fits }) =>
      fits.filter((fit) => Number.isFinite(fit[key])).map((fit) => ({ nTopics, fit })),
    );
    return s(
      "g",
      { "data-hue": hueOfEngine(engine) },
      known.length > 1 && s("path", { class: `tx-stroke tx-candidate-line tx-candidate-line-${i}`, d: `M${path}` }),
      seeds.map(({ nTopics, fit }) =>
        seedDot(
          x(nTopics),
          y(fit[key]),
          `${nameOf(engine)}, ${plural(nTopics, "topic")}, seed ${fit.seed}: ${name} ${fit[key].toFixed(digits)}`,
        ),
      ),
    );
  });
}

/** Draw the dot, and around it a larger target for the pointer. */
function seedDot(cx, cy, title) {
  const dot = s("circle", { class: "tx-fill tx-candidate-seed", cx, cy, r: 3.5 });
  return s("g", {}, s("title", {}, title), dot, s("circle", { class: "tx-hit", cx, cy, r: 10 }));
}
