/** The area of a super-topic on the map: the convex hull of most of its topics. */

const CORE = 0.8; // share of the topics inside: on a plane, a few lie far from the others
const FEWEST = 3;

/**
 * Compute the hull of the topics of a super-topic that are nearest to its middle.
 * @param {{x: number, y: number, r: number}[]} circles
 * @returns {{path: {x: number, y: number}[], middle: {x: number, y: number}} | null} null for fewer than three topics
 */
export function hullOf(circles) {
  if (circles.length < FEWEST) return null;
  const median = (name) => circles.map((circle) => circle[name]).sort((a, b) => a - b)[circles.length >> 1];
  const centre = { x: median("x"), y: median("y") };
  const away = ({ x, y }) => Math.hypot(x - centre.x, y - centre.y);
  const core = [...circles].sort((a, b) => away(a) - away(b)).slice(0, Math.max(FEWEST, Math.ceil(circles.length * CORE)));
  return { path: convexHull(core.flatMap(corners)), middle: centre };
}

/** The corners of an octagon around a circle. */
function corners({ x, y, r }) {
  const distance = r + 4;
  return Array.from({ length: 8 }, (_, i) => ({
    x: x + distance * Math.cos((i * Math.PI) / 4),
    y: y + distance * Math.sin((i * Math.PI) / 4),
  }));
}

/**
 * Compute the convex hull of points (Andrew 1979, monotone chain).
 * @param {{x: number, y: number}[]} points
 * @returns {{x: number, y: number}[]} its corners, around it
 */
export function convexHull(points) {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const half = (ordered) => {
    const chain = [];
    for (const point of ordered) {
      while (chain.length > 1 && turn(chain.at(-2), chain.at(-1), point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return sorted.length < 3 ? sorted : [...half(sorted), ...half(sorted.reverse())];
}

function turn(a, b, c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}
