/** The names of islands, where there is room for them. */

import { fitText } from "../../../lib/fit-text.js";
import { toGrid } from "./points.js";

const LINE = 16;
const LEAST_RADIUS = 11; // CSS pixels of an island that is named
const LEAST_WIDTH = 64;
const MOST_WIDTH = 120; // of a name that reaches beyond its island

/**
 * Place the names, those of large islands first.
 * @param {import("./points.js").Island[]} islands @param {Map<number, string>} labels of topics
 * @param {{scale: number, x: number, y: number}} place of the map in CSS pixels
 * @param {{width: number, height: number}} size in CSS pixels
 * @param {(text: string) => number} measure width of a text
 * @returns {{topic: number, text: string, x: number, y: number}[]} their middles
 */
export function labelsWithRoom(islands, labels, place, size, measure) {
  const taken = [];
  const placed = [];
  for (const { topic, x, y, r } of [...islands].sort((one, other) => other.r - one.r)) {
    const radius = (toGrid(r) - toGrid(0)) * place.scale;
    const middle = { x: toGrid(x) * place.scale + place.x, y: toGrid(y) * place.scale + place.y };
    if (radius < LEAST_RADIUS || middle.x < 0 || middle.y < 0 || middle.x > size.width || middle.y > size.height) continue;
    const name = `${topic} ${labels.get(topic) ?? ""}`.trim();
    const rooms = [Math.max(MOST_WIDTH, 2 * radius), Math.max(LEAST_WIDTH, 2 * radius - 8)];
    const texts = [...rooms.map((room) => fitText(name, room, measure)), String(topic)];
    for (const text of texts) {
      const half = measure(text) / 2 + 3;
      const at = { x: Math.max(half, Math.min(size.width - half, middle.x)), y: middle.y };
      const box = { left: at.x - half, right: at.x + half, top: at.y - LINE / 2, bottom: at.y + LINE / 2 };
      if (taken.some((other) => overlaps(box, other))) continue;
      taken.push(box);
      placed.push({ topic, text, ...at });
      break;
    }
  }
  return placed;
}

function overlaps(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
