/** The legend of a matrix and the hatching of its cells, in the page and in a saved picture. */

import { h } from "../../lib/dom.js";
import { s } from "../../lib/svg.js";

const WIDTH = 34;
const HEIGHT = 12;
const HATCH_STEP = 6; // CSS pixels between two lines, along the edge

/**
 * @typedef {Object} Key
 * @property {string} level as of cells
 * @property {string} label empty where only some are labelled
 */

/**
 * Draw the legend of the page.
 * @param {Key[]} keys from one end to the other
 * @param {{ends: string[], few: string | null}} words what the ends mean, and the hatching
 * @returns {HTMLElement}
 */
export function legendList(keys, { ends, few }) {
  const key = ({ level, label }) =>
    h("li", {}, h("span", { class: "tx-legend-colour", "data-level": level }), h("span", {}, label));
  return h(
    "div",
    { class: "tx-matrix-legend tx-detail" },
    h("span", {}, ends[0]),
    h("ul", { class: "tx-legend-keys" }, ...keys.map(key)),
    h("span", {}, ends[1]),
    few &&
      h(
        "span",
        { class: "tx-legend-few tx-inline" },
        h("span", { class: "tx-legend-colour", "data-level": "0", "data-few": "true" }),
        few,
      ),
  );
}

/**
 * Draw the legend of a picture.
 * @param {Key[]} keys @param {{ends: string[], few: string | null}} words
 * @returns {SVGElement}
 */
export function legendDrawing(keys, { ends, few }) {
  const key = ({ level, label }, i) => [
    s("rect", { class: "tx-level", "data-level": level, x: i * WIDTH, y: 0, width: WIDTH - 1, height: HEIGHT }),
    s("text", { x: (i + 0.5) * WIDTH, y: HEIGHT + 13, "text-anchor": "middle" }, label),
  ];
  const right = keys.length * WIDTH + 24;
  return s(
    "g",
    {},
    keys.map(key),
    s("text", { x: 0, y: HEIGHT + 28 }, `${ends[0]} – ${ends[1]}`),
    few && [
      s("rect", { class: "tx-level", "data-level": "0", x: right, y: 0, width: WIDTH, height: HEIGHT }),
      s("path", { class: "tx-hatch", d: hatchPath(right, 0, WIDTH, HEIGHT) }),
      s("text", { x: right + WIDTH + 6, y: HEIGHT - 2 }, few),
    ],
  );
}

/**
 * Return the lines that hatch a rectangle from lower left to upper right: lines look the same in the page, a saved SVG
 * and a PNG.
 * @param {number} x @param {number} y @param {number} width @param {number} height
 * @returns {string} data of an SVG path
 */
export function hatchPath(x, y, width, height) {
  const lines = [];
  for (let along = HATCH_STEP / 2; along < width + height; along += HATCH_STEP) {
    const [x1, y1] = along <= height ? [0, along] : [along - height, height];
    const [x2, y2] = along <= width ? [along, 0] : [width, along - width];
    lines.push(`M${round(x + x1)},${round(y + y1)}L${round(x + x2)},${round(y + y2)}`);
  }
  return lines.join("");
}

function round(value) {
  return Math.round(value * 100) / 100;
}
