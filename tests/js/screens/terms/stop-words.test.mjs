import assert from "node:assert/strict";
import { test } from "node:test";
import {
  countChanges, EMPTY_QUEUE, isListed, leftAfterSaving, listedWords, stopWordsCsv, withoutWord, withWord, withWords,
} from "../../../../resource/explorer/screens/terms/stop-words.js";

const saved = ["applause", "Mr"];

test("a word is queued once, whatever its case", () => {
  const queue = withWord(withWord(EMPTY_QUEUE, saved, "tonight"), saved, " Tonight ");
  assert.deepEqual(queue, { add: ["Tonight"], remove: [] });
  assert.equal(countChanges(queue), 1);
});

test("a word on the list is not queued again", () => {
  assert.equal(countChanges(withWord(EMPTY_QUEUE, saved, "APPLAUSE")), 0);
});

test("of several words those not on the list are queued, one on its way out stays", () => {
  const queue = withWords({ add: ["tonight"], remove: ["Mr"] }, saved, ["flight", "TONIGHT", "applause", "mr"]);
  assert.deepEqual(queue, { add: ["flight", "TONIGHT"], remove: [] });
});

test("nothing typed queues nothing", () => {
  assert.equal(countChanges(withWord(EMPTY_QUEUE, saved, "  ")), 0);
});

test("a queued word taken off again leaves no change", () => {
  const queue = withoutWord(withWord(EMPTY_QUEUE, saved, "tonight"), saved, "tonight");
  assert.deepEqual(queue, { add: [], remove: [] });
});

test("a listed word is taken off when saved, and kept when put on again", () => {
  const queue = withoutWord(EMPTY_QUEUE, saved, "mr");
  assert.deepEqual(queue, { add: [], remove: ["mr"] });
  assert.deepEqual(listedWords(queue, saved), [{ word: "applause", state: "saved" }, { word: "Mr", state: "removed" }]);
  assert.deepEqual(withWord(queue, saved, "Mr"), { add: [], remove: [] });
});

test("a word is listed as it will be", () => {
  const queue = withoutWord(withWord(EMPTY_QUEUE, saved, "tonight"), saved, "Mr");
  assert.deepEqual(["tonight", "applause", "mr", "ship"].map((word) => isListed(queue, saved, word)), [true, true, false, false]);
});

test("the file holds one column of the words to be left out, harmless to a spreadsheet", () => {
  const listed = listedWords(withWord(withoutWord(EMPTY_QUEUE, saved, "Mr"), saved, "=new, york"), saved);
  assert.equal(stopWordsCsv(listed), '\ufeffstop_word\r\napplause\r\n"\'=new, york"\r\n');
});

test("words put on and taken off while others are saved are still to be saved", () => {
  const sent = { add: ["tonight", "ship"], remove: ["Mr"] };
  assert.deepEqual(leftAfterSaving(sent, sent), { add: [], remove: [] });
  const now = withWord(withoutWord(withWord(sent, saved, "gold"), saved, "ship"), saved, "Mr");
  assert.deepEqual(leftAfterSaving(now, sent), { add: ["gold", "Mr"], remove: ["ship"] });
});
