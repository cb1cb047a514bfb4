/** The whole document map as a drawing to be saved: one path of dots for each colour. */

import { s } from "../../../lib/svg.js";
import { hueOf } from "../../../lib/palette.js";
import { labelsWithRoom } from "./labels.js";
import { placeOf, radiusOf } from "./paint.js";

const SIDE = 720;
const MARGIN = 12;
const LETTER = 6.8; // mean width

/**
 * Draw the map.
 * @param {import("./surface.js").Drawn} drawn @param {string} title
 * @returns {SVGSVGElement}
 */
export function mapPicture({ points, islands, labels, hues }, title) {
  const size = { width: SIDE, height: SIDE };
  const place = placeOf(size, { k: 1, x: 0, y: 0 }, 1, MARGIN);
  const area = islands.reduce((sum, { r }) => sum + Math.PI * r * r, 0);
  const width = 2 * radiusOf(points.n, area, SIDE - 2 * MARGIN, 1);
  const dots = new Map();
  for (let i = 0; i < points.n; i += 1) {
    const hue = points.matches[i] ? hueOf(hues.get(points.topic[i]) ?? null) : "";
    const at = `M${(points.x[i] * place.scale + place.x).toFixed(1)},${(points.y[i] * place.scale + place.y).toFixed(1)}h0`;
    if (!dots.has(hue)) dots.set(hue, []);
    dots.get(hue).push(at);
  }
  // Documents that do not match the filters come first, below the others.
  const paths = [...dots].sort(([one], [other]) => Number(one !== "") - Number(other !== ""));
  const names = labelsWithRoom(islands, labels, place, size, (text) => text.length * LETTER);
  return s(
    "svg",
    { class: "tx-chart", role: "img", ...size, viewBox: `0 0 ${SIDE} ${SIDE}` },
    s("title", {}, title),
    paths.map(([hue, ats]) => s("path", { class: "tx-docmap-dots", "data-hue": hue || null, "stroke-width": width, d: ats.join("") })),
    names.map(({ text, x, y }) => s("text", { class: "tx-docmap-name", x, y, "text-anchor": "middle", "dominant-baseline": "central" }, text)),
  );
}
