/** Tables as CSV: no cell or header runs in a spreadsheet, and numbers stay numbers. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { toCsv } from "../../../resource/explorer/charts/chart-csv.js";

const CELLS = JSON.parse(readFileSync(new URL("../../cases/csv_cells.json", import.meta.url), "utf-8"));
const written = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

test("formulas get a quote, also in headers", () => {
  for (const cell of CELLS.formulas) {
    const safe = written(`'${cell}`);
    assert.equal(toCsv([cell], [[cell]]), `\ufeff${safe}\r\n${safe}\r\n`);
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
