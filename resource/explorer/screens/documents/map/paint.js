/**
 * Paint points into the pixels of a canvas: one pass over typed arrays, several times as fast as drawing each by the
 * canvas itself.
 */

import { GRID } from "./points.js";

/** @typedef {{scale: number, x: number, y: number}} Place pixel = grid · scale + shift */

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
 * @param {{data: Uint32Array, width: number, height: number}} pixels RGBA as 32-bit numbers
 * @param {import("./points.js").Points} points
 * @param {Place} place
 * @param {number} radius in pixels
 * @param {{ofPoint: (i: number) => number, dim: number}} colours RGBA numbers; 0 leaves a point out
 */
export function paintPoints(pixels, points, place, radius, { ofPoint, dim }) {
  const stamp = stampOf(radius);
  for (const wanted of [0, 1]) {
    for (let i = 0; i < points.n; i += 1) {
      if (points.matches[i] !== wanted) continue;
      const x = points.x[i] * place.scale + place.x;
      const y = points.y[i] * place.scale + place.y;
      if (x < -radius || y < -radius || x > pixels.width + radius || y > pixels.height + radius) continue;
      paintStamp(pixels, stamp, Math.round(x), Math.round(y), wanted ? ofPoint(i) : dim);
    }
  }
}

/**
 * Compute which pixels around its middle a disc covers.
 * @param {number} radius
 * @returns {{dx: Int8Array, dy: Int8Array, share: Float32Array}} share of each pixel that is covered
 */
export function stampOf(radius) {
  const cells = [];
  const reach = Math.ceil(radius + 0.5);
  for (let dy = -reach; dy <= reach; dy += 1) {
    for (let dx = -reach; dx <= reach; dx += 1) {
      const share = Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(dx, dy)));
      if (share > 0.05) cells.push([dx, dy, share]);
    }
  }
  return {
    dx: Int8Array.from(cells, ([dx]) => dx),
    dy: Int8Array.from(cells, ([, dy]) => dy),
    share: Float32Array.from(cells, ([, , share]) => share),
  };
}

function paintStamp({ data, width, height }, { dx, dy, share }, x, y, colour) {
  for (let k = 0; k < dx.length; k += 1) {
    const px = x + dx[k];
    const py = y + dy[k];
    if (px < 0 || py < 0 || px >= width || py >= height) continue;
    const at = py * width + px;
    data[at] = share[k] >= 1 ? colour : mixed(data[at], colour, share[k]);
  }
}

/** Mix two opaque colours. @param {number} under @param {number} over @param {number} share of the second @returns {number} */
export function mixed(under, over, share) {
  const channel = (shift) => {
    const below = (under >>> shift) & 255;
    return (below + (((over >>> shift) & 255) - below) * share) & 255;
  };
  return ((255 << 24) | (channel(16) << 16) | (channel(8) << 8) | channel(0)) >>> 0;
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
