import assert from "node:assert/strict";
import { test } from "node:test";
import { sinceInWords, spanChoices, spanInWords } from "../../../resource/explorer/lib/spans.js";

const labels = (first, last) => spanChoices(first, last).map(({ label }) => label);

test("documents of many years are offered by decade, of some by year, of one by month, the newest first", () => {
  assert.deepEqual(labels("1988-05-01T00:00:00", "2021-01-01"), ["2020s", "2010s", "2000s", "1990s", "1980s"]);
  assert.deepEqual(labels("2019-12-31", "2021-01-01"), ["2021", "2020", "2019"]);
  assert.deepEqual(labels("2020-01-05", "2020-03-01"), ["2020-03", "2020-02", "2020-01"]);
});

test("a choice begins on its first day and ends on its last", () => {
  assert.deepEqual(spanChoices("1930-01-01", "1990-01-01").at(-1), { from: "1930-01-01", to: "1939-12-31", label: "1930s" });
  assert.deepEqual(spanChoices("2020-02-03", "2020-02-04"), [{ from: "2020-02-01", to: "2020-02-29", label: "2020-02" }]);
});

test("data without dates offer nothing", () => {
  assert.deepEqual(spanChoices(/** @type {any} */ (null), ""), []);
});

test("whole years and months are written briefly, other spans by their days", () => {
  const words = (from, to) => spanInWords({ from, to });
  assert.equal(words("1930-01-01", "1939-12-31"), "1930–1939");
  assert.equal(words("1930-01-01", "1930-12-31"), "1930");
  assert.equal(words("2020-02-01", "2020-02-29"), "2020-02");
  assert.equal(words("2020-02-01", "2020-03-10"), "2020-02-01 – 2020-03-10");
  assert.equal(words("1945-01-01", null), "from 1945");
  assert.equal(words(null, "1945-05-08"), "to 1945-05-08");
});

test("a period begins where its name does", () => {
  assert.deepEqual(["2010–2014", "2020-01 – 2020-03", "2024"].map((label) => sinceInWords({ label })), ["2010", "2020-01", "2024"]);
});
