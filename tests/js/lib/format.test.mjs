import assert from "node:assert/strict";
import { test } from "node:test";
import { count, decimal, factor, finePercent, percent, plural, timeSpan } from "../../../resource/explorer/lib/format.js";

test("counts are grouped and a missing one is a dash", () => {
  assert.equal(count(1234567), "1,234,567");
  assert.equal(count(null), "–");
});

test("a share is a percentage with one decimal", () => {
  assert.equal(percent(0.2894), "28.9%");
  assert.equal(percent(0), "0%");
  assert.equal(percent(1), "100%");
  assert.equal(percent(undefined), "–");
});

test("a share never rounds to nothing or all", () => {
  assert.equal(percent(0.0001), "<0.1%");
  assert.equal(percent(0.99995), ">99.9%");
});

test("the probability of a term has two decimals", () => {
  assert.equal(finePercent(0.01234), "1.23%");
  assert.equal(finePercent(0.00001), "<0.01%");
  assert.equal(finePercent(null), "–");
});

test("a lift is a factor", () => {
  assert.equal(factor(6.24), "×6.2");
  assert.equal(factor(1234.5), "×1,235");
  assert.equal(factor(null), "–");
});

test("one is singular", () => {
  assert.equal(plural(1, "document"), "1 document");
  assert.equal(plural(2000, "document"), "2,000 documents");
  assert.equal(plural(2, "match", "matches"), "2 matches");
});

test("decimals have a minus sign, and zero has none", () => {
  assert.equal(decimal(0.0941), "0.09");
  assert.equal(decimal(-0.5), "−0.50");
  assert.equal(decimal(-0.001), "0.00");
  assert.equal(decimal(0.12345, 4), "0.1235");
  assert.equal(decimal(null), "–");
});

test("a long span of time is shown in years, a short one in days", () => {
  assert.equal(timeSpan("1790-01-08", "2026-02-24"), "1790 to 2026");
  assert.equal(timeSpan("2021-01-08", "2023-02-24"), "2021-01-08 to 2023-02-24");
});
