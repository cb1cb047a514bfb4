/** A table of the values of a chart, or of figures; numbers are right-aligned, the first column is the row header. */

import { h } from "../lib/dom.js";

/**
 * @typedef {Object} Column
 * @property {string} name
 * @property {boolean} [isNumber]
 * @property {string} [title] what the figure means
 * @property {(value: any) => string | Node} [show] formats a cell; by default it is shown as it is
 */

/** @param {string} name @param {Column["show"]} [show] @param {string} [title] @returns {Column} a column of numbers */
export function numberColumn(name, show, title) {
  return { name, isNumber: true, show, title };
}

/** Draw a table. @param {{columns: Column[], rows: any[][], caption: string}} table @returns {HTMLElement} */
export function drawTable({ columns, rows, caption }) {
  const head = columns.map(({ name, isNumber, title }) =>
    h("th", { scope: "col", class: isNumber && "tx-number", title }, name),
  );
  return h(
    "div",
    { class: "tx-table-scroll", tabindex: "0", role: "region", "aria-label": caption },
    h(
      "table",
      { class: "tx-table" },
      h("caption", { class: "tx-sr-only" }, caption),
      h("thead", {}, h("tr", {}, ...head)),
      h("tbody", {}, ...rows.map((cells) => h("tr", {}, ...cells.map((value, i) => drawCell(value, columns[i], i))))),
    ),
  );
}

/** @param {any} value @param {Column} column @param {number} index */
function drawCell(value, { isNumber, show }, index) {
  const shown = show ? show(value) : value === null || value === undefined ? "–" : String(value);
  const properties = { class: isNumber && "tx-number", dir: isNumber ? null : "auto" };
  return index === 0 ? h("th", { scope: "row", ...properties }, shown) : h("td", properties, shown);
}
