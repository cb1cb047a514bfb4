/** The map of topics: where the circles lie and how large they are, and which labels have room beside them. */

const LABEL_GAP = 4;
const LINE = 16;

/**
 * Place circles: both axes have one scale, so that distances mean the same in every direction; areas are shares.
 * @param {Array<{id: number, map_x: number, map_y: number, share: number}>} topics
 * @param {{width: number, height: number, margin: number, largest: number}} options sizes in CSS pixels; `largest` radius
 * @returns {Array<{id: number, x: number, y: number, r: number}>}
 */
export function placeCircles(topics, { width, height, margin, largest }) {
  const xs = topics.map(({ map_x: x }) => x);
  const ys = topics.map(({ map_y: y }) => y);
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const room = { x: width - 2 * margin, y: height - 2 * margin };
  const unit = Math.min(room.x / (right - left || 1), room.y / (high - low || 1));
  const most = Math.max(...topics.map(({ share }) => share || 0)) || 1;
  return topics.map(({ id, map_x: x, map_y: y, share }) => ({
    id,
    x: width / 2 + (x - (left + right) / 2) * unit,
    y: height / 2 - (y - (low + high) / 2) * unit,
    r: Math.max(5, largest * Math.sqrt((share || 0) / most)),
  }));
}

/**
 * Find places for labels that cover neither one another nor other circles' numbers, the first given the first served.
 * @param {Array<{id: number, x: number, y: number, r: number}>} circles the most important first
 * @param {function(number): number} widthOf a topic's label in CSS pixels
 * @param {{width: number, height: number}} bounds
 * @returns {Map<number, {x: number, y: number, anchor: "start"|"middle"|"end"}>} by id; labels without room are left out
 */
export function placeLabels(circles, widthOf, bounds) {
  const taken = circles.map(({ x, y, r }) => ({ left: x - Math.min(r, 12), right: x + Math.min(r, 12), top: y - Math.min(r, 8), bottom: y + Math.min(r, 8) }));
  const placed = new Map();
  for (const circle of circles) {
    const found = candidates(circle, widthOf(circle.id)).find(({ box }) => isInside(box, bounds) && !taken.some((other) => overlap(box, other)));
    if (!found) continue;
    taken.push(found.box);
    placed.set(circle.id, found.label);
  }
  return placed;
}

/** Below, above, to the right, to the left: read first what stands below a thing, as on maps. */
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

function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
