/**
 * Paint points into the pixels of a canvas: one pass over typed arrays, several times as fast as drawing each by the
 * canvas itself.
 */

import { GRID } from "./points.js";

/** @typedef {{scale: number, x: number, y: number}} Place pixel = grid · scale + shift */
/** @typedef {{data: Uint32Array, width: number, height: number}} Pixels each pixel ABGR in one number */

const MOST_RADIUS = 7; // in pixels of the screen

/**
 * Compute how large points are: together they cover about half of the islands, as far as they can be seen.
 * @param {number} n points
 * @param {number} area of the islands, where the map is 2 wide
 * @param {number} side of the map in pixels
 * @param {number} ratio pixels of the screen per CSS pixel
 * @returns {number} radius in pixels
 */
export function radiusOf(n, area, side, ratio) {
  const each = (area * (side / 2) ** 2) / Math.max(1, n);
  return Math.max(0.75 * ratio, Math.min(MOST_RADIUS * ratio, 0.4 * Math.sqrt(each)));
}

/**
 * Paint the points, those that match the filters on top.
 * @param {Pixels} pixels
 * @param {import("./points.js").Points} points
 * @param {Place} place
 * @param {number} radius in pixels
 * @param {{ofPoint: (i: number) => number, dim: number}} colours RGBA numbers
 */
export function paintPoints(pixels, { x, y, matches, n }, place, radius, { ofPoint, dim }) {
  const stamp = stampOf(radius, pixels.width);
  const { reach } = stamp;
  const [right, bottom] = [pixels.width - reach, pixels.height - reach];
  for (const wanted of [0, 1]) {
    for (let i = 0; i < n; i += 1) {
      if (matches[i] !== wanted) continue;
      const px = Math.round(x[i] * place.scale + place.x);
      const py = Math.round(y[i] * place.scale + place.y);
      // At the edge a point is left out as a whole: checking each pixel would take twice as long.
      if (px < reach || py < reach || px >= right || py >= bottom) continue;
      paintStamp(pixels.data, stamp, py * pixels.width + px, wanted ? ofPoint(i) : dim);
    }
  }
}

/**
 * Compute which pixels around its middle a disc covers, in full and in part.
 * @param {number} radius @param {number} width of a line of pixels
 * @returns {{full: Int32Array, part: Int32Array, share: Uint16Array, reach: number}} places from the middle; shares of 256
 */
export function stampOf(radius, width) {
  const reach = Math.ceil(radius + 0.5);
  const span = Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);
  const cells = span.flatMap((dy) =>
    span.map((dx) => ({ at: dy * width + dx, share: Math.round(256 * Math.max(0, Math.min(1, radius + 0.5 - Math.hypot(dx, dy)))) })),
  );
  const full = cells.filter(({ share }) => share >= 250);
  const part = cells.filter(({ share }) => share > 12 && share < 250);
  return { full: Int32Array.from(full, ({ at }) => at), part: Int32Array.from(part, ({ at }) => at), share: Uint16Array.from(part, ({ share }) => share), reach };
}

function paintStamp(data, { full, part, share }, middle, colour) {
  for (let k = 0; k < full.length; k += 1) data[middle + full[k]] = colour;
  for (let k = 0; k < part.length; k += 1) data[middle + part[k]] = mixed(data[middle + part[k]], colour, share[k]);
}

/** Mix two opaque colours. @param {number} under @param {number} over @param {number} share of the second, of 256 @returns {number} */
export function mixed(under, over, share) {
  const rest = 256 - share;
  const outer = (((under & 0xff00ff) * rest + (over & 0xff00ff) * share) >>> 8) & 0xff00ff;
  const inner = (((under & 0xff00) * rest + (over & 0xff00) * share) >>> 8) & 0xff00;
  return (0xff000000 | outer | inner) >>> 0;
}

/**
 * Read a colour as the number that its pixel has in memory.
 * @param {string} colour as "#4e42d7"
 * @returns {number} ABGR, as in a little-endian RGBA pixel
 */
export function pixelOf(colour) {
  const value = Number.parseInt(colour.trim().slice(1), 16) || 0;
  return ((255 << 24) | ((value & 255) << 16) | (value & 0xff00) | (value >>> 16)) >>> 0;
}

/**
 * Compute where the map lies in a canvas: the whole map in the middle, then zoomed.
 * @param {{width: number, height: number}} size in CSS pixels
 * @param {{k: number, x: number, y: number}} zoom in CSS pixels
 * @param {number} ratio pixels of the screen per CSS pixel
 * @param {number} margin in CSS pixels
 * @returns {Place}
 */
export function placeOf({ width, height }, { k, x, y }, ratio, margin) {
  const side = Math.min(width, height) - 2 * margin;
  const shift = (length, moved) => (((length - side) / 2) * k + moved) * ratio;
  return { scale: (side * k * ratio) / GRID, x: shift(width, x), y: shift(height, y) };
}
