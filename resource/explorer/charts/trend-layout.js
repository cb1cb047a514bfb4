/** A topic over time: as a small line, and as points of a chart. */

/**
 * @typedef {Object} TrendPoint a period
 * @property {string} label
 * @property {number} n its documents that have a topic
 * @property {number} nTopic those with this topic
 * @property {number | null} share
 * @property {boolean} partial
 */

/**
 * Return the path of a small line of counts, between zero and its largest count.
 * @param {number[]} counts of spans of equal length
 * @param {{x: number, y: number, width: number, height: number}} box in CSS pixels
 * @returns {string} empty for fewer than two counts
 */
export function trendPath(counts, { x, y, width, height }) {
  if (counts.length < 2) return "";
  const most = Math.max(...counts, 1);
  const step = width / (counts.length - 1);
  const points = counts.map((n, i) => `${(x + i * step).toFixed(1)},${(y + height * (1 - n / most)).toFixed(1)}`);
  return `M${points.join("L")}`;
}

/**
 * Join periods with the counts of a topic.
 * @param {{label: string, partial: boolean}[]} periods
 * @param {number[]} assigned documents of them that have a topic
 * @param {number[]} counts of the topic in them
 * @returns {TrendPoint[]} share is null, not 0, for a period without documents that have a topic
 */
export function trendPoints(periods, assigned, counts) {
  return periods.map(({ label, partial }, i) => {
    const [n, nTopic] = [assigned[i], counts[i] ?? 0];
    return { label, n, nTopic, share: n > 0 ? nTopic / n : null, partial: Boolean(partial) };
  });
}

/**
 * Join neighbouring periods where there are more than a small chart can show, so that each has enough documents.
 * @param {TrendPoint[]} points of `trendPoints`
 * @param {number} most maximum number of points
 * @returns {TrendPoint[]} points of several periods, as "1790–1793"; the same points where there are few
 */
export function joinPeriods(points, most) {
  const together = Math.ceil(points.length / most);
  if (together < 2) return points;
  const joined = [];
  for (let start = 0; start < points.length; start += together) joined.push(sumOf(points.slice(start, start + together)));
  return joined;
}

function sumOf(points) {
  const [first, last] = [points[0], points.at(-1)];
  const sum = (name) => points.reduce((total, point) => total + point[name], 0);
  const [n, nTopic] = [sum("n"), sum("nTopic")];
  return {
    label: first === last ? first.label : `${first.label}–${last.label}`,
    n,
    nTopic,
    share: n > 0 ? nTopic / n : null,
    partial: points.some(({ partial }) => partial),
  };
}

/**
 * Return the pieces of a trend between periods whose share is not known.
 * @param {{share: number | null}[]} points
 * @returns {number[][]} indices of the points of each piece
 */
export function piecesOf(points) {
  const pieces = [];
  for (const [i, { share }] of points.entries()) {
    if (share === null) continue;
    if (i > 0 && points[i - 1].share !== null) pieces.at(-1).push(i);
    else pieces.push([i]);
  }
  return pieces;
}

const rounded = (places) => places.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L");

/** @param {number[][]} places x and y of each point @returns {string} */
export function linePath(places) {
  return `M${rounded(places)}`;
}

/** @param {number[][]} places x and y of each point @param {number} floor y below them @returns {string} */
export function areaPath(places, floor) {
  return `M${rounded([[places[0][0], floor], ...places, [places.at(-1)[0], floor]])}Z`;
}
