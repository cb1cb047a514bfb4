import assert from "node:assert/strict";
import { test } from "node:test";
import { blocksOf, cutTo, spansByBlock } from "../../../resource/explorer/reader/text/blocks.js";
import { sentencesOf } from "../../../resource/explorer/reader/text/summary.js";
import { shown } from "../../../resource/explorer/reader/facts.js";

const LONGEST = 6000;
const points = (text) => [...text].length;

function check(text) {
  const blocks = blocksOf(text);
  assert.equal(blocks.map((block) => block.text).join(""), text);
  assert.deepEqual(blocks.map(({ start, end }) => end - start), blocks.map((block) => points(block.text)));
  assert.deepEqual(blocks.slice(1).map(({ start }) => start), blocks.slice(0, -1).map(({ end }) => end));
  assert.ok(blocks.every((block) => block.text.length <= LONGEST));
  return blocks;
}

test("a short text is one block, and an empty one is none", () => {
  assert.deepEqual(blocksOf("two\nlines"), [{ text: "two\nlines", start: 0, end: 9 }]);
  assert.deepEqual(blocksOf(""), []);
});

test("a long text is cut behind its line ends", () => {
  const blocks = check("A paragraph of some words.\n\n".repeat(2000));
  assert.ok(blocks.length > 10);
  assert.ok(blocks.every((block) => block.text.endsWith("\n\n")));
});

test("a paragraph without line ends is cut at spaces, and a word without spaces between characters", () => {
  assert.ok(check("word ".repeat(5000)).slice(0, -1).every((block) => block.text.endsWith("word ")));
  check("😀".repeat(7000));
  check(`a${"😀".repeat(7000)}`);
});

test("spans are cut at the ends of blocks and counted from there", () => {
  const blocks = [{ start: 0, end: 10 }, { start: 10, end: 20 }, { start: 20, end: 25 }];
  const span = (start, end) => ({ kind: "summary", start, end });
  const byBlock = spansByBlock(blocks, [span(3, 5), span(8, 22), span(10, 12)]);
  const places = blocks.map((block, i) => cutTo(block, byBlock[i]).map(({ start, end }) => [start, end]));
  assert.deepEqual(places, [[[3, 5], [8, 10]], [[0, 10], [0, 2]], [[0, 2]]]);
});

test("a part of a span knows the whole", () => {
  const word = { kind: "word", start: 8, end: 12, term: "peace" };
  const blocks = [{ start: 0, end: 10 }, { start: 10, end: 20 }];
  const [[first], [second]] = spansByBlock(blocks, [word]).map((spans, i) => cutTo(blocks[i], spans));
  assert.equal(first.of, word);
  assert.equal(second.of, word);
});

test("sentences of a summary are texts on one line", () => {
  assert.deepEqual(sentencesOf("😀 One\n two. Other. Three.", [{ start: 2, end: 11 }, { start: 19, end: 25 }]), ["One two.", "Three."]);
});

test("numbers have separators, unless they may be a year, an id or a code", () => {
  const cells = [["words", "9875"], ["words", "1234567"], ["words", "-12345"], ["year", "9875"], ["start", "1958"], ["speech_id", "123456"], ["zip code", "90210"], ["words", "007123"], ["words", "987"], ["day", "2026-11-30T00:00:00.000Z"]];
  assert.deepEqual(cells.map(([name, value]) => shown(name, value)), ["9,875", "1,234,567", "-12,345", "9875", "1958", "123456", "90210", "007123", "987", "2026-11-30"]);
});
