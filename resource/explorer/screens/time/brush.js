/** Marking of periods: by the pointer, or by the keyboard as on a slider. What is marked becomes the filter. */

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
 * Make the marking.
 * @param {{model: Object, chosen: ?number, width: number, height: number, onPeriod: function(?number): void,
 *   onRange: function(number, number): void}} options `onRange` gets the places of the first and last period
 * @returns {{element: SVGElement, showPeriod: function(?number): void}}
 */
export function createBrush({ model, chosen, width, height, onPeriod, onRange }) {
  const n = model.answer.periods.length;
  const line = s("line", { class: "tx-cursor", y1: 0, y2: height, visibility: "hidden" });
  const mark = s("rect", { class: "tx-brush", y: 0, height, visibility: "hidden" });
  const area = s("rect", {
    class: "tx-hit tx-hit-range",
    width,
    height: height + 8,
    tabindex: 0,
    role: "slider",
    "data-keep": "periods",
    "aria-label": "Period; Enter shows it alone",
    "aria-valuemin": 1,
    "aria-valuemax": n,
    "aria-valuenow": 1,
  });
  const view = createMarkView({ model, chosen, width, line, mark, area });
  const state = { at: null, from: null };
  const move = (place) => {
    state.at = place;
    view.show(place, state.from);
    onPeriod(place);
  };
  listenToPointer(area, n, state, move, onRange);
  listenToKeys(area, n, state, move, onRange);
  view.tell(0);
  return { element: s("g", {}, mark, line, area), showPeriod: (place) => view.show(place, state.from) };
}

function createMarkView({ model, chosen, width, line, mark, area }) {
  const n = model.answer.periods.length;
  const x = middles(n, width);
  const tell = (place) => {
    area.setAttribute("aria-valuenow", place + 1);
    const value = chosen === null ? "" : `; topic ${chosen}: ${valueInWords(model, chosen, place)}`;
    area.setAttribute("aria-valuetext", periodInWords(model, place) + value);
  };
  const show = (place, from) => {
    line.setAttribute("visibility", place === null ? "hidden" : "visible");
    mark.setAttribute("visibility", place === null || from === null ? "hidden" : "visible");
    if (place === null) return;
    for (const end of ["x1", "x2"]) line.setAttribute(end, x(place));
    tell(place);
    if (from === null) return;
    mark.setAttribute("x", (Math.min(place, from) * width) / n);
    mark.setAttribute("width", ((Math.abs(place - from) + 1) * width) / n);
  };
  return { show, tell };
}

function listenToPointer(area, n, state, move, onRange) {
  const placeOf = ({ clientX }) => {
    const { left, width } = area.getBoundingClientRect();
    return Math.max(0, Math.min(n - 1, Math.floor(((clientX - left) / width) * n)));
  };
  area.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    area.setPointerCapture(event.pointerId);
    state.from = placeOf(event);
    move(state.from);
  });
  area.addEventListener("pointermove", (event) => move(placeOf(event)));
  area.addEventListener("pointerup", (event) => {
    if (state.from === null) return;
    const from = state.from;
    state.from = null;
    move(placeOf(event));
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
    // Alt and an arrow is the way back in the browser.
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

/** The first key stroke begins where it points to. */
function startOf(key, n) {
  return STEPS[key] < 0 && key !== "Home" ? n - 1 : key === "End" ? n - 1 : 0;
}
