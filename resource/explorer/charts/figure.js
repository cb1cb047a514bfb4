/** What every chart stands in: its title, what it means, the switch to its table, and the files it can be saved as. */

import { h } from "../dom.js?v=0.1.0";
import { redraw } from "../focus.js?v=0.1.0";
import { toCsv } from "./csv.js?v=0.1.0";
import { saveCsv, savePng, saveSvg } from "./save.js?v=0.1.0";
import { drawTable } from "./table.js?v=0.1.0";

/**
 * @typedef {Object} Chart
 * @property {string} title
 * @property {?string|Node|Array<Node>} [note] what is shown, and how it is counted
 * @property {?function(number): SVGElement|HTMLElement} draw makes the chart for a width in CSS pixels; an SVG can be
 *   saved as a picture, null where there is only a table
 * @property {{columns: Array<import("./table.js").Column>, rows: Array<Array<*>>}} table all it shows; cells as they
 *   are saved, `show` of a column writes them for readers
 * @property {string} [file] name of the saved files, the title by default
 */

/**
 * Make the figure; its element stays and is updated.
 * @param {{level: number, controls: Array<Node>}} [options] level of its heading; further controls in its head
 * @returns {{element: HTMLElement, update: function(Chart): void}}
 */
export function createFigure({ level = 2, controls = [] } = {}) {
  const title = h(`h${level}`, { class: "tx-panel-title" });
  const note = h("p", { class: "tx-panel-note" });
  const holder = h("div", { class: "tx-figure-body" });
  const asTable = h("button", { type: "button", class: "tx-button tx-button-small", "aria-pressed": "false" }, "Table");
  const files = h("span", { class: "tx-figure-files" });
  const tools = h("div", { class: "tx-figure-tools" }, ...controls, asTable, files);
  const element = h("section", { class: "tx-figure-panel" }, h("div", { class: "tx-figure-head" }, title, tools), note, holder);
  let chart = null;
  let width = 0;
  let isTable = false;
  const draw = () => {
    if (!chart || !width) return;
    asTable.hidden = !chart.draw;
    asTable.setAttribute("aria-pressed", String(isTable));
    const tabular = isTable || !chart.draw;
    const drawn = tabular ? drawTable({ ...chart.table, caption: chart.title }) : chart.draw(width);
    redraw(holder, drawn);
    files.replaceChildren(...fileButtons(chart, tabular ? null : drawn));
  };
  asTable.addEventListener("click", () => {
    isTable = !isTable;
    draw();
  });
  new ResizeObserver(([entry]) => {
    const found = Math.floor(entry.contentRect.width);
    if (!found || found === width) return;
    width = found;
    draw();
  }).observe(holder);
  const update = (changed) => {
    chart = changed;
    title.replaceChildren(chart.title);
    note.replaceChildren(...[chart.note ?? []].flat());
    note.hidden = !note.hasChildNodes();
    draw();
  };
  return { element, update };
}

function fileButtons({ title, file = title, table }, drawn) {
  const button = (label, what, save) =>
    h("button", { type: "button", class: "tx-button tx-button-small", title: `Save ${what}`, onclick: save }, label);
  const csv = () => saveCsv(file, toCsv(table.columns.map(({ name }) => name), table.rows));
  // A wide chart scrolls in a frame of its own.
  const picture = drawn instanceof SVGElement ? drawn : drawn?.querySelector("svg");
  return [
    button("CSV", "the figures as a table", csv),
    picture && button("SVG", "the chart as a drawing", () => saveSvg(file, picture)),
    picture && button("PNG", "the chart as a picture", () => savePng(file, picture)),
  ].filter(Boolean);
}
