/** A horizontal bar chart with one row per item: name, bars and figures; a row may link to another view. */

import { drawing, s } from "../lib/svg.js";
import { barScale, layOutBars } from "../charts/bars-layout.js";
import { fitText, textMeasure } from "../lib/fit-text.js";
import { hueOf } from "../lib/palette.js";
import { rove } from "../lib/roving.js";
import { referenceLine, ticksOf, whisker } from "./bar-marks.js";
import { chartLink } from "../ui/topic-links.js";
import { trendPath } from "../charts/trend-layout.js";

const HEAD_LINE = 20;
const TICK_LINE = 16;
const GLIDE_MS = 220;
const TREND = { width: 64, height: 18 };

/**
 * @typedef {Object} BarRow
 * @property {string} key unique among the rows
 * @property {number | null} [topic] whose badge is drawn before the label
 * @property {number | null} [hue] topic whose colour the row has, by default that of `topic`
 * @property {"open" | "folded"} [fold] of a row that stands for the rows below it
 * @property {boolean} [indent] of a row below one that folds
 * @property {string} label
 * @property {string | null} [detail] a second line in a lighter colour
 * @property {string} title tooltip and accessible name
 * @property {{value: number | null, kind: string, from?: number}[]} bars drawn over one another, from zero or `from`;
 *   a `kind` is "topic", "corpus", "plain", "against", "left" or "right" ("left-open", "right-open": hollow)
 * @property {{low: number | null, high: number | null}} [interval] drawn as a whisker
 * @property {Record<string, string>} cells texts by column key
 * @property {number[] | null} [trend]
 * @property {Object | null} [change] of the view on click
 */

/**
 * @typedef {Object} BarChart
 * @property {string} title
 * @property {string} labelHead heading of the labels
 * @property {{kind: string | null, text: string}[]} keys legend of the bars
 * @property {{name: string, key: string, width: number, isTrend?: boolean}[]} columns most important first
 * @property {BarRow[]} rows
 * @property {boolean} [stacks]
 * @property {((value: number) => string) | null} [tick] formats the values of an axis above the rows
 * @property {number[]} [domain] values the axis holds; by default those of the bars and whiskers
 * @property {boolean} [floats] the axis does not start at zero
 * @property {number} [labelShare]
 * @property {number} [leastBars] width of the bars below which columns are left out, in CSS pixels
 * @property {number} [lineHeight] in CSS pixels
 * @property {number | null} [reference] value at which a line is drawn across all rows
 * @property {Map<string, number> | null} [places] previous row positions, from which rows glide to
 *   their new ones
 */

/**
 * Draw the chart.
 * @param {BarChart} chart @param {number} width @param {Actions} actions
 * @returns {SVGSVGElement}
 */
export function drawBarList(chart, width, actions) {
  const { rows, columns, stacks, labelShare, leastBars } = chart;
  const layout = layOutBars(width, {
    columns,
    hasBadge: rows.some(({ topic, fold }) => Number.isInteger(topic) || fold),
    stacks,
    labelShare,
    leastBars,
  });
  const values = chart.domain ?? rows.flatMap(valuesOf);
  const scale = barScale(values, layout.bars, layout.barsWidth, { withZero: !chart.floats });
  const lineHeight = chart.lineHeight ?? heightOf(layout, rows);
  const head = headOf(chart, layout);
  const top = { ...head, height: head.height + (chart.tick ? TICK_LINE : 0) };
  const measures = { label: textMeasure({ size: 13, weight: 600 }), detail: textMeasure({ size: 12 }) };
  // The label of a long number starts later.
  const digits = Math.max(2, ...rows.map(({ topic }) => String(topic ?? "").length));
  const context = { layout, scale, lineHeight, width, measures, actions, shift: (digits - 2) * DIGIT };
  const drawn = rows.map((row, i) => drawRow(row, top.height + i * lineHeight, context));
  glide(rows, drawn, lineHeight, chart.places);
  const height = top.height + rows.length * lineHeight;
  const zero =
    scale.zero > layout.bars &&
    s("line", { class: "tx-axis", x1: scale.zero, x2: scale.zero, y1: top.height, y2: height });
  const ticks = chart.tick ? ticksOf(chart.tick, scale, layout, [top.height, height]) : null;
  const reference = Number.isFinite(chart.reference) && referenceLine(scale.at(chart.reference), top.height, height);
  // Labels above their bars would be crossed by the lines.
  const rowsOf = layout.isStacked && chart.tick ? s("g", { class: "tx-over-lines" }, drawn) : drawn;
  const element = drawing(
    { width, height, title: chart.title, isInteractive: true },
    top.element, ticks, zero, rowsOf, reference,
  );
  rove(element, "a.tx-row");
  return element;
}

/** @param {BarRow} row */
function valuesOf({ bars, interval }) {
  return [...bars.flatMap(({ value, from = 0 }) => [value, from]), interval?.low, interval?.high];
}

function heightOf({ isStacked }, rows) {
  const hasDetail = rows.some(({ detail }) => detail);
  return (hasDetail ? 46 : 28) + (isStacked ? 18 : 0);
}

/** Draw the column names and the legend, on one line where they fit, else on two. */
function headOf({ labelHead, keys }, { isStacked, bars, barsWidth, columns: shown }) {
  const measure = textMeasure({ size: 12 });
  const keysWidth = keys.reduce((sum, { kind, text }) => sum + (kind ? 17 : 0) + measure(text) + 14, -14);
  const isOneLine = !isStacked && keysWidth <= barsWidth;
  const line = isOneLine ? 13 : 13 + HEAD_LINE;
  const names = shown.map(({ column, end }) => s("text", { x: end, y: line, "text-anchor": "end" }, column.name));
  const marks = keyMarks(keys, isOneLine ? bars : 0, measure);
  const element = s(
    "g",
    { class: "tx-bar-head", "aria-hidden": "true" },
    s("text", { x: 0, y: line }, labelHead),
    marks,
    names,
  );
  return { element, height: line + 13 };
}

function keyMarks(keys, start, measure) {
  let x = start;
  return keys.map(({ kind, text }) => {
    const mark = kind ? s("rect", { class: `tx-bar-${kind}`, x, y: 5, width: 12, height: 8, rx: 2 }) : null;
    const at = x + (kind ? 17 : 0);
    x = at + measure(text) + 14;
    return [mark, s("text", { x: at, y: 13 }, text)];
  });
}

function drawRow(row, y, context) {
  const { layout, lineHeight, width, actions } = context;
  const middle = layout.isStacked ? y + (lineHeight - 18) / 2 : y + lineHeight / 2;
  const barMiddle = layout.isStacked ? y + lineHeight - 16 : middle;
  const parts = [
    s("title", {}, row.title),
    s("rect", { class: "tx-row-ground", x: -6, y: y + 1, width: width + 12, height: lineHeight - 2, rx: 5 }),
    row.fold && foldMark(row.fold, middle - (row.detail ? 8 : 0)),
    Number.isInteger(row.topic) && badge(row.topic, middle - (row.detail ? 8 : 0), row.indent ? INDENT : 0),
    ...labels(row, layout, middle, context),
    ...barsOf(row, barMiddle, context.scale),
    row.interval && whisker(row.interval, barMiddle, context.scale),
    ...layout.columns.map(({ column, end }) => cell(row, column, end, middle)),
  ];
  const properties = {
    class: row.fold ? "tx-row tx-row-fold" : "tx-row",
    "data-hue": Number.isInteger(row.hue ?? row.topic) ? hueOf(row.hue ?? row.topic) : null,
    "data-key": row.key,
    "data-keep": row.change ? `row-${row.key}` : null,
    "aria-expanded": row.fold ? String(row.fold === "open") : null,
  };
  // Screen readers read the title, in which every figure is named.
  if (row.change) return chartLink(actions, row.change, { ...properties, "aria-label": row.title }, ...parts);
  return s("g", { ...properties, role: "img", "aria-label": row.title }, ...parts);
}

const INDENT = 16;
const DIGIT = 7;

function foldMark(fold, y) {
  const d = fold === "open" ? `M1 ${y - 3}h10l-5 6Z` : `M3 ${y - 5}l6 5l-6 5Z`;
  return s("path", { class: "tx-fill tx-fold-mark", d });
}

function badge(topic, y, x) {
  return [
    s("rect", { class: "tx-fill", x, y: y - 5, width: 10, height: 10, rx: 3 }),
    s("text", { class: "tx-bar-id", x: x + 15, y, "dominant-baseline": "central" }, topic),
  ];
}

function labels({ label, detail, fold, indent }, layout, middle, { measures, shift: ofNumber }) {
  const shift = fold ? INDENT - layout.label : ofNumber + (indent ? INDENT : 0);
  const x = layout.label + shift;
  const width = layout.labelWidth - shift;
  const name = s(
    "text",
    { class: "tx-mark-label tx-bar-label", x, y: middle - (detail ? 8 : 0), "dominant-baseline": "central" },
    fitText(label, width, measures.label),
  );
  const second =
    detail && s("text", { x, y: middle + 10, "dominant-baseline": "central" }, fitText(detail, width, measures.detail));
  return [name, second];
}

const THICK = { corpus: 14, topic: 6, plain: 10, against: 10 };

function barsOf({ bars }, middle, scale) {
  return bars
    .filter(({ value }) => Number.isFinite(value))
    .map(({ value, kind, from }) => {
      const { x, width } = scale.span(value, from);
      const least = value === 0 && from === undefined ? 0 : Math.max(width, 1.5);
      const height = THICK[kind] ?? 10;
      return s("rect", {
        class: `tx-bar-${kind}`,
        x,
        y: middle - height / 2,
        width: least,
        height,
        rx: 2,
      });
    });
}

function cell(row, column, end, middle) {
  if (!column.isTrend)
    return s(
      "text",
      { class: "tx-bar-cell", x: end, y: middle, "text-anchor": "end", "dominant-baseline": "central" },
      row.cells[column.key] ?? "–",
    );
  if (!row.trend) return null;
  const d = trendPath(row.trend, { ...TREND, x: end - TREND.width, y: middle - TREND.height / 2 });
  return s("path", { class: "tx-stroke tx-bar-trend", d });
}

/** Move rows that were there before from their previous positions. */
function glide(rows, drawn, lineHeight, places) {
  if (!places) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  rows.forEach(({ key }, i) => {
    const shift = places.has(key) ? (places.get(key) - i) * lineHeight : 0;
    if (shift && !still)
      drawn[i].animate([{ transform: `translateY(${shift}px)` }, { transform: "none" }], {
        duration: GLIDE_MS,
        easing: "ease-out",
      });
  });
  places.clear();
  for (const [i, { key }] of rows.entries()) places.set(key, i);
}
