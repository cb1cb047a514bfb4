import assert from "node:assert/strict";
import { test } from "node:test";
import {
  assignedOf,
  axisLabels,
  daysBetween,
  lastDayOf,
  movingSums,
  orderedTopics,
  peakOf,
  pieces,
  tickPlaces,
  valuesOf,
} from "../../../resource/explorer/model/periods.js";

const periodsFrom = (first, n) =>
  Array.from({ length: n }, (_, i) => ({
    start: `${first + i}-01-01`,
    label: String(first + i),
    n: 100,
    partial: false,
  }));
const ANSWER = { granularity: "year", periods: periodsFrom(1861, 3), topics: { 0: [30, 0, 5], 4: [10, 0, 15] } };

test("shares are of the period's documents with a topic, counts are as they are", () => {
  const assigned = assignedOf(ANSWER);
  assert.deepEqual(assigned, [40, 0, 20]);
  assert.deepEqual(valuesOf(ANSWER, 0, "share", assigned), [0.75, null, 0.25]);
  assert.deepEqual(valuesOf(ANSWER, 0, "count", assigned), [30, 0, 5]);
});

test("a topic in no period has zero in each", () => {
  assert.deepEqual(valuesOf(ANSWER, 9, "share", [40, 0, 20]), [0, null, 0]);
});

test("the peak is searched among periods with enough documents", () => {
  assert.equal(peakOf([0.1, 0.9, 0.3], [100, 3, 100]), 2);
  assert.equal(peakOf([0.1, 0.9, 0.3], [1, 3, 1]), 1);
  assert.equal(peakOf([0.5, 0.5], [100, 100]), 0);
  assert.equal(peakOf([null, null], [0, 0]), null);
});

test("topics are ordered by size or by when they peak", () => {
  const topics = [
    { id: 0, n_documents: 5 },
    { id: 1, n_documents: 9 },
    { id: 2, n_documents: 9 },
  ];
  const peak = (id) => [1, null, 0][id];
  assert.deepEqual(
    orderedTopics(topics, "size", peak).map(({ id }) => id),
    [1, 2, 0],
  );
  assert.deepEqual(
    orderedTopics(topics, "peak", peak).map(({ id }) => id),
    [2, 0, 1],
  );
});

test("a period ends on the day before the next begins", () => {
  const ends = [
    ["day", "2024-02-28"],
    ["week", "2024-02-26"],
    ["month", "2024-02-01"],
    ["quarter", "2024-10-01"],
    ["year", "1861-01-01"],
  ];
  assert.deepEqual(
    ends.map(([granularity, start]) => lastDayOf(start, granularity)),
    ["2024-02-28", "2024-03-03", "2024-02-29", "2024-12-31", "1861-12-31"],
  );
  assert.equal(lastDayOf("0099-01-01", "year"), "0099-12-31");
});

test("periods marked backwards give the same days", () => {
  const days = { from: "1861-01-01", to: "1862-12-31" };
  assert.deepEqual([daysBetween(ANSWER, 0, 1), daysBetween(ANSWER, 1, 0)], [days, days]);
});

test("a line has gaps, faint parts, and an incomplete part", () => {
  const nature = (i) => ({ isFew: i === 4, isPartial: i === 6 });
  assert.deepEqual(pieces([1, 2, null, 3, 4, 5, 6], nature), [
    { kind: "sure", places: [0, 1] },
    { kind: "few", places: [3, 4, 5] },
    { kind: "partial", places: [5, 6] },
  ]);
});

test("a single period is no line", () => {
  assert.deepEqual(
    pieces([1], () => ({})),
    [],
  );
});

test("ticks are at round years", () => {
  const long = { granularity: "year", periods: periodsFrom(1789, 125) };
  assert.deepEqual(
    tickPlaces(long, 8).map((place) => 1789 + place),
    [1800, 1820, 1840, 1860, 1880, 1900],
  );
  assert.deepEqual(tickPlaces(ANSWER, 3), [0, 1, 2]);
});

test("spans of years are labelled by round first years", () => {
  const spans = { granularity: "25-years", periods: [1775, 1800, 1825, 1850].map((year) => ({ start: `${year}-01-01`, label: `${year}–` })) };
  assert.deepEqual(axisLabels(spans), ["1775", "1800", "1825", "1850"]);
  assert.deepEqual(tickPlaces(spans, 2), [1, 3]);
  assert.deepEqual(axisLabels(ANSWER), ["1861", "1862", "1863"]);
});

test("a span of years ends on the last day of its last year", () => {
  const ends = [["0001-01-01", "5-years"], ["1990-01-01", "10-years"], ["1975-01-01", "25-years"]];
  assert.deepEqual(ends.map(([start, span]) => lastDayOf(start, span)), ["0004-12-31", "1999-12-31", "1999-12-31"]);
});

test("moving sums cover the neighbours, fewer at the ends", () => {
  assert.deepEqual(movingSums([1, 2, 4, 8], 3), [3, 7, 14, 12]);
  assert.deepEqual(movingSums([1, 2, 4, 8], 1), [1, 2, 4, 8]);
});

test("months are labelled starting in January", () => {
  const months = ["11", "12", "01", "02", "03"].map((month, i) => ({ start: `${i < 2 ? 2023 : 2024}-${month}-01` }));
  assert.deepEqual(tickPlaces({ granularity: "month", periods: months }, 2), [2]);
});

test("if no step fits, the first period is labelled", () => {
  assert.deepEqual(tickPlaces({ granularity: "year", periods: periodsFrom(1861, 3) }, 0), [0]);
});
