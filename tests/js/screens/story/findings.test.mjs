import assert from "node:assert/strict";
import { test } from "node:test";
import {
  arranged, changedEdits, intervalInWords, moved, NO_EDITS, parseEdits, sentenceText, viewOfFinding,
} from "../../../../resource/explorer/screens/story/findings.js";
import { DEFAULT_VIEW } from "../../../../resource/explorer/store/view-address.js";

const found = (...ids) => ids.map((id) => ({ id, kind: id.split(":")[0] }));
const idsOf = (findings) => findings.map(({ id }) => id);
const STAMP = { id: "c1", time: "2026-01-31T12:00:00Z" };

test("findings that readers placed come first, and quality stands by itself", () => {
  const findings = found("largest", "rising", "group:0", "documents", "quality");
  const { shown, hidden, quality } = arranged(findings, { order: ["group:0", "rising", "gone"], hidden: ["documents"], comments: [] });
  assert.deepEqual(idsOf(shown), ["group:0", "rising", "largest"]);
  assert.deepEqual(idsOf(hidden), ["documents"]);
  assert.equal(quality.id, "quality");
  assert.equal(arranged(found("largest"), NO_EDITS).quality, null);
});

test("a finding moves by one place, and not beyond the ends", () => {
  assert.deepEqual(moved(["a", "b", "c"], "b", -1), ["b", "a", "c"]);
  assert.deepEqual(moved(["a", "b", "c"], "b", 1), ["a", "c", "b"]);
  assert.deepEqual(moved(["a", "b", "c"], "a", -1), ["a", "b", "c"]);
  assert.deepEqual(moved(["a", "b", "c"], "c", 1), ["a", "b", "c"]);
});

test("changes kept in the browser have the effect of saved ones", () => {
  const changes = [{ order: ["rising"] }, { finding: "rising", hidden: true }, { finding: "largest", comment: "Why?", about: "It is large." }];
  const edits = changes.reduce((before, change) => changedEdits(before, change, STAMP), NO_EDITS);
  const comment = { ...STAMP, finding: "largest", text: "Why?", about: "It is large.", author: "" };
  assert.deepEqual(edits, { order: ["rising"], hidden: ["rising"], comments: [comment] });
  assert.deepEqual(changedEdits(edits, { finding: "rising", hidden: false }, STAMP).hidden, []);
  assert.deepEqual(changedEdits(edits, { delete: "c1" }, STAMP).comments, []);
  assert.deepEqual(parseEdits(JSON.stringify(edits)), edits);
});

test("what the page has not written is no change", () => {
  for (const text of [null, "", "{", "[]", '{"order": [1], "hidden": [], "comments": []}', '{"order": [], "hidden": [], "comments": [{}]}']) {
    assert.equal(parseEdits(text), NO_EDITS, String(text));
  }
});

test("a sentence has the page's labels and writes each number in its form", () => {
  const parts = [
    { topic: 3 }, " rose from ", { share: 0.0004 }, " to ", { share: 0.211 }, " (", { points: 0.2096 }, ", ", { ratio: 3.25 }, ") in ",
    { span: { label: "1959–2026" } }, ": ", { number: 12345, digits: 0 }, ", ", { number: -0.456, digits: 2 }, ", ", { group: "", column: 0 },
    ", ", { super_topic: 2, label: "state" },
  ];
  assert.equal(
    sentenceText(parts, (topic) => `T${topic}`),
    "“T3” rose from <0.1% to 21.1% (+21.0 percentage points, 3.3×) in 1959–2026: 12,345, −0.46, no value, “state”",
  );
});

test("an interval is of a share or of a difference, and its level is never one", () => {
  const interval = { low: 0.05, high: 0.125, level: 0.95, method: "Wilson" };
  assert.equal(intervalInWords({ kind: "unexplained", interval }), "95% interval (Wilson) of the share: 5.0% to 12.5%");
  const difference = { low: -0.2, high: 0.05, level: 0.999999, method: "Newcombe" };
  assert.equal(
    intervalInWords({ kind: "falling", interval: difference }),
    ">99.99% interval (Newcombe) of the difference: −20.0 to +5.0 percentage points",
  );
  assert.equal(intervalInWords({ kind: "quality", interval: null }), null);
});

test("the view behind a finding has its filters and nothing of the present view", () => {
  const view = viewOfFinding({ screen: "documents", topic: 3, g: ["0:a:b", "1:"], from: "1861-01-01", max: 0.2, sort: "-probability" });
  assert.deepEqual(view, {
    ...DEFAULT_VIEW, screen: "documents", topic: 3, from: "1861-01-01", max: 0.2, sort: "-probability",
    groups: [{ column: 0, value: "a:b" }, { column: 1, value: "" }],
  });
  assert.equal(viewOfFinding({ screen: "documents", topic: "none" }).topic, "none");
});
