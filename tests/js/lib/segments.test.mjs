import assert from "node:assert/strict";
import { test } from "node:test";
import { codePointIndex, segments } from "../../../resource/explorer/lib/segments.js";

const summary = (start, end) => ({ kind: "summary", start, end });
const kinds = (parts) => parts.map(({ text, spans }) => [text, spans.map(({ kind }) => kind).join("+")]);

test("a text without spans is one segment", () => {
  assert.deepEqual(kinds(segments("plain", [])), [["plain", ""]]);
});

test("an empty text has no segments", () => {
  assert.deepEqual(segments("", [summary(0, 3)]), []);
});

test("a span cuts the text in three", () => {
  assert.deepEqual(kinds(segments("one two three", [summary(4, 7)])), [["one ", ""], ["two", "summary"], [" three", ""]]);
});

test("positions count code points, and an emoji is one", () => {
  const text = "😀 Ünïcode 𝒜stral. Second 🎉 here.";
  const points = [...text];
  const start = points.indexOf("S");
  const parts = segments(text, [summary(start, points.length)]);
  assert.deepEqual(kinds(parts), [["😀 Ünïcode 𝒜stral. ", ""], ["Second 🎉 here.", "summary"]]);
});

test("no cut falls inside a surrogate pair", () => {
  const parts = segments("😀😀😀", [summary(1, 2)]);
  assert.deepEqual(kinds(parts), [["😀", ""], ["😀", "summary"], ["😀", ""]]);
});

test("overlapping spans share a segment", () => {
  const parts = segments("abcdef", [summary(0, 4), { kind: "match", start: 2, end: 6 }]);
  assert.deepEqual(kinds(parts), [["ab", "summary"], ["cd", "summary+match"], ["ef", "match"]]);
});

test("a span beyond the end is cut and an empty one is left out", () => {
  assert.deepEqual(kinds(segments("abc", [summary(1, 99), summary(2, 2)])), [["a", ""], ["bc", "summary"]]);
});

test("segments always join to the text", () => {
  const text = "a😀b\u0301 שלום 𝒜\n";
  const spans = [summary(0, 2), summary(1, 5), { kind: "match", start: 3, end: 8 }];
  assert.equal(segments(text, spans).map((part) => part.text).join(""), text);
});

test("the index of a text without emoji is the offset itself", () => {
  assert.equal(codePointIndex("plain")(3), 3);
});

test("spans over a segment come in the order they were given", () => {
  const spans = [{ kind: "late", start: 2, end: 6 }, { kind: "early", start: 0, end: 6 }, { kind: "inner", start: 3, end: 4 }];
  assert.deepEqual(kinds(segments("abcdef", spans)), [
    ["ab", "early"], ["c", "late+early"], ["d", "late+early+inner"], ["ef", "late+early"],
  ]);
});

/** Count the entries that array methods visit while a function runs. */
function entriesVisited(run) {
  const methods = ["filter", "flatMap", "map", "sort", "find", "some", "every", "forEach", "reduce"];
  const originals = methods.map((name) => Array.prototype[name]);
  let visited = 0;
  methods.forEach((name, i) => {
    Array.prototype[name] = function (...args) {
      visited += this.length;
      return originals[i].apply(this, args);
    };
  });
  try {
    run();
  } finally {
    for (let i = 0; i < methods.length; i += 1) Array.prototype[methods[i]] = originals[i];
  }
  return visited;
}

test("the work on a text with a span over every word is linear", () => {
  const cut = (n) => {
    const text = "word ".repeat(n);
    const spans = Array.from({ length: n }, (_, i) => ({ kind: "word", start: i * 5, end: i * 5 + 4 }));
    return segments(text, [...spans, summary(0, text.length)]);
  };
  const parts = cut(20_000);
  assert.equal(parts.length, 40_000);
  assert.deepEqual(kinds(parts.slice(-2)), [["word", "word+summary"], [" ", "summary"]]);
  const short = entriesVisited(() => cut(500));
  assert.ok(short > 0);
  assert.ok(entriesVisited(() => cut(1000)) <= 2.1 * short);
});
