/** Layout of the topic map: positions and sizes of the circles, and the labels that fit beside them. */

const LABEL_GAP = 4;
const LINE = 16;
const NUMBER = 20; // size of the number in a circle
const FEW_CIRCLES = 30; // all have their number
const LEAST_RADIUS = 5;
const MOST_COVERED = 0.2; // share of the map covered by circles, if none overlapped

/** @typedef {{left: number, right: number, top: number, bottom: number}} Box in CSS pixels */

/**
 * Compute the height at which the map fills its width, with the same scale on both axes.
 * @param {{map_x: number, map_y: number}[]} topics
 * @param {number} width in CSS pixels
 * @param {{x: number, y: number}} margins on each side
 * @param {{least: number, most: number}} bounds
 * @returns {number}
 */
export function mapHeight(topics, width, margins, { least, most }) {
  const { spread } = extentOf(topics);
  const unit = (width - 2 * margins.x) / (spread.x || 1);
  return Math.round(Math.max(least, Math.min(most, spread.y * unit + 2 * margins.y)));
}

/**
 * Compute the radius of the largest circle such that many circles do not fill the map.
 * @param {{share: number | null}[]} topics
 * @param {{width: number, height: number}} size in CSS pixels
 * @param {number} most
 * @returns {number}
 */
export function largestRadius(topics, { width, height }, most) {
  const largest = Math.max(...topics.map(({ share }) => share || 0)) || 1;
  const areas = topics.reduce((sum, { share }) => sum + (share || 0) / largest, 0) || 1;
  return Math.max(LEAST_RADIUS, Math.min(most, Math.sqrt((MOST_COVERED * width * height) / (Math.PI * areas))));
}

/**
 * Place circles with the same scale on both axes, so that distances are comparable in all directions; areas are shares.
 * @param {{id: number, map_x: number, map_y: number, share: number}[]} topics
 * @param {{width: number, height: number, margins: {x: number, y: number}, largest: number}} options sizes in CSS
 *   pixels; `largest` radius
 * @returns {{id: number, x: number, y: number, r: number}[]}
 */
export function placeCircles(topics, { width, height, margins, largest }) {
  const { middle, spread } = extentOf(topics);
  const unit = Math.min((width - 2 * margins.x) / (spread.x || 1), (height - 2 * margins.y) / (spread.y || 1));
  const most = Math.max(...topics.map(({ share }) => share || 0)) || 1;
  return topics.map(({ id, map_x: x, map_y: y, share }) => ({
    id,
    x: width / 2 + (x - middle.x) * unit,
    y: height / 2 - (y - middle.y) * unit,
    r: Math.max(LEAST_RADIUS, largest * Math.sqrt((share || 0) / most)),
  }));
}

function extentOf(topics) {
  const along = (name) => {
    const values = topics.map((topic) => topic[name]);
    return [Math.min(...values), Math.max(...values)];
  };
  const [left, right] = along("map_x");
  const [low, high] = along("map_y");
  return { middle: { x: (left + right) / 2, y: (low + high) / 2 }, spread: { x: right - left, y: high - low } };
}

/**
 * Move circles as the map is zoomed and moved; they grow less than their distances, which makes room for labels.
 * @param {{id: number, x: number, y: number, r: number}[]} circles
 * @param {{k: number, x: number, y: number}} zoom
 * @param {{width: number, height: number}} size
 * @returns {{id: number, x: number, y: number, r: number}[]} those in view
 */
export function zoomedCircles(circles, { k, x: dx, y: dy }, { width, height }) {
  return circles
    .map(({ id, x, y, r }) => ({ id, x: x * k + dx, y: y * k + dy, r: r * Math.sqrt(k) }))
    .filter(({ x, y, r }) => k === 1 || (x + r > 0 && x - r < width && y + r > 0 && y - r < height));
}

/**
 * Find the circles whose number has room: in the circle, and free of other circles and numbers.
 * @param {{id: number, x: number, y: number, r: number}[]} circles most important first
 * @returns {Set<number>} ids
 */
export function numbersWithRoom(circles) {
  const boxes = [];
  const found = new Set();
  for (const circle of circles) {
    const half = 4 * String(circle.id).length;
    const box = { left: circle.x - half, right: circle.x + half, top: circle.y - 7, bottom: circle.y + 7 };
    const isCovered = () => circles.some(({ x, y }) => (x !== circle.x || y !== circle.y) && contains(box, x, y));
    if (circles.length > FEW_CIRCLES && (half > circle.r + 2 || boxes.some((other) => overlap(box, other)) || isCovered()))
      continue;
    boxes.push(box);
    found.add(circle.id);
  }
  return found;
}

/**
 * Find positions for labels in the given order: free of other labels and circles, or else at least of labels and of
 * the numbers in circles.
 * @param {{id: number, x: number, y: number, r: number}[]} circles most important first
 * @param {(id: number) => number | null} widthOf width of a topic's label in CSS pixels; null: it is not placed
 * @param {{width: number, height: number}} bounds
 * @param {Box[]} [taken] boxes of other labels
 * @returns {Map<number, {x: number, y: number, anchor: "start" | "middle" | "end"}>} by id; labels without room are
 *   left out
 */
export function placeLabels(circles, widthOf, bounds, taken = []) {
  const placed = new Map();
  const labels = [...taken];
  const wanted = circles.map((circle) => ({ circle, width: widthOf(circle.id) })).filter(({ width }) => width !== null);
  const numbers = circles.map((circle) => squareAround(circle, Math.min(circle.r, NUMBER / 2)));
  const discs = circles.map((circle) => squareAround(circle, circle.r * 0.8));
  for (const obstacles of [discs, numbers]) {
    for (const { circle, width } of wanted.filter(({ circle: { id } }) => !placed.has(id))) {
      const isFree = ({ box }) =>
        isInside(box, bounds) && ![...obstacles, ...labels].some((other) => overlap(box, other));
      const found = candidates(circle, width).find(isFree);
      if (!found) continue;
      labels.push(found.box);
      placed.set(circle.id, found.label);
    }
  }
  return placed;
}

function contains({ left, right, top, bottom }, x, y) {
  return x > left - LEAST_RADIUS && x < right + LEAST_RADIUS && y > top - LEAST_RADIUS && y < bottom + LEAST_RADIUS;
}

function squareAround({ x, y }, half) {
  return { left: x - half, right: x + half, top: y - half, bottom: y + half };
}

/** Return the possible label positions, preferred first: below, above, right, left, then diagonal. */
function candidates({ x, y, r }, width) {
  const across = r + LABEL_GAP;
  const vertical = r + LABEL_GAP + LINE / 2;
  return [
    at(x, y + vertical, "middle", width),
    at(x, y - vertical, "middle", width),
    at(x + across, y, "start", width),
    at(x - across, y, "end", width),
    at(x + r * 0.7 + LABEL_GAP, y + r * 0.7 + LINE / 2, "start", width),
    at(x - r * 0.7 - LABEL_GAP, y + r * 0.7 + LINE / 2, "end", width),
    at(x + r * 0.7 + LABEL_GAP, y - r * 0.7 - LINE / 2, "start", width),
    at(x - r * 0.7 - LABEL_GAP, y - r * 0.7 - LINE / 2, "end", width),
  ];
}

function at(x, y, anchor, width) {
  const left = x - { start: 0, middle: width / 2, end: width }[anchor];
  return { label: { x, y, anchor }, box: { left, right: left + width, top: y - LINE / 2, bottom: y + LINE / 2 } };
}

function isInside({ left, right, top, bottom }, { width, height }) {
  return left >= 0 && right <= width && top >= 0 && bottom <= height;
}

/**
 * Return whether two boxes overlap.
 * @param {Box} a @param {Box} b
 * @returns {boolean}
 */
export function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
