/** The frame of every chart: title, note, the switch to its table, and the files it can be saved as. */

import { h } from "../lib/dom.js";
import { redraw } from "../lib/focus.js";
import { count, plural } from "../lib/format.js";
import { toCsv } from "./chart-csv.js";
import { caption } from "./export/caption.js";
import { saveCsv, savePng, saveSvg } from "./export/save.js";
import { drawTable } from "./table.js";

const SCROLL_BAR = 17; // CSS pixels; no scroll bar is wider

/**
 * @typedef {Object} Chart
 * @property {string} title
 * @property {string | Node | (Node | string)[] | null} [note] what is shown and how it is counted
 * @property {((width: number) => SVGElement | HTMLElement) | null} draw draws the chart for a width in CSS pixels; an
 *   SVG can be saved as a picture. Null where there is only a table
 * @property {((width: number) => SVGSVGElement) | null} [picture] draws the picture to be saved of a chart that is not
 *   an SVG
 * @property {{columns: import("./table.js").Column[], rows: any[][]}} table all values; cells as they
 *   are saved, `show` of a column formats them for display
 * @property {string} [file] name of the saved files, the title by default
 */

/**
 * Create the figure; its element stays and is updated.
 * @param {{level?: number, controls?: Node[]}} [options] level of its heading; more controls in its head
 * @returns {{element: HTMLElement, tools: HTMLElement, update: (chart: Chart) => void}} `tools` holds the buttons, which
 *   may be placed elsewhere
 */
export function createFigure({ level = 2, controls = [] } = {}) {
  const { element, title, note, holder, asTable, files, tools } = createFrame(level, controls);
  const drawn = { chart: null, width: 0, isTable: false };
  const draw = () => {
    const { chart, width, isTable } = drawn;
    if (!chart || !width) return;
    const tabular = isTable || !chart.draw;
    const shown = tabular ? drawTable({ ...chart.table, caption: chart.title }) : chart.draw(width);
    redraw(holder, shown);
    asTable.hidden = !chart.draw;
    asTable.setAttribute("aria-pressed", String(isTable));
    files.replaceChildren(...fileButtons(chart, pictureMaker(chart, shown, width)));
  };
  asTable.addEventListener("click", () => {
    drawn.isTable = !drawn.isTable;
    draw();
  });
  observeWidth(holder, (found) => {
    drawn.width = found;
    draw();
  });
  const update = (chart) => {
    drawn.chart = chart;
    title.replaceChildren(chart.title);
    note.replaceChildren(...[chart.note ?? []].flat());
    note.hidden = !note.hasChildNodes();
    draw();
  };
  return { element, tools, update };
}

/**
 * Create the buttons in the note of a figure that show hidden topics, and those that are too many.
 * @param {number} nHidden @param {boolean} withHidden whether they are shown
 * @param {number} nLeft topics not drawn
 * @param {(changes: Object) => void} change called with changed choices
 * @returns {HTMLElement[]}
 */
export function foldButtons(nHidden, withHidden, nLeft, change) {
  const button = (label, changes) =>
    h("button", { type: "button", class: "tx-button tx-button-small tx-fold", onclick: () => change(changes) }, label);
  const hidden = withHidden ? `Leave out ${count(nHidden)} hidden` : `Show ${count(nHidden)} hidden`;
  return [
    nHidden > 0 && button(hidden, { withHidden: !withHidden }),
    nLeft > 0 && button(`Show ${plural(nLeft, "more topic")}`, { all: true }),
  ].filter(Boolean);
}

function createFrame(level, controls) {
  const title = h(`h${level}`, { class: "tx-panel-title" });
  const note = h("div", { class: "tx-panel-note" });
  const holder = h("div", { class: "tx-figure-body" });
  const asTable = h("button", { type: "button", class: "tx-button tx-button-small", "aria-pressed": "false" }, "Table");
  const files = h("span", { class: "tx-figure-files tx-wrap" });
  const tools = h("div", { class: "tx-figure-tools tx-wrap" }, ...controls, asTable, files);
  const head = h("div", { class: "tx-figure-head tx-ends" }, title, tools);
  const element = h("section", { class: "tx-figure-panel" }, head, note, holder);
  return { element, title, note, holder, asTable, files, tools };
}

/**
 * Report the width of an element, at first and when it changes. Drawing waits for the next frame, because it changes
 * sizes itself. Growth by a scroll bar or less is ignored: else a chart that toggles the scroll bar redraws forever.
 */
function observeWidth(element, onWidth) {
  let known = 0;
  new ResizeObserver(([entry]) => {
    const found = Math.floor(entry.contentRect.width);
    if (!found || found === known || (found > known && found - known <= SCROLL_BAR && known > 0)) return;
    known = found;
    requestAnimationFrame(() => onWidth(found));
  }).observe(element);
}

function pictureMaker({ picture }, drawn, width) {
  if (picture) return () => picture(width);
  // A wide chart is inside a scrolling container.
  const svg = drawn instanceof SVGElement ? drawn : drawn?.querySelector("svg");
  return svg ? () => svg : null;
}

/** @param {string} file @returns {string} the name of a file with the topic, and whether documents were filtered */
function named(file) {
  const { name } = caption();
  return [file, file.includes(name) ? "" : name].filter(Boolean).join(" ");
}

function fileButtons({ title, file = title, table }, makePicture) {
  const button = (label, what, save) =>
    h("button", { type: "button", class: "tx-button tx-button-small", title: `Save ${what}`, onclick: save }, label);
  const csv = () =>
    saveCsv(named(file), toCsv(table.columns.map(({ name }) => name), table.rows));
  return [
    button("CSV", "the figures as a table", csv),
    makePicture && button("SVG", "the chart as a drawing", () => saveSvg(named(file), makePicture(), title)),
    makePicture && button("PNG", "the chart as a picture", () => savePng(named(file), makePicture(), title)),
  ].filter(Boolean);
}
