import assert from "node:assert/strict";
import { test } from "node:test";
import { wrapped } from "../../../resource/explorer/charts/export/picture.js";
import { progressInWords } from "../../../resource/explorer/shell/notice.js";

test("a line is broken between its parts", () => {
  assert.deepEqual(wrapped("Topic 3: war · party: Whig · 12 documents", 26), ["Topic 3: war · party: Whig", "12 documents"]);
  assert.deepEqual(wrapped("a part longer than all · b", 5), ["a part longer than all", "b"]);
  assert.deepEqual(wrapped("", 20), []);
});

test("while reading, the page says why two numbers differ", () => {
  assert.equal(progressInWords(6000, 1000), "Reading the documents: 6,000 rows so far. Lists and counts cover the first 1,000.");
  assert.equal(progressInWords(1000, 1000), "Reading the documents: 1,000 rows so far. Lists and counts cover these rows only.");
  assert.equal(progressInWords(0, 1000), "Reading the documents: 1,000 rows so far. Lists and counts cover these rows only.");
});
