/** The documents on the map as arrays: read from the answer, and found by place. */

/**
 * @typedef {Object} Points
 * @property {Uint16Array} x 0 to 65535
 * @property {Uint16Array} y
 * @property {Int32Array} topic final topic, -1 for none
 * @property {Int32Array} row of the dataset
 * @property {Uint8Array} matches 1 for documents that match the filters
 * @property {number} n
 */

/** @typedef {{topic: number, x: number, y: number, r: number, n: number}} Island -1 to 1 */

export const GRID = 65_535;
const CELLS = 128; // of the index, along each side

const KINDS = { x: Uint16Array, y: Uint16Array, topic: Int32Array, row: Int32Array, matches: Uint8Array };

/**
 * Read the points of an answer.
 * @param {Record<string, string>} encoded arrays in base64, little-endian
 * @returns {Points} as many as the shortest array has
 */
export function readPoints(encoded) {
  const arrays = Object.entries(KINDS).map(([name, Kind]) => {
    const bytes = Uint8Array.from(atob(encoded[name] ?? ""), (letter) => letter.charCodeAt(0));
    return [name, new Kind(bytes.buffer, 0, Math.floor(bytes.length / Kind.BYTES_PER_ELEMENT))];
  });
  return { ...Object.fromEntries(arrays), n: Math.min(...arrays.map(([, array]) => array.length)) };
}

/** Convert -1 to 1, as islands and areas have it, to the grid of the points. @param {number} value @returns {number} */
export const toGrid = (value) => ((Math.max(-1, Math.min(1, value)) + 1) / 2) * GRID;

/** @param {number} value on the grid @returns {number} -1 to 1, with four digits */
export const fromGrid = (value) => Math.round((Math.max(0, Math.min(GRID, value)) / GRID) * 20_000 - 10_000) / 10_000 + 0;

/**
 * Build an index that finds the point nearest to a place.
 * @param {Points} points
 * @returns {(x: number, y: number, most: number) => number | null} index of the nearest point that matches the filters,
 *   or else of any other, at most so far away on the grid
 */
export function nearestPoint({ x, y, matches, n }) {
  const cell = (value) => Math.min(CELLS - 1, Math.floor((value / (GRID + 1)) * CELLS));
  const starts = new Int32Array(CELLS * CELLS + 1);
  for (let i = 0; i < n; i += 1) starts[cell(y[i]) * CELLS + cell(x[i]) + 1] += 1;
  for (let i = 0; i < CELLS * CELLS; i += 1) starts[i + 1] += starts[i];
  const next = starts.slice();
  const sorted = new Int32Array(n);
  for (let i = 0; i < n; i += 1) {
    const place = cell(y[i]) * CELLS + cell(x[i]);
    sorted[next[place]] = i;
    next[place] += 1;
  }
  return (px, py, most) => {
    const best = [null, null];
    const least = [most * most, most * most];
    const [left, right] = [cell(Math.max(0, px - most)), cell(Math.max(0, Math.min(GRID, px + most)))];
    for (let line = cell(Math.max(0, py - most)); line <= cell(Math.max(0, Math.min(GRID, py + most))); line += 1) {
      for (let k = starts[line * CELLS + left]; k < starts[line * CELLS + right + 1]; k += 1) {
        const i = sorted[k];
        const distance = (x[i] - px) ** 2 + (y[i] - py) ** 2;
        const kind = matches[i] ? 0 : 1;
        if (distance > least[kind]) continue;
        least[kind] = distance;
        best[kind] = i;
      }
    }
    return best[0] ?? best[1];
  };
}

/**
 * Count the drawn documents of each topic.
 * @param {Points} points
 * @returns {Map<number, {n: number, matching: number}>}
 */
export function countByTopic({ topic, matches, n }) {
  const counts = new Map();
  for (let i = 0; i < n; i += 1) {
    const count = counts.get(topic[i]) ?? { n: 0, matching: 0 };
    count.n += 1;
    count.matching += matches[i];
    counts.set(topic[i], count);
  }
  return counts;
}

/**
 * Find for each topic the one whose island is next to its own, by the gap between them.
 * @param {Island[]} islands a merged topic may have several
 * @returns {Map<number, number>} topics by topic
 */
export function neighbours(islands) {
  const found = new Map();
  const gaps = new Map();
  for (const one of islands) {
    for (const other of islands) {
      if (one.topic === other.topic) continue;
      const gap = Math.hypot(one.x - other.x, one.y - other.y) - one.r - other.r;
      if (gap >= (gaps.get(one.topic) ?? Infinity)) continue;
      gaps.set(one.topic, gap);
      found.set(one.topic, other.topic);
    }
  }
  return found;
}
