import assert from "node:assert/strict";
import { test } from "node:test";
import { barScale, layOutBars } from "../../../resource/explorer/charts/bars-layout.js";
import { largestRadius, mapHeight, numbersWithRoom, placeCircles, placeLabels, zoomedCircles } from "../../../resource/explorer/screens/overview/map/layout.js";
import { largestTopics, onTwoLevels, similarPairs, scaleEnd, seriated } from "../../../resource/explorer/screens/overview/matrix-layout.js";
import { fitText } from "../../../resource/explorer/lib/fit-text.js";
import { areaPath, joinPeriods, linePath, piecesOf, trendPath, trendPoints } from "../../../resource/explorer/charts/trend-layout.js";

const COLUMNS = [{ key: "first", width: 40 }, { key: "second", width: 60 }, { key: "third", width: 60 }];
const keys = ({ columns }) => columns.map(({ column }) => column.key);
const ends = ({ columns }) => columns.map(({ end }) => end);

test("columns are on the right, the most important next to the bars", () => {
  const layout = layOutBars(700, { columns: COLUMNS, labelShare: 0.3 });
  assert.deepEqual(keys(layout), ["first", "second", "third"]);
  assert.deepEqual(ends(layout), [560, 630, 700]);
  assert.equal(layout.labelWidth, 210);
  assert.equal(layout.bars + layout.barsWidth, 560 - 40 - 10);
});

test("with little room the least important columns are left out first", () => {
  assert.deepEqual(keys(layOutBars(340, { columns: COLUMNS, labelShare: 0.3 })), ["first", "second"]);
  assert.deepEqual(keys(layOutBars(120, { columns: COLUMNS, labelShare: 0.3 })), []);
});

test("long labels are above their bars in a narrow chart", () => {
  const layout = layOutBars(320, { columns: COLUMNS, hasBadge: true, stacks: true });
  assert.equal(layout.isStacked, true);
  assert.deepEqual(keys(layout), ["first"]);
  assert.equal(layout.barsWidth, 320 - layout.label);
});

test("bars have room at any width", () => {
  for (const width of [1, 80, 200, 390, 2000]) assert.ok(layOutBars(width, { columns: COLUMNS }).barsWidth >= 10);
});

test("floating bars lie between two values of an axis that does not start at zero", () => {
  const { span, at, ends } = barScale([60, 100], 100, 200, { withZero: false });
  assert.deepEqual(ends, [60, 100]);
  assert.deepEqual(span(90, 80), { x: 200, width: 50 });
  assert.deepEqual(span(80, 90), { x: 200, width: 50 });
  assert.deepEqual([at(60), at(0), at(1000)], [100, 100, 300]);
});

test("bars of both signs start at zero in both directions", () => {
  const { zero, span } = barScale([-1, 3], 100, 200);
  assert.equal(zero, 150);
  assert.deepEqual(span(3), { x: 150, width: 150 });
  assert.deepEqual(span(-1), { x: 100, width: 50 });
});

test("bars of zero have no length", () => {
  assert.deepEqual(barScale([0, null, NaN], 10, 100).span(0), { x: 10, width: 0 });
  assert.deepEqual(barScale([], 10, 100).span(null), { x: 10, width: 0 });
});

const places = [
  { id: 0, map_x: -1, map_y: 0, share: 0.4 },
  { id: 1, map_x: 1, map_y: 0.5, share: 0.1 },
  { id: 2, map_x: 0, map_y: -0.5, share: 0 },
];
const SIZE = { width: 400, height: 300, margins: { x: 50, y: 50 }, largest: 40 };

test("a map has one scale for both axes, and y grows upwards", () => {
  const [a, b, c] = placeCircles(places, SIZE);
  assert.deepEqual([a.x, b.x, c.x], [50, 350, 200]);
  assert.deepEqual([a.y, b.y, c.y], [150, 75, 225]);
});

test("areas of circles are shares, and the smallest can still be clicked", () => {
  const [a, b, c] = placeCircles(places, SIZE);
  assert.equal(a.r, 40);
  assert.ok(Math.abs(a.r ** 2 / b.r ** 2 - 4) < 1e-9);
  assert.equal(c.r, 5);
});

test("circles of many topics are smaller, so that they cover no more than a fifth of the map", () => {
  const size = { width: 400, height: 300 };
  assert.equal(largestRadius(places, size, 40), 40);
  const many = Array.from({ length: 300 }, () => ({ share: 1 / 300 }));
  const radius = largestRadius(many, size, 40);
  assert.ok(Math.abs(300 * Math.PI * radius ** 2 - 0.2 * 400 * 300) < 1e-6);
});

test("topics at one point, or a single topic, are in the middle", () => {
  const alike = places.map((topic) => ({ ...topic, map_x: 0, map_y: 0 }));
  assert.deepEqual(placeCircles(alike, SIZE).map(({ x, y }) => [x, y]), [[200, 150], [200, 150], [200, 150]]);
  assert.deepEqual(placeCircles(alike.slice(0, 1), SIZE).map(({ x, y }) => [x, y]), [[200, 150]]);
});

test("the height of a map follows its width, within bounds", () => {
  const margins = { x: 50, y: 20 };
  assert.equal(mapHeight(places, 500, margins, { least: 100, most: 900 }), 240);
  assert.equal(mapHeight(places, 500, margins, { least: 300, most: 900 }), 300);
  assert.equal(mapHeight(places, 5000, margins, { least: 300, most: 900 }), 900);
});

test("of overlapping labels the most important is shown", () => {
  const crowd = Array.from({ length: 30 }, (_, id) => ({ id, x: 100 + (id % 2), y: 50, r: 12 }));
  const labels = placeLabels(crowd, () => 60, { width: 200, height: 100 });
  assert.ok(labels.has(0) && labels.size < 30);
  const boxes = [...labels.values()].map(({ x, y, anchor }) => {
    const left = x - { start: 0, middle: 30, end: 60 }[anchor];
    return { left, right: left + 60, top: y - 8, bottom: y + 8 };
  });
  boxes.forEach((a, i) => {
    assert.ok(a.left >= 0 && a.right <= 200 && a.top >= 0 && a.bottom <= 100);
    for (const b of boxes.slice(i + 1)) assert.ok(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top);
  });
});

test("a label with enough room is below its circle", () => {
  const labels = placeLabels([{ id: 7, x: 100, y: 50, r: 10 }], () => 40, { width: 200, height: 100 });
  assert.deepEqual(labels.get(7), { x: 100, y: 72, anchor: "middle" });
});

const answer = { ids: [0, 1, 2], order: [2, 0, 1], similarity: [[1, 0.2, 0.6], [0.2, 1, null], [0.6, null, 1]] };

test("the matrix is ordered by similarity, without topics that are not shown", () => {
  assert.deepEqual(seriated(answer, new Set([0, 1, 2])), { ids: [2, 0, 1], similarity: [[1, 0.6, null], [0.6, 1, 0.2], [null, 0.2, 1]] });
  assert.deepEqual(seriated(answer, new Set([1, 2, 9])).ids, [2, 1]);
});

test("each pair is listed once, the most similar first, unknown ones last", () => {
  const { ids, similarity } = seriated(answer, new Set([0, 1, 2]));
  const rows = ids.map((topic) => ({ topic }));
  assert.deepEqual(similarPairs(rows, similarity).map((pair) => [pair.a.topic, pair.b.topic, pair.similarity]), [
    [0, 2, 0.6],
    [0, 1, 0.2],
    [1, 2, null],
  ]);
});

const group = (id, topics, isOpen = false) => ({ id, label: `group ${id}`, isOpen, topics: topics.map((topic) => ({ id: topic, share: 1 / (topic + 1) })) });
const four = {
  ids: [0, 1, 2, 3],
  order: [3, 2, 0, 1],
  similarity: [[1, 0.8, 0.1, 0.3], [0.8, 1, 0.2, 0.4], [0.1, 0.2, 1, 0.6], [0.3, 0.4, 0.6, 1]],
};
const rounded = (rows) => rows.map((row) => row.map((value) => Number(value.toFixed(9))));

test("the similarity of super-topics is the mean over the pairs of their topics, and of one to itself over other pairs", () => {
  const { units, similarity } = onTwoLevels(four, [group(0, [0, 1]), group(1, [2, 3])], 80);
  assert.deepEqual(units.map((unit) => unit.group.id), [1, 0]);
  assert.deepEqual(rounded(similarity), [[0.6, 0.25], [0.25, 0.8]]);
});

test("an unfolded super-topic is followed by its topics in the order of the matrix", () => {
  const { units, similarity, nLeft } = onTwoLevels(four, [group(0, [0, 1]), group(1, [2, 3], true)], 80);
  assert.deepEqual(units.map(({ group: { id }, topic }) => topic ?? `s${id}`), ["s1", 3, 2, "s0"]);
  assert.deepEqual(rounded(similarity)[1], [0.6, 1, 0.6, 0.35]);
  assert.equal(nLeft, 0);
  assert.deepEqual(onTwoLevels(four, [group(0, [0, 1]), group(1, [2, 3], true)], 1).units.map(({ topic }) => topic), [null, 2, null]);
});

test("a super-topic of one topic has the similarity 1 to itself", () => {
  assert.deepEqual(onTwoLevels(four, [group(0, [0]), group(1, [1, 2, 3])], 80).similarity.map((row, i) => row[i])[1], 1);
});

test("a zoomed map shows the circles in view, farther apart than they grow", () => {
  const circles = [{ id: 0, x: 10, y: 10, r: 4 }, { id: 1, x: 90, y: 90, r: 4 }];
  assert.deepEqual(zoomedCircles(circles, { k: 1, x: 0, y: 0 }, { width: 100, height: 100 }), circles);
  assert.deepEqual(zoomedCircles(circles, { k: 4, x: 0, y: 0 }, { width: 100, height: 100 }), [{ id: 0, x: 40, y: 40, r: 8 }]);
});

test("among many circles a number is left out where it is wider than its circle, or covered", () => {
  const apart = Array.from({ length: 40 }, (_, id) => ({ id: 100 + id, x: 60 * id, y: 0, r: id < 20 ? 30 : 5 }));
  assert.equal(numbersWithRoom(apart).size, 20);
  assert.ok(!numbersWithRoom([...apart, { id: 7, x: 4, y: 0, r: 5 }]).has(100));
  assert.equal(numbersWithRoom(apart.slice(15, 25)).size, 10);
});

test("of very many topics the matrix shows the largest", () => {
  const topics = [{ id: 0, share: 0.1 }, { id: 1, share: null }, { id: 2, share: 0.3 }, { id: 3, share: 0.1 }];
  assert.deepEqual([...largestTopics(topics, 2)], [2, 0]);
  assert.equal(largestTopics(topics, 9).size, 4);
});

test("the colour scale ends at the largest similarity, in whole tenths", () => {
  const of = (value) => scaleEnd({ ids: [0, 1], similarity: [[1, value], [value, 1]] });
  assert.equal(of(0.31), 0.4);
  assert.equal(of(0.3), 0.3);
  assert.equal(of(0), 0.1);
  assert.equal(of(1), 1);
  assert.equal(scaleEnd({ ids: [0], similarity: [[1]] }), 1);
});

const length = (text) => Array.from(text).length;

test("a text is cut between graphemes", () => {
  assert.equal(fitText("short", 5, length), "short");
  assert.equal(fitText("federal, program", 9, length), "federal,…");
  assert.equal(fitText("👩‍👩‍👧 family", 6, length), "👩‍👩‍👧…");
  assert.equal(fitText("", 5, length), "");
  assert.equal(fitText("anything", 0, length), "…");
});

test("a right-to-left text keeps its direction", () => {
  assert.equal(fitText("שלום, עולם", 99, length), "\u2068שלום, עולם\u2069");
});

test("a small line runs from the first count to the last, between zero and the maximum", () => {
  assert.equal(trendPath([0, 4, 2], { x: 0, y: 0, width: 10, height: 8 }), "M0.0,8.0L5.0,0.0L10.0,4.0");
  assert.equal(trendPath([3], { x: 0, y: 0, width: 10, height: 8 }), "");
  assert.equal(trendPath([0, 0], { x: 0, y: 0, width: 10, height: 8 }), "M0.0,8.0L10.0,8.0");
});

const periods = [{ label: "1", n: 14, partial: false }, { label: "2", n: 6, partial: false }, { label: "3", n: 4, partial: true }];
const assigned = [10, 0, 4];

test("shares are of the documents with a topic, and unknown where a period has none", () => {
  assert.deepEqual(trendPoints(periods, assigned, [5, 0, 1]).map(({ share }) => share), [0.5, null, 0.25]);
});

test("many periods are joined, few are unchanged", () => {
  const points = trendPoints(periods, assigned, [5, 0, 1]);
  assert.equal(joinPeriods(points, 3), points);
  assert.deepEqual(joinPeriods(points, 2), [
    { label: "1–2", n: 10, nTopic: 5, share: 0.5, partial: false },
    { label: "3", n: 4, nTopic: 1, share: 0.25, partial: true },
  ]);
});

test("a trend is interrupted where the share is not known", () => {
  const points = [null, 0.1, 0.2, null, 0.3].map((share) => ({ share }));
  assert.deepEqual(piecesOf(points), [[1, 2], [4]]);
  assert.deepEqual(piecesOf([{ share: null }]), []);
});

test("an area stands on its floor below its line", () => {
  const places = [[1, 8], [2.04, 5]];
  assert.equal(linePath(places), "M1.0,8.0L2.0,5.0");
  assert.equal(areaPath(places, 10), "M1.0,10.0L1.0,8.0L2.0,5.0L2.0,10.0Z");
});
