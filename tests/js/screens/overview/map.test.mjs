import assert from "node:assert/strict";
import { test } from "node:test";
import { convexHull, hullOf } from "../../../../resource/explorer/screens/overview/map/hulls.js";
import { resized, WHOLE, within, zoomed } from "../../../../resource/explorer/screens/overview/map/zoom.js";

const SIZE = { width: 200, height: 100 };

test("the point one zooms at stays where it is", () => {
  const zoom = zoomed(WHOLE, 2, { x: 50, y: 20 }, SIZE);
  assert.deepEqual(zoom, { k: 2, x: -50, y: -20 });
  assert.deepEqual(zoomed(zoom, 0.5, { x: 50, y: 20 }, SIZE), WHOLE);
});

test("a map never leaves its frame, and is never smaller than it", () => {
  assert.deepEqual(within({ k: 2, x: 30, y: -500 }, SIZE), { k: 2, x: 0, y: -100 });
  assert.equal(zoomed(WHOLE, 0.1, { x: 0, y: 0 }, SIZE).k, 1);
  assert.equal(zoomed(WHOLE, 1e6, { x: 0, y: 0 }, SIZE).k, 24);
});

test("what is in the middle of a map stays there when its frame grows or shrinks, unless nothing would be beside it", () => {
  const [square, wide, small] = [{ width: 200, height: 200 }, { width: 400, height: 200 }, { width: 100, height: 100 }];
  assert.deepEqual(resized({ k: 2, x: -50, y: -100 }, square, wide, 1), { k: 2, x: -150, y: -100 });
  assert.deepEqual(resized({ k: 2, x: -50, y: -100 }, square, small, 0.5), { k: 2, x: -25, y: -50 });
  assert.deepEqual(resized({ k: 2, x: 0, y: -100 }, square, { width: 100, height: 200 }, 1), { k: 2, x: 0, y: -100 });
  assert.deepEqual(resized(WHOLE, square, wide, 1), WHOLE);
});

test("the hull of points leaves out those inside", () => {
  const square = [[0, 0], [4, 0], [4, 4], [0, 4]].map(([x, y]) => ({ x, y }));
  const hull = convexHull([...square, { x: 2, y: 2 }, { x: 2, y: 0 }]);
  assert.deepEqual(hull.sort((a, b) => a.x - b.x || a.y - b.y), square.sort((a, b) => a.x - b.x || a.y - b.y));
});

test("a topic far from the others of its super-topic does not widen its area; two have none", () => {
  const near = [[0, 0], [10, 0], [0, 10], [10, 10]].map(([x, y]) => ({ x, y, r: 1 }));
  const { path } = hullOf([...near, { x: 500, y: 500, r: 1 }]);
  assert.ok(Math.max(...path.map(({ x }) => x)) < 20);
  assert.equal(hullOf(near.slice(0, 2)), null);
});
