import assert from "node:assert/strict";
import { test } from "node:test";
import { comparison, comparisonOfFinding, filteredBy, readSide, shownSides, sideInWords, writeSide } from "../../../resource/explorer/store/sides.js";
import { DEFAULT_VIEW, fromHash, toHash } from "../../../resource/explorer/store/view-address.js";

const topic = (id, n) => ({ id, label: `label ${id}`, n_documents: n, share: null });
const party = { index: 1, name: "party", n_values: 3, values: [{ value: "D", n: 9 }, { value: "R", n: 5 }, { value: "", n: 1 }] };
const president = { index: 0, name: "president", n_values: 40, values: [{ value: "A" }, { value: "B" }, { value: "C" }] };
const overview = (more) =>
  /** @type {any} */ ({ topics: [topic(0, 3), topic(1, 8)], groups: [president, party], periods: { first: "1790-01-08", last: "2026-02-24" }, engine: {}, ...more });
const view = (changes) => ({ ...DEFAULT_VIEW, ...changes });
const D = writeSide({ groups: [{ column: 1, value: "D" }] });
const R = writeSide({ groups: [{ column: 1, value: "R" }] });

test("a side keeps its filters through the address, also as part of the address of the page", () => {
  const filters = { topic: 3, q: "a&b=c", groups: [{ column: 1, value: "x & y=1" }], from: "1861-01-01", to: null, min: 0.5, max: null, status: null, box: [0, -0.5, 1, 0.25] };
  const side = writeSide(filters);
  assert.deepEqual(readSide(side), filters);
  assert.equal(fromHash(toHash(view({ screen: "compare", a: side, b: "all" }))).a, side);
});

test("no filters are all documents", () => {
  assert.equal(writeSide({}), "all");
  assert.deepEqual(readSide("all"), readSide("others"));
});

test("without a choice the two largest groups of the column with the fewest values are shown", () => {
  assert.deepEqual(shownSides(DEFAULT_VIEW, overview()), { a: D, b: R });
});

test("without groups the last period is shown, without dates the largest topic, against all others", () => {
  assert.deepEqual(shownSides(DEFAULT_VIEW, overview({ groups: [] })), { a: "from=2020-01-01&to=2029-12-31", b: "others" });
  assert.deepEqual(shownSides(DEFAULT_VIEW, overview({ groups: [], periods: null })), { a: "topic=1", b: "others" });
});

test("a chosen side is compared with all others until the second is chosen, too", () => {
  assert.deepEqual(shownSides(view({ a: R }), overview()), { a: R, b: "others" });
  assert.deepEqual(shownSides(view({ a: R, b: D }), overview()), { a: R, b: D });
});

test("filters of the kind that is compared no longer apply to both sides", () => {
  const before = view({ groups: [{ column: 0, value: "A" }, { column: 1, value: "D" }], from: "1945-01-01", q: "war" });
  const groups = comparison(before, D);
  assert.deepEqual([groups.a, groups.b, groups.groups], [D, "others", [{ column: 0, value: "A" }]]);
  assert.ok(!("from" in groups) && !("q" in groups));
  const dates = comparison(before, "from=1945-01-01", "to=1944-12-31");
  assert.deepEqual([dates.from, dates.to, dates.groups], [null, null, before.groups]);
});

test("a finding about a group or about two spans is compared, others are not", () => {
  const group = comparisonOfFinding(DEFAULT_VIEW, { id: "group:1", view: { g: ["0:A", "1:D"] }, chart: null });
  assert.deepEqual([group?.screen, group?.a, group?.b], ["compare", D, "others"]);
  const spans = [{ from: "1790-01-08", to: "1850-12-02" }, { from: "1950-01-04", to: "2026-02-24" }];
  const rising = comparisonOfFinding(DEFAULT_VIEW, { id: "rising", view: {}, chart: { spans } });
  assert.deepEqual([rising?.a, rising?.b], ["from=1790-01-08&to=1850-12-02", "from=1950-01-04&to=2026-02-24"]);
  assert.equal(comparisonOfFinding(DEFAULT_VIEW, { id: "largest", view: {}, chart: {} }), null);
});

test("the documents of a side are those of its filters and of the filters of both", () => {
  const both = view({ from: "1945-01-01", groups: [{ column: 0, value: "A" }] });
  const groups = [{ column: 0, value: "A" }, { column: 1, value: "D" }];
  assert.deepEqual(filteredBy(both, D, "others", overview()), { groups });
  assert.deepEqual(filteredBy(both, "q=war", "others", overview()), { q: "war", groups: both.groups });
});

test("all others are a filter where the column lists all its values", () => {
  const others = [{ column: 1, value: "R" }, { column: 1, value: "" }];
  assert.deepEqual(filteredBy(DEFAULT_VIEW, "others", D, overview()), { groups: others });
  assert.equal(filteredBy(DEFAULT_VIEW, "others", writeSide({ groups: [{ column: 0, value: "A" }] }), overview()), null);
  assert.equal(filteredBy(DEFAULT_VIEW, "others", "q=war", overview()), null);
});

test("a side is named by its values", () => {
  assert.equal(sideInWords(D, overview()), "D");
  assert.equal(sideInWords("q=war&from=1930-01-01&to=1939-12-31", overview()), "“war”, 1930–1939");
  assert.equal(sideInWords("topic=1", overview()), "1: label 1");
  assert.equal(sideInWords("all", overview()), "all documents");
  assert.equal(sideInWords("others", overview()), "all others");
});
