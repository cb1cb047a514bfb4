/** Write tables as CSV (RFC 4180) that a spreadsheet opens without running anything. */

// A cell beginning like this is a formula for a spreadsheet (OWASP, CSV injection); numbers are numbers.
const FORMULA = /^[=+\-@\t\r]/;

/**
 * Write a table.
 * @param {Array<string>} columns names
 * @param {Array<Array<*>>} rows cells; null is an empty one
 * @returns {string} with a mark of its encoding at the start, which spreadsheets need
 */
export function toCsv(columns, rows) {
  return "\ufeff" + [columns, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

function cell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  const text = String(value);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
