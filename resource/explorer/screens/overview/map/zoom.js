/** Zooming and moving the map: with the wheel and the pointer, by buttons, and with the keyboard. */

import { h } from "../../../lib/dom.js";

const STEP = 1.5;
const MOST = 24;
const MOVE = 0.15; // share of the map by which an arrow key with Shift moves it
const DRAGGED = 4; // CSS pixels; a shorter press is a click

/**
 * @typedef {Object} Zoom
 * @property {number} k how many times larger
 * @property {number} x shift in CSS pixels
 * @property {number} y
 */

/** @type {Zoom} */
export const WHOLE = Object.freeze({ k: 1, x: 0, y: 0 });

/**
 * Zoom around a point that stays where it is.
 * @param {Zoom} zoom @param {number} factor
 * @param {{x: number, y: number}} at @param {{width: number, height: number}} size @param {number} [most]
 * @returns {Zoom}
 */
export function zoomed({ k, x, y }, factor, at, size, most = MOST) {
  const to = Math.max(1, Math.min(most, k * factor));
  return within({ k: to, x: at.x - ((at.x - x) * to) / k, y: at.y - ((at.y - y) * to) / k }, size);
}

/** Keep the map in view. @param {Zoom} zoom @param {{width: number, height: number}} size @returns {Zoom} */
export function within({ k, x, y }, { width, height }) {
  return { k, x: Math.min(0, Math.max(x, width * (1 - k))), y: Math.min(0, Math.max(y, height * (1 - k))) };
}

/**
 * Keep what is in the middle of a map that lies in the middle of its frame there, when the frame gets another size.
 * @param {Zoom} zoom
 * @param {{width: number, height: number}} before @param {{width: number, height: number}} after
 * @param {number} factor by which the whole map grows
 * @returns {Zoom}
 */
export function resized({ k, x, y }, before, after, factor) {
  const shift = (moved, from, to) => (to * (1 - k)) / 2 + (moved - (from * (1 - k)) / 2) * factor;
  return within({ k, x: shift(x, before.width, after.width), y: shift(y, before.height, after.height) }, after);
}

/**
 * Create the buttons and the listeners of a map.
 * @param {(zoom: Zoom) => void} redraw called with a new zoom
 * @param {number} [most] how many times larger the map may be
 * @returns {{element: HTMLElement, now: () => Zoom, listen: (surface: SVGElement | HTMLElement,
 *   shift: (dx: number, dy: number) => void, size: {width: number, height: number},
 *   canDrag?: (event: PointerEvent) => boolean) => void,
 *   resize: (before: {width: number, height: number}, after: {width: number, height: number}, factor: number) => void}}
 *   `listen` is called for each drawing, with what moves it while the pointer drags; `resize` see `resized`
 */
export function createZoom(redraw, most = MOST) {
  let zoom = WHOLE;
  let size = { width: 0, height: 0 };
  const set = (next) => {
    if (next.k === zoom.k && next.x === zoom.x && next.y === zoom.y) return;
    zoom = next;
    redraw(zoom);
  };
  const middle = () => ({ x: size.width / 2, y: size.height / 2 });
  const by = (factor, at = middle()) => set(zoomed(zoom, factor, at, size, most));
  const button = (label, title, onclick) =>
    h("button", { type: "button", class: "tx-button tx-button-small", title, "aria-label": title, onclick }, label);
  const element = h(
    "span",
    { class: "tx-zoom tx-inline", role: "group", "aria-label": "Zoom of the map" },
    button("+", "Zoom in (+)", () => by(STEP)),
    button("−", "Zoom out (−)", () => by(1 / STEP)),
    button("All", "Show the whole map (0)", () => set(WHOLE)),
  );
  const listen = (surface, shift, now, /** @type {(event: PointerEvent) => boolean} */ canDrag = () => true) => {
    size = now;
    surface.addEventListener("wheel", (event) => onWheel(event, surface, by), { passive: false });
    surface.addEventListener("keydown", (event) => onKey(event, { by, set, move: (dx, dy) => set(moved(zoom, dx, dy, size)) }));
    const drop = (dx, dy) => set(within({ ...zoom, x: zoom.x + dx, y: zoom.y + dy }, size));
    listenToDrags(surface, shift, drop, (event) => zoom.k > 1 && canDrag(event));
  };
  return { element, now: () => zoom, listen, resize: (before, after, factor) => set(resized(zoom, before, after, factor)) };
}

function moved({ k, x, y }, dx, dy, size) {
  return within({ k, x: x + dx * MOVE * size.width, y: y + dy * MOVE * size.height }, size);
}

/** The wheel alone scrolls the page; with Ctrl, as pinching sends it, the map is zoomed. */
function onWheel(event, surface, by) {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  const { left, top } = surface.getBoundingClientRect();
  by(Math.exp(-event.deltaY * 0.004), { x: event.clientX - left, y: event.clientY - top });
}

function onKey(event, { by, set, move }) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const shifts = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  if (event.key === "+" || event.key === "=") by(STEP);
  else if (event.key === "-") by(1 / STEP);
  else if (event.key === "0") set(WHOLE);
  else if (event.shiftKey && event.key in shifts) move(...shifts[event.key]);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function listenToDrags(surface, shift, drop, canDrag) {
  let from = null;
  let isDragged = false;
  surface.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && canDrag(event)) from = event;
    isDragged = false;
  });
  surface.addEventListener("pointermove", (event) => {
    if (!from) return;
    const [dx, dy] = [event.clientX - from.clientX, event.clientY - from.clientY];
    if (!isDragged && Math.hypot(dx, dy) < DRAGGED) return;
    if (!isDragged) surface.setPointerCapture(event.pointerId);
    isDragged = true;
    shift(dx, dy);
  });
  const end = (event) => {
    const start = from;
    from = null;
    if (start && isDragged) drop(event.clientX - start.clientX, event.clientY - start.clientY);
  };
  surface.addEventListener("pointerup", end);
  surface.addEventListener("pointercancel", end);
  // Links would be dragged as such, and a drag must not open the topic it began on.
  surface.addEventListener("dragstart", (event) => event.preventDefault());
  const swallow = (event) => {
    if (!isDragged) return;
    event.preventDefault();
    event.stopPropagation();
  };
  surface.addEventListener("click", swallow, { capture: true });
}
