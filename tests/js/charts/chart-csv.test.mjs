/** Tables as CSV: no cell or header runs in a spreadsheet, and numbers stay numbers. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { columnNames, toCsv } from "../../../resource/explorer/charts/chart-csv.js";

const CELLS = JSON.parse(readFileSync(new URL("../../cases/csv_cells.json", import.meta.url), "utf-8"));
const written = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

test("formulas get a quote, and headers hold no sign that begins one", () => {
  for (const cell of CELLS.formulas) {
    assert.equal(toCsv(["name"], [[cell]]), `\ufeffname\r\n${written(`'${cell}`)}\r\n`);
    assert.match(columnNames([cell])[0], /^[\p{L}\p{M}\p{N}_]*$/u);
  }
  assert.ok(CELLS.formulas.length > 30);
});

test("other cells are unchanged", () => {
  const table = toCsv(["name"], CELLS.others.map((cell) => [cell]));
  assert.equal(table, `\ufeffname\r\n${CELLS.others.map((cell) => `${written(cell)}\r\n`).join("")}`);
});

test("numbers stay numbers, and missing ones are empty cells", () => {
  assert.equal(toCsv(["a", "b", "c", "d"], [[-3.5, NaN, null, undefined]]), "\ufeffa,b,c,d\r\n-3.5,,,\r\n");
});

test("names of columns are written as in the datasets of the recipes", () => {
  const names = ["Topic", "p(topic | term)", "Share of the topic's documents", "Ελλάδα", "1940", "Topic"];
  assert.deepEqual(columnNames(names), ["topic", "p_topic_given_term", "share_of_the_topic_s_documents", "ελλάδα", "1940", "topic_2"]);
});
