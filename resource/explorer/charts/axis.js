/** Axes: a few round ticks, light lines, and labels. */

import { scaleLinear } from "./d3.js";
import { s } from "../lib/svg.js";
import { textWidth } from "./text.js";

const LABEL_GAP = 8; // CSS pixels between two labels

/**
 * Create the scale of a quantity that starts at 0.
 * @param {number} largest value to be shown
 * @param {number} height of the plot in CSS pixels; values grow upwards
 * @param {number} [ticks] approximate number
 * @returns {import("./d3.js").LinearScale} whose domain ends at a round number
 */
export function scaleUp(largest, height, ticks = 3) {
  return scaleLinear([0, largest > 0 ? largest : 1], [height, 0]).nice(ticks);
}

/**
 * Create the scale of a very small chart, which has no room to end at a round number.
 * @param {number} largest value to be shown
 * @param {number} height of the plot in CSS pixels
 * @returns {import("./d3.js").LinearScale}
 */
export function tightScaleUp(largest, height) {
  return scaleLinear([0, largest > 0 ? largest : 1], [height, 0]);
}

/**
 * Draw lines across the plot at round values, with labels at the left.
 * @param {{scale: import("./d3.js").LinearScale, width: number, ticks?: number, format: (value: number) => string}}
 *   options
 * @returns {SVGElement}
 */
export function valueAxis({ scale, width, ticks = 3, format }) {
  const values = scale.ticks(ticks);
  const mark = (value) => [
    s("line", { class: value === 0 ? "tx-axis" : "tx-grid", x1: 0, x2: width, y1: scale(value), y2: scale(value) }),
    s("text", { x: -6, y: scale(value), "text-anchor": "end", "dominant-baseline": "central" }, format(value)),
  ];
  return s("g", {}, values.map(mark));
}

/**
 * Draw labels below the plot; a label that would touch the one before is left out, its tick stays.
 * @param {{places: {x: number, label: string}[], width: number, y: number, left?: number, right?: number}} options
 *   places in CSS pixels, from left to right; labels may use `left` and `right` beside the plot
 * @returns {SVGElement}
 */
export function labelsBelow({ places, width, y, left = 0, right = 0 }) {
  let taken = -Infinity;
  const mark = ({ x, label }) => {
    const length = textWidth(label);
    const start = Math.max(-left, Math.min(width + right - length, x - length / 2));
    const fits = start >= taken + LABEL_GAP;
    if (fits) taken = start + length;
    return [
      s("line", { class: "tx-axis", x1: x, x2: x, y1: y, y2: y + 4 }),
      fits && s("text", { x: start, y: y + 16 }, label),
    ];
  };
  return s("g", {}, places.map(mark));
}

/**
 * Return how many labels fit.
 * @param {string[]} labels
 * @param {number} width in CSS pixels
 * @returns {number} at least one
 */
export function roomForLabels(labels, width) {
  const longest = Math.max(0, ...labels.map((label) => textWidth(label)));
  return Math.max(1, Math.floor(width / (longest + 2 * LABEL_GAP)));
}
