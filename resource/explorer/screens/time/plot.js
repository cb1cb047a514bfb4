/** One topic over time as a line above an area; uncertain parts are drawn differently. */

import { s } from "../../lib/svg.js";
import { FEW_DOCUMENTS, pieces } from "../../model/periods.js";

/**
 * Return the function from a period to what is uncertain about it.
 * @param {import("./model.js").TimeModel} model
 * @returns {(period: number) => {isPartial: boolean, isFew: boolean}}
 */
function uncertaintyIn({ answer, support, measure }) {
  return (i) => ({
    isPartial: answer.periods[i].partial === true,
    // A count of few documents is reliable; only a share of few documents is not.
    isFew: measure === "share" && support[i] < FEW_DOCUMENTS,
  });
}

/**
 * Return the function from a period's index to its middle on the axis.
 * @param {number} n periods
 * @param {number} width of the plot in CSS pixels
 * @returns {(period: number) => number}
 */
export function middles(n, width) {
  return (i) => ((i + 0.5) * width) / n;
}

/**
 * Draw a topic's values.
 * @param {{model: Object, values: (number | null)[], scale: (value: number) => number, width: number,
 *   hue: string}} options
 * @returns {SVGElement}
 */
export function plot({ model, values, scale, width, hue }) {
  const x = middles(values.length, width);
  const uncertainty = uncertaintyIn(model);
  // Values of few documents may exceed the scale; clip them at its top.
  const y = (i) => Math.max(0, scale(values[i]));
  const point = (i) => `${round(x(i))},${round(y(i))}`;
  const parts = pieces(values, uncertainty);
  const lines = parts.map(({ kind, places }) =>
    s("path", { class: `tx-stroke tx-line tx-line-${kind}`, d: `M${places.map(point).join("L")}` }),
  );
  return s(
    "g",
    { "data-hue": hue },
    s("path", { class: "tx-fill tx-area", d: areaOf(parts, x, point, scale(0)) }),
    lines,
    points(values, parts, uncertainty, x, y),
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

/** Draw points that a line would not show: incomplete periods and periods without neighbours. */
function points(values, parts, uncertainty, x, y) {
  const joined = new Set(parts.flatMap(({ places }) => places));
  return values.map((value, i) => {
    if (value === null || (joined.has(i) && !uncertainty(i).isPartial)) return null;
    const { isPartial, isFew } = uncertainty(i);
    const kind = isPartial ? "partial" : isFew ? "few" : "sure";
    return s("circle", { class: `tx-point tx-point-${kind}`, cx: round(x(i)), cy: round(y(i)), r: 3 });
  });
}

function round(value) {
  return Math.round(value * 10) / 10;
}
