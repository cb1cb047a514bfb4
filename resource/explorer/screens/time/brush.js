/** Selection of periods with the pointer, or with the keyboard as on a slider. The selection becomes the date filter. */

import { s } from "../../lib/svg.js";
import { middles } from "./plot.js";
import { periodInWords, valueInWords } from "./model.js";

const STEPS = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
  Home: -Infinity,
  End: Infinity,
};

/**
 * Make the selection.
 * @param {{model: Object, chosen: number | null, width: number, height: number,
 *   onPeriod: (period: number | null) => void, onRange: (one: number, other: number) => void}} options `onRange` gets
 *   the indices of the first and last selected period, in any order
 * @returns {{element: SVGElement, showPeriod: (period: number | null) => void}}
 */
export function createBrush({ model, chosen, width, height, onPeriod, onRange }) {
  const n = model.answer.periods.length;
  const line = s("line", { class: "tx-cursor", y1: 0, y2: height, visibility: "hidden" });
  const mark = s("rect", { class: "tx-brush", y: 0, height, visibility: "hidden" });
  const area = s("rect", {
    class: "tx-hit tx-hit-range",
    width,
    height: height + 1,
    tabindex: 0,
    role: "slider",
    "data-keep": "periods",
    "aria-label": "Period; press Enter to filter by it",
    "aria-valuemin": 1,
    "aria-valuemax": n,
    "aria-valuenow": 1,
  });
  const view = createMarkView({ model, chosen, width, line, mark, area });
  const state = { at: null, from: null };
  const move = (period) => {
    state.at = period;
    view.show(period, state.from);
    onPeriod(period);
  };
  listenToPointer(area, n, state, move, onRange);
  listenToKeys(area, n, state, move, onRange);
  view.describe(0);
  return { element: s("g", {}, mark, line, area), showPeriod: (period) => view.show(period, state.from) };
}

function createMarkView({ model, chosen, width, line, mark, area }) {
  const n = model.answer.periods.length;
  const x = middles(n, width);
  const describe = (period) => {
    area.setAttribute("aria-valuenow", period + 1);
    const value = chosen === null ? "" : `; topic ${chosen}: ${valueInWords(model, chosen, period)}`;
    area.setAttribute("aria-valuetext", periodInWords(model, period) + value);
  };
  const show = (period, from) => {
    line.setAttribute("visibility", period === null ? "hidden" : "visible");
    mark.setAttribute("visibility", period === null || from === null ? "hidden" : "visible");
    if (period === null) return;
    for (const end of ["x1", "x2"]) line.setAttribute(end, x(period));
    describe(period);
    if (from === null) return;
    mark.setAttribute("x", (Math.min(period, from) * width) / n);
    mark.setAttribute("width", ((Math.abs(period - from) + 1) * width) / n);
  };
  return { show, describe };
}

function listenToPointer(area, n, state, move, onRange) {
  const periodAt = ({ clientX }) => {
    const { left, width } = area.getBoundingClientRect();
    return Math.max(0, Math.min(n - 1, Math.floor(((clientX - left) / width) * n)));
  };
  area.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    area.setPointerCapture(event.pointerId);
    state.from = periodAt(event);
    move(state.from);
  });
  area.addEventListener("pointermove", (event) => move(periodAt(event)));
  area.addEventListener("pointerup", (event) => {
    if (state.from === null) return;
    const from = state.from;
    state.from = null;
    move(periodAt(event));
    onRange(from, state.at);
  });
  const leave = () => {
    state.from = null;
    move(null);
  };
  area.addEventListener("pointercancel", leave);
  area.addEventListener("pointerleave", () => state.from === null && leave());
}

function listenToKeys(area, n, state, move, onRange) {
  area.addEventListener("keydown", (event) => {
    // Alt and an arrow key navigate the browser history.
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const at = state.at ?? 0;
    if (event.key === "Enter" || event.key === " ") onRange(state.from ?? at, at);
    else if (event.key === "Escape" && state.at !== null) {
      state.from = null;
      move(null);
    } else if (event.key in STEPS) {
      state.from = event.shiftKey ? (state.from ?? at) : null;
      move(state.at === null ? startOf(event.key, n) : Math.max(0, Math.min(n - 1, at + STEPS[event.key])));
    } else return;
    event.preventDefault();
  });
  area.addEventListener("blur", () => {
    state.from = null;
    move(null);
  });
}

/** Return the period that the first key press selects. */
function startOf(key, n) {
  return STEPS[key] < 0 && key !== "Home" ? n - 1 : key === "End" ? n - 1 : 0;
}
