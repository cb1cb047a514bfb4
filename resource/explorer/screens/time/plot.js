/** One topic over time as a line above an area; what is uncertain in it is drawn so. */

import { s } from "../../lib/svg.js";
import { FEW_DOCUMENTS, pieces } from "../../model/periods.js";

/**
 * Tell what is uncertain about a period.
 * @param {import("./model.js").TimeModel} model
 * @returns {function(number): {isPartial: boolean, isFew: boolean}}
 */
export function natureIn({ answer, assigned, measure }) {
  return (i) => ({
    isPartial: answer.periods[i].partial === true,
    // A count of few documents is a small count; only a share of them jumps.
    isFew: measure === "share" && assigned[i] < FEW_DOCUMENTS,
  });
}

/**
 * Give the middle of each period on the axis.
 * @param {number} n periods
 * @param {number} width of the plot in CSS pixels
 * @returns {function(number): number}
 */
export function middles(n, width) {
  return (i) => ((i + 0.5) * width) / n;
}

/**
 * Draw a topic's values.
 * @param {{model: Object, values: Array<?number>, scale: function(number): number, width: number, hue: string}} options
 * @returns {SVGElement}
 */
export function plot({ model, values, scale, width, hue }) {
  const x = middles(values.length, width);
  const nature = natureIn(model);
  // What few documents make too large for the scale ends at its top.
  const y = (i) => Math.max(0, scale(values[i]));
  const point = (i) => `${round(x(i))},${round(y(i))}`;
  const parts = pieces(values, nature);
  const lines = parts.map(({ kind, places }) =>
    s("path", { class: `tx-stroke tx-line tx-line-${kind}`, d: `M${places.map(point).join("L")}` }),
  );
  return s(
    "g",
    { "data-hue": hue },
    s("path", { class: "tx-fill tx-area", d: areaOf(parts, x, point, scale(0)) }),
    lines,
    points(values, parts, nature, x, y),
  );
}

function areaOf(parts, x, point, floor) {
  const piece = ({ places }) =>
    [
      `M${round(x(places[0]))},${round(floor)}`,
      ...places.map(point),
      `${round(x(places.at(-1)))},${round(floor)}Z`,
    ].join("L");
  return parts.map(piece).join("");
}

/** Points where a line would hide something: a period that is not over, and one without neighbours. */
function points(values, parts, nature, x, y) {
  const joined = new Set(parts.flatMap(({ places }) => places));
  return values.map((value, i) => {
    if (value === null || (joined.has(i) && !nature(i).isPartial)) return null;
    const { isPartial, isFew } = nature(i);
    const kind = isPartial ? "partial" : isFew ? "few" : "sure";
    return s("circle", { class: `tx-point tx-point-${kind}`, cx: round(x(i)), cy: round(y(i)), r: 3 });
  });
}

function round(value) {
  return Math.round(value * 10) / 10;
}
