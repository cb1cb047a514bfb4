/**
 * A matrix of coloured cells as an HTML table: its headers stay visible while it scrolls, the arrow keys move between
 * cells, and the description of a cell is shown above it. `picture.js` draws it as a picture.
 */

import { h } from "../../lib/dom.js";
import { textWidth } from "../text.js";

/**
 * @typedef {Object} Head
 * @property {string} name
 * @property {string} [detail] such as its number of documents
 * @property {number | null} [topic] whose colour and id are shown before the name
 * @property {boolean} [isChosen] of a row: highlighted
 * @property {{href: string, title: string, open: () => void} | null} [link] of a column, for the pointer
 */

/**
 * @typedef {Object} Cell
 * @property {string} level name of its colour, see `data-level` in charts.css
 * @property {string} [text] shown in it where there is room
 * @property {boolean} [isFew] hatched
 * @property {string} told full description, shown on hover or focus
 * @property {string | null} [href] target of a click
 * @property {(() => void) | null} [open] opens the target within the page
 */

/**
 * @typedef {Object} Matrix
 * @property {string} caption
 * @property {string} corner what rows and columns are
 * @property {Head[]} rows
 * @property {Head[]} columns
 * @property {Cell[][]} cells
 * @property {string} hint shown while no cell is hovered or focused
 * @property {(topic: number) => Node} badge creates the badge of a topic
 */

const MIN_CELL = 26;
const MAX_CELL = 92;
const WIDE_CELL = 48; // texts fit into cells of this width

/**
 * Measure a matrix for a width: widths of its cells and row headers, and the direction of its column headers.
 * @param {Matrix} matrix
 * @param {number} width of the whole in CSS pixels
 * @returns {{rowHead: number, cell: number, hasTexts: boolean, isAcross: boolean}}
 */
export function measureMatrix({ columns }, width) {
  const rowHead = Math.round(Math.max(136, Math.min(248, width * 0.34)));
  const cell = Math.max(MIN_CELL, Math.min(MAX_CELL, Math.floor((width - rowHead) / Math.max(1, columns.length)) - 1));
  const words = columns.flatMap(({ name }) => name.split(/[\s-]+/));
  const isAcross = cell >= WIDE_CELL && words.every((word) => textWidth(word) <= cell - 6);
  return { rowHead, cell, hasTexts: cell >= WIDE_CELL, isAcross };
}

/**
 * Draw the table.
 * @param {Matrix} matrix
 * @param {number} width in CSS pixels
 * @returns {HTMLElement}
 */
export function drawMatrix(matrix, width) {
  const sizes = measureMatrix(matrix, width);
  const told = h("p", { class: "tx-matrix-told" }, matrix.hint);
  const cells = matrix.cells.map((row, r) => row.map((cell, c) => drawCell(cell, `cell ${r} ${c}`, sizes.hasTexts)));
  const heads = matrix.columns.map((head) => h("th", { scope: "col" }, columnHead(head, matrix)));
  const table = h(
    "table",
    { class: sizes.isAcross ? "tx-matrix tx-matrix-across" : "tx-matrix tx-matrix-upwards" },
    h("caption", { class: "tx-sr-only" }, matrix.caption),
    h("thead", {}, h("tr", {}, h("td", { class: "tx-matrix-corner" }, matrix.corner), ...heads)),
    h("tbody", {}, ...matrix.rows.map((head, r) => h("tr", {}, rowHead(head, matrix), ...cells[r]))),
  );
  table.style.setProperty("--cell", `${sizes.cell}px`);
  table.style.setProperty("--row-head", `${sizes.rowHead}px`);
  describeCells(table, told, matrix);
  walkCells(table, cells.map((row) => row.map((cell) => cell.firstElementChild)));
  return h("div", {}, told, ...scrollable(table, matrix.columns.length, width - sizes.rowHead, sizes.cell + 1));
}

/** Show which columns are in view, if not all are. */
function scrollable(table, n, room, cell) {
  const scroll = h("div", { class: "tx-matrix-scroll", tabindex: "-1" }, table);
  const fitting = Math.max(1, Math.floor(room / cell));
  if (fitting >= n) return [scroll];
  const words = h("p", { class: "tx-note" });
  const frame = h("div", { class: "tx-matrix-frame" }, scroll);
  const tell = () => {
    const first = Math.min(n - fitting, Math.round(scroll.scrollLeft / cell));
    words.textContent = `Columns ${first + 1} to ${first + fitting} of ${n} are in view. Scroll sideways for the others.`;
    frame.toggleAttribute("data-more", first + fitting < n);
  };
  scroll.addEventListener("scroll", tell, { passive: true });
  tell();
  return [words, frame];
}

/** @param {Head} head @param {Matrix} matrix */
function columnHead({ name, detail, topic, link }, { badge }) {
  const title = [detail ? `${name}: ${detail}` : name, link?.title].filter(Boolean).join(". ");
  const label = h("span", { class: "tx-matrix-name tx-clip", dir: "auto" }, name);
  return h(
    "span",
    { class: "tx-matrix-column", title },
    topic !== null && topic !== undefined && badge(topic),
    link ? columnLink(link, label) : label,
    detail && h("span", { class: "tx-quiet" }, detail),
  );
}

/** A column of 41 would be 41 stops of the Tab key. */
function columnLink({ href, open }, label) {
  const onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  };
  return h("a", { class: "tx-matrix-column-link", href, tabindex: "-1", onclick }, label);
}

/** @param {Head} head @param {Matrix} matrix */
function rowHead({ name, detail, topic, isChosen }, { badge }) {
  const label = h("span", { class: "tx-matrix-name tx-clip", dir: "auto", title: name }, name);
  return h(
    "th",
    { scope: "row", "data-chosen": isChosen && "true" },
    h(
      "span",
      { class: "tx-matrix-row tx-line-up" },
      topic !== null && topic !== undefined && badge(topic),
      label,
      detail && h("span", { class: "tx-quiet" }, detail),
    ),
  );
}

/** @param {Cell} cell @param {string} name @param {boolean} hasTexts */
function drawCell({ level, text, isFew, told, href, open }, name, hasTexts) {
  const shown = hasTexts ? (text ?? "") : "";
  const properties = {
    class: "tx-matrix-cell",
    "data-level": level,
    "data-few": isFew && "true",
    "data-keep": name,
    "aria-label": told,
    tabindex: "-1",
  };
  const onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  };
  const inner = href
    ? h("a", { ...properties, href, onclick }, shown)
    : h("span", { ...properties, role: "img" }, shown);
  return h("td", {}, inner);
}

/**
 * Show what a cell holds while the pointer or the keyboard is on it, and mark its row and column.
 * @param {HTMLTableElement} table @param {HTMLElement} told @param {Matrix} matrix
 */
function describeCells(table, told, { cells, hint }) {
  const positionOf = ({ target }) => {
    const cell = target.closest?.("td");
    return cell && !cell.classList.contains("tx-matrix-corner")
      ? [cell.parentNode.sectionRowIndex, cell.cellIndex - 1]
      : null;
  };
  const mark = (position) => {
    for (const marked of table.querySelectorAll("[data-looked-at]")) marked.removeAttribute("data-looked-at");
    told.replaceChildren(position ? cells[position[0]][position[1]].told : hint);
    if (!position) return;
    table.tBodies[0].rows[position[0]].cells[0].dataset.lookedAt = "true";
    table.tHead.rows[0].cells[position[1] + 1].dataset.lookedAt = "true";
  };
  table.addEventListener("pointerover", (event) => mark(positionOf(event)));
  table.addEventListener("pointerleave", () => mark(null));
  table.addEventListener("focusin", (event) => mark(positionOf(event)));
  table.addEventListener("focusout", () => mark(null));
}

/** Tab reaches one cell, from which the arrow keys move on. */
function walkCells(table, grid) {
  const at = { row: 0, column: 0 };
  const first = grid[0]?.[0];
  if (first) first.tabIndex = 0;
  table.addEventListener("focusin", ({ target }) => {
    const row = grid.findIndex((cells) => cells.includes(target));
    if (row < 0) return;
    grid[at.row][at.column].tabIndex = -1;
    Object.assign(at, { row, column: grid[row].indexOf(target) });
    target.tabIndex = 0;
  });
  table.addEventListener("keydown", (event) => {
    // Alt and an arrow key go back in the browser.
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[event.key];
    const end = { Home: 0, End: grid[at.row]?.length - 1 }[event.key];
    const next = step ? grid[at.row + step[0]]?.[at.column + step[1]] : grid[at.row]?.[end];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}
