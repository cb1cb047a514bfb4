/** A matrix as an SVG to be saved: all of it, including what is scrolled out of view. */

import { hueOf } from "../../lib/palette.js";
import { hatchPath } from "./legend.js";
import { measureMatrix } from "./matrix.js";
import { drawing, s } from "../../lib/svg.js";
import { fitted, fittedText, textWidth } from "../text.js";

const CELL_HEIGHT = 26;
const GAP = 1;
const MAX_HEAD = 130; // height of headers written upwards
const LINE = 15;
const LEGEND_HEIGHT = 44;
const LEGEND_WIDTH = 520;

/**
 * Draw the picture.
 * @param {import("./matrix.js").Matrix} matrix
 * @param {number} width in CSS pixels; the picture is as wide as its columns need
 * @param {SVGElement | null} legend put below, see `legend.js`
 * @returns {SVGSVGElement}
 */
export function matrixPicture(matrix, width, legend = null) {
  const sizes = measureMatrix(matrix, width);
  const { rowHead, cell, isAcross } = sizes;
  const longest = Math.max(0, ...matrix.columns.map((head) => textWidth(`${headText(head)}  ${head.detail ?? ""}`)));
  const headHeight = isAcross ? 2 * LINE + 8 : Math.min(MAX_HEAD, Math.ceil(longest)) + 10;
  const cornerOf = (r, c) => ({ x: rowHead + c * (cell + GAP), y: headHeight + r * CELL_HEIGHT });
  const heads = matrix.columns.map((head, c) =>
    (isAcross ? headAcross : headUpwards)(head, cornerOf(0, c).x, cell, headHeight),
  );
  const rows = matrix.rows.map((head, r) => drawRowHead(head, cornerOf(r, 0).y, rowHead));
  const cells = matrix.cells.map((row, r) => row.map((one, c) => drawCell(one, cornerOf(r, c), sizes)));
  const legendTop = headHeight + matrix.rows.length * CELL_HEIGHT + 12;
  legend?.setAttribute("transform", `translate(${rowHead} ${legendTop})`);
  const height = legendTop + (legend ? LEGEND_HEIGHT : 0);
  const whole = Math.max(rowHead + matrix.columns.length * (cell + GAP), legend ? rowHead + LEGEND_WIDTH : 0);
  return drawing({ width: whole, height, title: matrix.caption }, heads, rows, cells, legend);
}

/** @param {import("./matrix.js").Head} head */
function headText({ name, topic }) {
  return topic === null || topic === undefined ? name : `${topic} ${name}`;
}

function headAcross(head, x, size, height) {
  const middle = x + size / 2;
  return [
    fittedText(headText(head), size - 6, {
      class: "tx-mark-label",
      x: middle,
      y: height - LINE - 8,
      "text-anchor": "middle",
    }),
    head.detail && s("text", { x: middle, y: height - 8, "text-anchor": "middle" }, head.detail),
  ];
}

function headUpwards(head, x, size, height) {
  const turned = {
    transform: `translate(${x + size / 2} ${height - 6}) rotate(-90)`,
    "dominant-baseline": "central",
    class: "tx-mark-label",
  };
  const detail = head.detail ? `  ${head.detail}` : "";
  return s("text", turned, fitted(headText(head), height - 8 - textWidth(detail)) + detail);
}

/** @param {import("./matrix.js").Head} head @param {number} y @param {number} width */
function drawRowHead({ name, detail, topic }, y, width) {
  const middle = y + CELL_HEIGHT / 2;
  const hasTopic = topic !== null && topic !== undefined;
  const end = width - 8;
  const start = hasTopic ? 16 + 8 * String(topic).length + 4 : 0;
  const room = end - start - (detail ? textWidth(detail) + 8 : 0);
  return [
    hasTopic &&
      s("rect", { class: "tx-fill", "data-hue": hueOf(topic), x: 0, y: middle - 5, width: 10, height: 10, rx: 3 }),
    hasTopic && s("text", { x: 16, y: middle, "dominant-baseline": "central" }, String(topic)),
    fittedText(name, room, { class: "tx-mark-label", x: start, y: middle, "dominant-baseline": "central" }),
    detail && s("text", { x: end, y: middle, "text-anchor": "end", "dominant-baseline": "central" }, detail),
  ];
}

/**
 * @param {import("./matrix.js").Cell} one @param {{x: number, y: number}} corner
 * @param {{cell: number, hasTexts: boolean}} sizes
 */
function drawCell({ level, text, isFew }, { x, y }, { cell: width, hasTexts }) {
  const height = CELL_HEIGHT - GAP;
  const middle = { x: x + width / 2, y: y + height / 2, "text-anchor": "middle", "dominant-baseline": "central" };
  return s(
    "g",
    { "data-level": level },
    s("rect", { class: "tx-level", x, y, width, height, rx: 2 }),
    isFew
      ? s("path", { class: "tx-hatch", d: hatchPath(x, y, width, height) })
      : hasTexts && text && s("text", { class: "tx-level-text", ...middle }, text),
  );
}
