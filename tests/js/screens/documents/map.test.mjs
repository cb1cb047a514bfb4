import assert from "node:assert/strict";
import { test } from "node:test";
import { createKept } from "../../../../resource/explorer/screens/documents/map/hover-card.js";
import { labelsWithRoom } from "../../../../resource/explorer/screens/documents/map/labels.js";
import { factsInWords } from "../../../../resource/explorer/screens/documents/map/note.js";
import { mixed, paintPoints, pixelOf, placeOf, radiusOf } from "../../../../resource/explorer/screens/documents/map/paint.js";
import { countByTopic, fromGrid, GRID, nearestPoint, neighbours, readPoints, toGrid } from "../../../../resource/explorer/screens/documents/map/points.js";

const encoded = (array) => Buffer.from(array.buffer).toString("base64");

function pointsOf(list) {
  const of = (Kind, name) => Kind.from(list, (point) => point[name]);
  return { n: list.length, x: of(Uint16Array, "x"), y: of(Uint16Array, "y"), topic: of(Int32Array, "topic"), row: of(Int32Array, "row"), matches: of(Uint8Array, "matches") };
}

test("points are read as the backend wrote them", () => {
  const points = readPoints({
    x: encoded(Uint16Array.of(0, GRID)), y: encoded(Uint16Array.of(7, 8)), topic: encoded(Int32Array.of(-1, 3)),
    row: encoded(Int32Array.of(5, 70_000)), matches: encoded(Uint8Array.of(0, 1)),
  });
  assert.equal(points.n, 2);
  assert.deepEqual([...points.x, ...points.y, ...points.topic, ...points.row, ...points.matches], [0, GRID, 7, 8, -1, 3, 5, 70_000, 0, 1]);
});

test("an answer that is cut off has the points that are whole", () => {
  const points = readPoints({ x: encoded(Uint16Array.of(1, 2)), y: encoded(Uint16Array.of(1, 2)), topic: encoded(Int32Array.of(0, 0)), row: encoded(Int32Array.of(9)), matches: encoded(Uint8Array.of(1, 1)) });
  assert.equal(points.n, 1);
  assert.equal(readPoints({}).n, 0);
});

test("places survive the way to the grid and back, and stay on the map", () => {
  for (const value of [-1, -0.5, 0, 0.1234, 1]) assert.equal(fromGrid(toGrid(value)), value);
  assert.deepEqual([fromGrid(-9), fromGrid(2 * GRID), toGrid(-3), toGrid(3)], [-1, 1, 0, GRID]);
});

test("the nearest point within reach is found, one that matches before others", () => {
  const list = Array.from({ length: 500 }, (_, i) => ({ x: (i * 7919) % GRID, y: (i * 104_729) % GRID, topic: 0, row: i, matches: 1 }));
  const nearest = nearestPoint(pointsOf(list));
  for (const [x, y] of [[0, 0], [GRID, GRID], [30_000, 31_000], [65_000, 10]]) {
    const distances = list.map((point) => Math.hypot(point.x - x, point.y - y));
    const closest = Math.min(...distances);
    assert.equal(distances[nearest(x, y, 9_000)], closest <= 9_000 ? closest : undefined);
  }
  const two = nearestPoint(pointsOf([{ x: 100, y: 100, topic: 0, row: 0, matches: 0 }, { x: 130, y: 100, topic: 0, row: 1, matches: 1 }]));
  assert.equal(two(100, 100, 50), 1);
  assert.equal(two(100, 100, 20), 0);
  assert.equal(two(5_000, 5_000, 20), null);
});

test("documents are counted by topic, with those that match", () => {
  const counts = countByTopic(pointsOf([[1, 1], [1, 0], [2, 0]].map(([topic, matches], row) => ({ x: 0, y: 0, topic, row, matches }))));
  assert.deepEqual([...counts], [[1, { n: 2, matching: 1 }], [2, { n: 1, matching: 0 }]]);
});

test("the island next to one is that with the smallest gap, never another of the same topic", () => {
  const islands = [{ topic: 0, x: 0, y: 0, r: 0.1, n: 1 }, { topic: 0, x: 0.3, y: 0, r: 0.1, n: 1 }, { topic: 1, x: 0.9, y: 0, r: 0.45, n: 1 }, { topic: 2, x: -0.5, y: 0, r: 0.1, n: 1 }];
  assert.deepEqual([...neighbours(islands)], [[0, 1], [1, 0], [2, 0]]);
  assert.deepEqual([...neighbours(islands.slice(0, 2))], []);
});

test("points that match are painted over others, and nothing beside the canvas", () => {
  const pixels = { data: new Uint32Array(400), width: 20, height: 20 };
  const middle = Math.round(GRID / 2);
  const points = pointsOf([
    { x: middle, y: middle, topic: 4, row: 0, matches: 1 },
    { x: middle, y: middle, topic: 4, row: 1, matches: 0 },
    { x: 0, y: 0, topic: 4, row: 2, matches: 1 },
  ]);
  const place = { scale: 20 / GRID, x: 0, y: 0 };
  paintPoints(pixels, points, place, 2, { ofPoint: (i) => 100 + points.topic[i], dim: 7 });
  assert.equal(pixels.data[10 * 20 + 10], 104);
  assert.equal(pixels.data[0], 0);
});

test("colours become pixels, and mixing goes from one to the other", () => {
  assert.equal(pixelOf("#4e42d7"), 0xffd7424e);
  const [white, black] = [0xffffffff, 0xff000000];
  assert.equal(mixed(white, black, 0), white);
  assert.equal(mixed(white, black, 256), black);
  assert.equal(mixed(white, black, 128), 0xff7f7f7f);
});

test("points of many documents are small, those of few are bounded, and the screen's pixels count", () => {
  assert.ok(radiusOf(50_000, 2, 600, 1) < radiusOf(500, 2, 600, 1));
  assert.equal(radiusOf(1, 2, 600, 1), 7);
  assert.equal(radiusOf(1e9, 2, 600, 2), 1.5);
});

test("the map lies in the middle, and zooming keeps its shape", () => {
  const place = placeOf({ width: 300, height: 200 }, { k: 1, x: 0, y: 0 }, 1, 10);
  assert.deepEqual([place.x, place.y, Math.round(place.scale * GRID)], [60, 10, 180]);
  assert.equal(placeOf({ width: 300, height: 200 }, { k: 2, x: -5, y: 0 }, 2, 10).x, 230);
});

test("large islands have their names, and a name without room becomes a number or is left out", () => {
  const size = { width: 400, height: 400 };
  const place = { scale: 400 / GRID, x: 0, y: 0 };
  const labels = new Map([[0, "fruit"], [1, "ships"], [2, "law"]]);
  const islands = [{ topic: 1, x: 0, y: 0.01, r: 0.3, n: 5 }, { topic: 0, x: 0, y: 0, r: 0.5, n: 9 }, { topic: 2, x: 0.9, y: 0.9, r: 0.01, n: 1 }];
  const placed = labelsWithRoom(islands, labels, place, size, (text) => text.length * 7);
  assert.deepEqual(placed.map(({ text }) => text), ["0 fruit"]);
});

test("pale documents and grey topics are told apart", () => {
  const all = { n: 300, n_placed: 300, n_drawn: 300, n_matching: 300, n_matching_drawn: 300, quality: {} };
  assert.deepEqual(factsInWords(all, [{ hue: 0 }, { hue: 11 }], false), []);
  assert.deepEqual(factsInWords({ ...all, n_placed: 299, n_matching: 1, n_matching_drawn: 1 }, [{ hue: 12 }], false), [
    "1 document matches the filters; the others are pale.",
    "1 document without an embedding or a topic is left out.",
    "Topics beyond the first 12 are grey.",
  ]);
  assert.deepEqual(factsInWords({ ...all, n_drawn: 200, n_matching: 90, n_matching_drawn: 60 }, [{ hue: 30 }], true), [
    "200 of 300 documents are drawn, evenly spaced in the dataset.",
    "60 of 90 that match the filters are among them; the others are pale.",
    "Topics of super-topics beyond the first 12 are grey.",
  ]);
});

test("a document is asked for once, and again after data are read again; one that failed is asked for again", async () => {
  const asked = [];
  const answers = [Promise.reject(new Error("gone")), Promise.resolve("old"), Promise.resolve("new")];
  const answerFor = createKept((path) => {
    asked.push(path);
    return answers[asked.length - 1];
  });
  const seen = [];
  for (const version of ["a", "a", "a", "b"]) seen.push(await answerFor(7, version));
  assert.deepEqual(seen, [null, "old", "old", "new"]);
  assert.deepEqual(asked, ["map/7", "map/7", "map/7"]);
});

test("an answer that arrives after data were read again is not kept", async () => {
  const waiting = [];
  const answerFor = createKept(() => new Promise((resolve) => waiting.push(resolve)));
  const old = answerFor(7, "a");
  const fresh = answerFor(7, "b");
  waiting[1]("new");
  waiting[0]("old");
  assert.deepEqual([await old, await fresh, await answerFor(7, "b")], ["old", "new", "new"]);
});
