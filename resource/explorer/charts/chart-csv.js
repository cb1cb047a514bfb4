/** Write tables as CSV (RFC 4180) that a spreadsheet opens without running formulas. */

// A cell that starts like this is a formula for a spreadsheet (OWASP, CSV injection), also after white space or quotes;
// a negative number is not. `csv_export.py` has the same rule for the file of all documents.
const BEFORE = "\\s\\x00-\\x20\\x7f-\\xa0\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff\"'`";
const FORMULA = new RegExp(`^(?:[\\t\\r\\n]|[${BEFORE}]*[=+\\-@\\uff1d\\uff0b\\uff0d\\uff20\\ufe66\\ufe62\\ufe63\\ufe6b])`);
const NEGATIVE_NUMBER = /^-\d+(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * Write a table.
 * @param {string[]} columns names
 * @param {any[][]} rows cells; null is an empty cell
 * @returns {string} with the byte order mark that spreadsheets need
 */
export function toCsv(columns, rows) {
  return `\ufeff${[columnNames(columns), ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;
}

/**
 * Write the names of columns as the datasets of the recipes have them: small letters, "p(topic | term)" as
 * "p_topic_given_term"; a name that comes again gets a number.
 * @param {string[]} names
 * @returns {string[]}
 */
export function columnNames(names) {
  const used = new Map();
  return names.map((name) => {
    const words = name.toLowerCase().replaceAll("|", " given ").replace(/[^\p{L}\p{M}\p{N}]+/gu, "_").replace(/^_|_$/g, "");
    const n = (used.get(words) ?? 0) + 1;
    used.set(words, n);
    return n === 1 ? words : `${words}_${n}`;
  });
}

function cell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  const text = String(value);
  const safe = FORMULA.test(text) && !NEGATIVE_NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
