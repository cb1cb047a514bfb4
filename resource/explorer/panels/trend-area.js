/** The share of one topic per period as an area, with few labels. */

import { areaPath, linePath, piecesOf } from "../charts/trend-layout.js";
import { count, percent, plural } from "../lib/format.js";
import { drawing, s } from "../lib/svg.js";
import { axisLabels, FEW_DOCUMENTS as FEW, tickPlaces } from "../model/periods.js";

const HEIGHT = 132;
const BOTTOM = 20;
const TOP = 14;

/**
 * Draw the chart.
 * @param {import("../charts/trend-layout.js").TrendPoint[]} points at least two
 * @param {{width: number, height?: number, title: string, spans?: number[][], calendar?: any}} options sizes in CSS
 *   pixels; `spans` are shaded, each from and to a fraction of the time; `calendar` is the answer whose periods the
 *   points are, null where they are joined
 * @returns {SVGSVGElement}
 */
export function drawTrend(points, { width, height = HEIGHT, title, spans = [], calendar = null }) {
  const largest = Math.max(...points.map(({ share }) => share ?? 0));
  const most = largest || 1;
  const floor = height - BOTTOM;
  const x = (i) => 1 + ((width - 2) * i) / (points.length - 1);
  const y = (share) => floor - ((floor - TOP) * share) / most;
  const places = piecesOf(points).map((piece) => piece.map((i) => [x(i), y(points[i].share)]));
  return drawing(
    { width, height, title },
    spans.map(([from, to]) => spanOf(1 + (width - 2) * from, 1 + (width - 2) * to, floor)),
    largest > 0 && s("line", { class: "tx-grid", x1: 0, x2: width, y1: TOP, y2: TOP }),
    largest > 0 && s("text", { x: 0, y: TOP - 4 }, percent(largest)),
    s("path", { class: "tx-trend-area", d: places.map((piece) => areaPath(piece, floor)).join("") }),
    s("path", { class: "tx-stroke tx-trend-line", d: places.map(linePath).join("") }),
    s("line", { class: "tx-axis", x1: 0, x2: width, y1: floor, y2: floor }),
    dots(points, x, y, width),
    calendar ? roundTicks(calendar, x, { width, height }) : ticks(points, x, { width, height }),
    bands(points, x, { width, floor }),
  );
}

function spanOf(from, to, floor) {
  return s("rect", { class: "tx-trend-span", x: from, y: TOP, width: Math.max(2, to - from), height: floor - TOP });
}

/** Draw isolated points, which no line shows, and points of few documents. */
function dots(points, x, y, width) {
  const dense = points.length > width / 6;
  return points.map((point, i) => {
    const lone =
      point.share !== null && (points[i - 1]?.share ?? null) === null && (points[i + 1]?.share ?? null) === null;
    if (point.share === null || (!lone && (dense || point.n >= FEW))) return null;
    return s("circle", { class: point.n < FEW ? "tx-trend-few" : "tx-fill", cx: x(i), cy: y(point.share), r: 2.5 });
  });
}

/** Label round years, or the first days of longer periods. */
function roundTicks(answer, x, { width, height }) {
  const labels = axisLabels(answer);
  const last = labels.length - 1;
  return tickPlaces(answer, Math.max(2, Math.floor(width / 90))).map((place) => {
    const anchor = place === 0 ? "start" : place === last ? "end" : "middle";
    return s("text", { x: x(place), y: height - 5, "text-anchor": anchor }, labels[place]);
  });
}

/** Label joined periods at equal distances, and the last one. */
function ticks(points, x, { width, height }) {
  const room = Math.max(2, Math.floor(width / 90));
  const step = Math.max(1, Math.ceil((points.length - 1) / room));
  const last = points.length - 1;
  return points.map(({ label }, i) => {
    if (i !== last && (i % step || last - i < step * 0.7)) return null;
    const anchor = i === 0 ? "start" : i === last ? "end" : "middle";
    return s("text", { x: x(i), y: height - 5, "text-anchor": anchor }, edgeOf(label, i === last));
  });
}

/** Return the axis label of a span of periods: its first period, or its last one at the end of the axis. */
function edgeOf(label, isLast) {
  const [first, last = first] = label.split("–");
  return isLast ? last : first;
}

/** Draw an invisible band over each period, with its values as a tooltip. */
function bands(points, x, { width, floor }) {
  const step = (width - 2) / (points.length - 1);
  return points.map(({ label, share, nTopic, n, partial }, i) => {
    const known = n ? `${percent(share)}, ${count(nTopic)} of ${plural(n, "document")} with a topic` : "no document with a topic";
    const title = `${label}${partial ? " (incomplete)" : ""}: ${known}`;
    return s(
      "rect",
      { class: "tx-hit tx-trend-band", x: x(i) - step / 2, y: 0, width: step, height: floor },
      s("title", {}, title),
    );
  });
}
