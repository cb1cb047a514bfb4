import assert from "node:assert/strict";
import { test } from "node:test";
import {
  activeFilters, captionOf, changedGroups, clearedFilters, foundDocuments, foundInWords, groupName, hasPendingMerge, rising, typedShare, usesFilters,
} from "../../../resource/explorer/store/filters.js";
import { DEFAULT_VIEW } from "../../../resource/explorer/store/view-address.js";

const overview = {
  counts: { documents: 100, assigned: 90 },
  engine: { probability_name: "share" },
  groups: [{ index: 0, name: "party" }, { index: 2, name: "form" }],
  topics: [
    { id: 0, label: "taxes", belongs_to: 0, n_documents: 60 },
    { id: 1, label: "ships", belongs_to: 1, n_documents: 30 },
    { id: 2, label: "duties", belongs_to: 0, n_documents: 20 },
  ],
};
const view = (changes) => ({ ...DEFAULT_VIEW, screen: "documents", ...changes });
const words = (changes) => activeFilters(view(changes), overview).map(({ name, value }) => `${name}: ${value}`);

test("a view without filters lists none", () => {
  assert.deepEqual(words({}), []);
});

test("each filter is described in words", () => {
  const groups = [{ column: 0, value: "Whig" }, { column: 2, value: "" }];
  assert.deepEqual(words({ topic: 2, q: "tax", groups, from: "1900-01-01", min: 0.25, max: 0.5, status: "ok" }), [
    "Topic: 0: taxes", "Search: “tax”", "party: Whig", "form: no value", "Date: from 1900-01-01", "Share: 25.0% to 50.0%", "Status: ok",
  ]);
});

test("one end of a range is enough", () => {
  assert.deepEqual(words({ to: "1900-01-01", max: 0.5 }), ["Date: to 1900-01-01", "Share: at most 50.0%"]);
  assert.deepEqual(words({ from: "1900-01-01", to: "1900-01-01", min: 0 }), ["Date: 1900-01-01", "Share: at least 0%"]);
});

test("removing a filter keeps the others and starts at the first page", () => {
  const groups = [{ column: 0, value: "Whig" }, { column: 0, value: "Tory" }];
  const [whig] = activeFilters(view({ groups }), overview);
  assert.deepEqual(whig.without, { groups: [groups[1]], page: 1, lines: 1 });
});

test("the topic is a filter only where the screen lists what belongs to it", () => {
  assert.deepEqual(words({ screen: "terms", topic: 1 }), ["Topic: 1: ships"]);
  assert.deepEqual(words({ screen: "terms", topic: "none" }), ["Topic: none"]);
  for (const screen of ["time", "groups", "overview"]) assert.deepEqual(words({ screen, topic: 1 }), []);
});

test("a filter of an unknown column or topic is still shown and can be removed", () => {
  assert.deepEqual(words({ topic: 9, groups: [{ column: 7, value: "x" }] }), ["Topic: 9", "Column 7: x"]);
});

test("clearing removes every filter; the topic of the topic screen stays", () => {
  const filtered = { topic: 1, q: "x", groups: [{ column: 0, value: "Whig" }], from: "1900-01-01", status: "ok", page: 4 };
  const cleared = (screen) => ({ ...view({ ...filtered, screen }), ...clearedFilters(view({ screen })) });
  assert.deepEqual(cleared("documents"), view({}));
  assert.deepEqual(cleared("overview"), view({ screen: "overview", topic: 1 }));
});

test("without filters all documents are found, or those of the topic with all merged into it", () => {
  assert.deepEqual(foundDocuments(view({}), overview, null), { n: 100, of: 100 });
  assert.deepEqual(foundDocuments(view({ topic: 2 }), overview, null), { n: 60, of: 100 });
  assert.deepEqual(foundDocuments(view({ topic: "none" }), overview, null), { n: 10, of: 100 });
  assert.deepEqual(foundDocuments(view({ screen: "time", topic: 2 }), overview, null), { n: 100, of: 100 });
});

test("with filters the counts of the backend are used, or that of the selected topic", () => {
  const counts = { n: 12, of: 100, n_assigned: 9, topics: { 0: 7, 1: 2 } };
  assert.deepEqual(foundDocuments(view({ q: "x" }), overview, counts), { n: 12, of: 100 });
  assert.deepEqual(foundDocuments(view({ q: "x", topic: 2 }), overview, counts), { n: 7, of: 100 });
  assert.deepEqual(foundDocuments(view({ q: "x", topic: "none" }), overview, counts), { n: 3, of: 100 });
  assert.deepEqual(foundDocuments(view({ q: "x", topic: 9 }), overview, counts), { n: 0, of: 100 });
});

test("a pending merge counts in the filtered documents", () => {
  // Topic 1 was merged into 0 in the page; the backend still counts it by itself.
  const [first, second, third] = overview.topics;
  const merged = { ...overview, topics: [first, { ...second, belongs_to: 0 }, third] };
  const counts = { n: 12, of: 100, n_assigned: 9, topics: { 0: 7, 1: 2 } };
  assert.deepEqual(foundDocuments(view({ q: "x", topic: 0 }), merged, counts), { n: 9, of: 100 });
});

test("pending merges are reported if they change the documents of the selected topic", () => {
  const [first, second, third] = overview.topics;
  const merged = { ...overview, topics: [{ ...first, n_documents: 90 }, { ...second, belongs_to: 0 }, third] };
  const told = [0, 1, 2, "none", null].map((topic) => hasPendingMerge(view({ topic }), merged, overview));
  assert.deepEqual(told, [true, true, true, false, false]);
  assert.equal(hasPendingMerge(view({ topic: 0 }), overview, overview), false);
});

test("the number of matches is shown with the total, unless all match", () => {
  assert.equal(foundInWords({ n: 1204, of: 11108 }), "1,204 of 11,108 documents");
  assert.equal(foundInWords({ n: 1, of: 1 }), "1 document");
  assert.equal(foundInWords({ n: 0, of: 1 }), "0 of 1 document");
});

test("a value is added once and removed by itself", () => {
  const whig = { column: 0, value: "Whig" };
  assert.deepEqual(changedGroups([whig], 0, "Whig", true), [whig]);
  assert.deepEqual(changedGroups([whig], 2, "Whig", true), [whig, { column: 2, value: "Whig" }]);
  assert.deepEqual(changedGroups([whig, { column: 2, value: "Whig" }], 2, "Whig", false), [whig]);
});

test("a range typed in reverse is swapped", () => {
  assert.deepEqual(rising(0.5, 0.2), [0.2, 0.5]);
  assert.deepEqual(rising("1900-01-01", "1890-01-01"), ["1890-01-01", "1900-01-01"]);
  assert.deepEqual(rising(null, 0.2), [null, 0.2]);
});

test("a typed percentage becomes a share within 0 and 1", () => {
  assert.equal(typedShare("12.5"), 0.125);
  assert.equal(typedShare("33.333"), 0.3333);
  assert.equal(typedShare("250"), 1);
  assert.equal(typedShare("-1"), 0);
  assert.equal(typedShare(" "), null);
  assert.equal(typedShare("half"), null);
});

test("some screens are filtered, others are not", () => {
  assert.deepEqual(["documents", "terms", "time", "groups"].map(usesFilters), [true, true, true, true]);
  assert.deepEqual(["overview", "models", "try", "review"].map(usesFilters), [false, false, false, false]);
});

test("a column is known by its index", () => {
  assert.equal(groupName(overview, 2), "form");
});

test("a picture says topic, filters, number of documents, dataset and day", () => {
  const named = { ...overview, datasets: { document_topics: "speeches" } };
  const day = new Date("2026-11-30T12:00:00Z");
  const counts = { n: 40, of: 100, n_assigned: 30, topics: { 0: 10, 1: 15, 2: 5 } };
  assert.deepEqual(captionOf(view({ topic: 0, q: "tax" }), named, counts, day), {
    line: "Topic 0: taxes · Search: “tax” · 15 of 100 documents · speeches · 2026-11-30",
    name: "topic 0",
  });
  assert.deepEqual(captionOf(view({ screen: "time" }), named, null, day), { line: "100 documents · speeches · 2026-11-30", name: "" });
});
