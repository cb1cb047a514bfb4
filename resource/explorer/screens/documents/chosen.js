/** The documents chosen in a list, to be moved together: their boxes, and the bar with their number and what to do. */

import { h } from "../../lib/dom.js";
import { enable } from "../../lib/focus.js";
import { plural } from "../../lib/format.js";

/**
 * Return the chosen documents after a box was switched, with a range those from the last switched one to this one too.
 * @param {Map<number, any>} chosen documents by row
 * @param {any[]} page documents of the page, in order
 * @param {{row: number, isOn: boolean, from?: number | null}} change `from` is the other end of the range
 * @returns {Map<number, any>} a new map
 */
export function withChoice(chosen, page, { row, isOn, from = null }) {
  const place = (wanted) => page.findIndex((entry) => entry.row === wanted);
  const [here, there] = [place(row), place(from)];
  const [first, last] = there < 0 ? [here, here] : [Math.min(here, there), Math.max(here, there)];
  const changed = new Map(chosen);
  for (const entry of page.slice(first, last + 1)) {
    if (isOn) changed.set(entry.row, entry);
    else changed.delete(entry.row);
  }
  return changed;
}

/**
 * Create the bar and what makes the boxes.
 * @param {Actions} actions
 * @returns {{element: HTMLElement, box: (entry: any) => HTMLElement, show: (page: any[], canMove: boolean) => void,
 *   toggle: (row: number, isRange: boolean) => void, clear: () => void}} `show` is called with each page
 */
export function createChosen(actions) {
  let chosen = new Map();
  let page = [];
  let last = null;
  const boxes = new Map();
  const all = h("input", { type: "checkbox", class: "tx-choose", onchange: () => set(withPage(chosen, page, all.checked)) });
  const number = h("span", { class: "tx-chosen-number", "aria-live": "polite" });
  const button = (words, onclick) => h("button", { type: "button", class: "tx-button tx-button-small", onclick }, words);
  // The focused button disappears.
  const leave = () => {
    clear();
    all.focus({ preventScroll: true });
  };
  const move = button("Move to topic…", () => actions.openMove([...chosen.values()], leave));
  const drop = button("Clear", leave);
  const element = h(
    "div",
    { class: "tx-chosen tx-wrap tx-small", role: "group", "aria-label": "Selected documents", hidden: true },
    h("label", { class: "tx-choose-all" }, all, number),
    h("span", { class: "tx-chosen-tools tx-inline" }, move, drop),
  );
  const set = (now) => {
    chosen = now;
    for (const [row, box] of boxes) box.checked = chosen.has(row);
    const here = page.filter(({ row }) => chosen.has(row)).length;
    all.checked = here > 0 && here === page.length;
    all.indeterminate = here > 0 && here < page.length;
    all.setAttribute("aria-label", `Select all ${plural(page.length, "document")} on this page`);
    number.textContent = chosen.size ? `${plural(chosen.size, "document")} selected` : "Select this page";
    element.classList.toggle("tx-chosen-some", chosen.size > 0);
    enable([move, chosen.size > 0], [drop, chosen.size > 0]);
  };
  const choose = (row, isOn, isRange) => {
    set(withChoice(chosen, page, { row, isOn, from: isRange ? last : null }));
    last = row;
  };
  const box = (entry) => {
    const { row, key, title } = entry;
    const onclick = (event) => choose(row, /** @type {HTMLInputElement} */ (event.currentTarget).checked, event.shiftKey);
    const label = `Select ${title ?? key}`;
    const made = h("input", { type: "checkbox", class: "tx-choose", "data-keep": `choose-${row}`, "aria-label": label, onclick });
    boxes.set(row, made);
    return made;
  };
  const clear = () => {
    last = null;
    set(new Map());
  };
  const show = (documents, canMove) => {
    page = documents;
    const rows = new Set(page.map(({ row }) => row));
    for (const row of boxes.keys()) if (!rows.has(row)) boxes.delete(row);
    element.hidden = !canMove || !page.length;
    set(chosen);
  };
  return { element, box, show, toggle: (row, isRange) => choose(row, !chosen.has(row) || isRange, isRange), clear };
}

/** Choose all documents of a page, or none of them. */
function withPage(chosen, page, isOn) {
  return page.length ? withChoice(chosen, page, { row: page[0].row, isOn, from: page[page.length - 1].row }) : chosen;
}
