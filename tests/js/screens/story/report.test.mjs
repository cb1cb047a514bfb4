import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOf } from "../../../../resource/explorer/screens/story/charts.js";
import {
  coverLines, factsOfTopic, groupsOfTopic, methods, topicsOfReport,
} from "../../../../resource/explorer/screens/story/report/content.js";
import { DEFAULT_VIEW } from "../../../../resource/explorer/store/view-address.js";

const overview = /** @type {any} */ ({
  topics: [
    { id: 0, label: "fruit", hidden: false, coherence_npmi: 0.25 },
    { id: 1, label: "ships", hidden: true },
  ],
  datasets: { document_topics: "reviews" }, text_column: "text", id_column: "id", date_column: null, read_at: "2026-01-30T12:00:00Z",
  engine: { label: "LDA", probability_name: "proportion", probability_explanation: "A part of the words." },
  groups: [{ index: 0, name: "country" }], model: { n_terms: 1200, seed: 0 }, quality: { coherence_npmi: 0.1 }, counts: {}, edits: { n: 0 },
});
const story = {
  n: 30, of: 100, n_assigned: 20,
  findings: [{ kind: "largest", rule: "By number.", interval: null, n: 20 }],
  unsaid: [{ kind: "rising", sentence: "Too few dates." }],
};
const view = { ...DEFAULT_VIEW, topic: 1, groups: [{ column: 0, value: "Chile" }] };
const answer = { story, topics: [{ topic: 0, n: 5 }, { topic: 1, n: 3 }, { topic: 9, n: 1 }], time: null };
const report = /** @type {any} */ ({ title: "T", author: "Ann", date: new Date(2026, 0, 31), answer, overview, view, hasUnsaved: false });

test("the cover has author, date, data, filters and how many documents match", () => {
  const lines = Object.fromEntries(coverLines(report));
  assert.deepEqual([lines.Author, lines.Date, lines.Filters], ["Ann", "31 January 2026", "country: Chile"]);
  assert.equal(lines.Documents, "30 of 100 documents, 20 with a topic");
  assert.match(lines.Data, /Column “text” of reviews · LDA, read on 30 January 2026/);
  assert.equal(lines.Note, undefined);
  assert.match(Object.fromEntries(coverLines({ ...report, hasUnsaved: true })).Note, /not saved yet/);
});

test("topics that are hidden or unknown in the page are left out", () => {
  const [only, ...others] = topicsOfReport(report);
  assert.equal(others.length, 0);
  assert.equal(factsOfTopic(only), "5 documents · 25.0% of those with a topic · coherence (NPMI) 0.25");
});

test("only groups in which a topic is more frequent are listed, at most five", () => {
  const groups = [1, 2, 3, 4, 5, 6].map((n) => ({ column: 0, value: n === 1 ? "" : `g${n}`, n: 30, log2_lift: n === 2 ? -1 : 1 }));
  const listed = groupsOfTopic({ groups }, overview);
  assert.deepEqual(listed.map(({ name }) => name), ["country: no value", "country: g3", "country: g4", "country: g5", "country: g6"]);
  assert.deepEqual([listed[0].lift, listed[0].size], ["×2.0", "of 30"]);
});

test("methods name the model, its quality, the rule of each finding and what cannot be said", () => {
  const sections = Object.fromEntries(methods(report).map(({ title, entries }) => [title, Object.fromEntries(entries)]));
  assert.equal(sections["How the findings were found"]["Largest topics"], "By number. n = 20 documents.");
  assert.equal(sections["What cannot be said"]["Rising the most"], "Too few dates.");
  assert.equal(sections["Data and model"].Vocabulary, "1,200 terms");
  assert.match(sections["Quality of the model"]["Coherence (NPMI), mean of topics"], /^0\.10\. Do the ten top terms/);
});

test("a report does not speak of a mouse", () => {
  assert.doesNotMatch(JSON.stringify([methods(report), coverLines(report)]), /click|hover|tooltip|drag/i);
});

test("a time lies among periods by their first days", () => {
  const periods = ["2020", "2021", "2022", "2023", "2024"].map((year) => ({ start: `${year}-01-01` }));
  assert.deepEqual(placeOf({ from: "2020-05-01", to: "2021-12-31" }, periods), [0, 0.25]);
  assert.deepEqual(placeOf({ from: "2024-01-01", to: "2024-12-31" }, periods), [1, 1]);
  assert.deepEqual(placeOf({ from: "2019-01-01", to: "2019-02-01" }, periods), [0, 0]);
});
