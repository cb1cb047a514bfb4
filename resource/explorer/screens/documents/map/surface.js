/** The canvas of the document map: paints the points, and turns the pointer and the keys into actions. */

import { h } from "../../../lib/dom.js";
import { hueOf, N_HUES } from "../../../lib/palette.js";
import { WHOLE } from "../../overview/map/zoom.js";
import { fromGrid, nearestPoint, toGrid } from "./points.js";
import { labelsWithRoom } from "./labels.js";
import { paintPoints, pixelOf, placeOf, radiusOf } from "./paint.js";

const MARGIN = 12; // CSS pixels around the whole map
const REACH = 10; // CSS pixels from the pointer to a point
const MOST_RATIO = 2; // pixels per CSS pixel; more cannot be seen
const LEAST_BOX = 6; // CSS pixels; a smaller area is a click
const FONT_SIZE = 12;

/**
 * @typedef {Object} Drawn
 * @property {import("./points.js").Points} points
 * @property {import("./points.js").Island[]} islands
 * @property {Map<number, string>} labels of topics
 * @property {Map<number, number>} hues of topics
 * @property {number | null} open row of the open document
 * @property {number[] | null} box area that is a filter
 */

/**
 * Create the canvas.
 * @param {ReturnType<typeof import("../../overview/map/zoom.js").createZoom>} zoom
 * @param {{isSelecting: () => boolean, onBox: (box: number[]) => void, onOpen: (row: number) => void,
 *   onHover: (found: {row: number, topic: number, at: {x: number, y: number}} | null) => void}} options
 */
export function createSurface(zoom, { isSelecting, onBox, onOpen, onHover }) {
  const canvas = h("canvas", { class: "tx-docmap-canvas", tabindex: "0", role: "application", "data-keep": "docmap" });
  const size = { width: 0, height: 0 };
  /** @type {{drawn: Drawn | null, nearest: ReturnType<typeof nearestPoint> | null, colours: any, image: any, lit: number | null,
   *   shift: {x: number, y: number}, box: number[] | null, frame: number}} */
  const own = { drawn: null, nearest: null, colours: null, image: null, lit: null, shift: { x: 0, y: 0 }, box: null, frame: 0 };
  const paint = () => {
    own.frame = 0;
    if (own.drawn && size.width) paintAll(canvas, size, shownZoom(), own);
  };
  const repaint = () => {
    own.frame ||= requestAnimationFrame(paint);
  };
  const shownZoom = () => {
    const { k, x, y } = zoom.now();
    return { k, x: x + own.shift.x, y: y + own.shift.y };
  };
  /** Return the place on the grid of a place on the canvas. */
  const gridOf = ({ x, y }) => {
    const place = placeOf(size, zoom.now(), 1, MARGIN);
    return { x: (x - place.x) / place.scale, y: (y - place.y) / place.scale, reach: REACH / place.scale };
  };
  const boxOf = (from, to) => {
    const [one, other] = [gridOf(from), gridOf(to)];
    const [left, right] = [Math.min(one.x, other.x), Math.max(one.x, other.x)].map(fromGrid);
    const [top, bottom] = [Math.min(one.y, other.y), Math.max(one.y, other.y)].map(fromGrid);
    return [left, top, right, bottom];
  };
  const pointAt = (at) => {
    const { x, y, reach } = gridOf(at);
    return own.nearest?.(x, y, reach) ?? null;
  };
  zoom.listen(canvas, (x, y) => { own.shift = { x, y }; repaint(); }, size, (event) => !event.shiftKey && !isSelecting());
  const cancel = listenToPointer(canvas, { isSelecting, boxOf, pointAt, onBox, repaint, setBox: (box) => { own.box = box; }, points: () => own.drawn?.points, onOpen, onHover });
  canvas.addEventListener("keydown", (event) => {
    // The whole map is not an area of it.
    if (event.key !== "Enter" || zoom.now().k === 1) return;
    event.preventDefault();
    onBox(boxOf({ x: 0, y: 0 }, { x: size.width, y: size.height }));
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    own.colours = readColours();
    repaint();
  });
  const fit = () => {
    const ratio = ratioOfScreen();
    canvas.width = Math.round(size.width * ratio);
    canvas.height = Math.round(size.height * ratio);
    own.image = null;
    repaint();
  };
  onOtherRatio(fit);
  return {
    element: canvas,
    /** Leave the area that is being dragged. @returns {boolean} whether there was one */
    cancel,
    /** Return the area in view. */
    view: () => boxOf({ x: 0, y: 0 }, { x: size.width, y: size.height }),
    zoomed: () => {
      own.shift = { x: 0, y: 0 };
      repaint();
    },
    /** Light up one topic. @param {number | null} topic */
    light(topic) {
      own.lit = topic;
      repaint();
    },
    /** @param {Drawn} drawn @param {string} name for screen readers */
    update(drawn, name) {
      if (drawn.points !== own.drawn?.points) own.nearest = nearestPoint(drawn.points);
      own.drawn = drawn;
      own.colours = readColours();
      canvas.setAttribute("aria-label", name);
      repaint();
    },
    /** @param {number} width @param {number} height in CSS pixels */
    resize(width, height) {
      if (width === size.width && height === size.height) return;
      const before = { ...size };
      Object.assign(size, { width, height });
      if (before.width) zoom.resize(before, size, sideOf(size) / sideOf(before));
      canvas.style.setProperty("width", `${width}px`);
      canvas.style.setProperty("height", `${height}px`);
      fit();
    },
  };
}

const sideOf = (size) => placeOf(size, WHOLE, 1, MARGIN).scale;

const ratioOfScreen = () => Math.min(MOST_RATIO, devicePixelRatio || 1);

/** Call a function when the window moves to a screen with another number of pixels, or the browser zooms. */
function onOtherRatio(call) {
  const again = () => {
    call();
    onOtherRatio(call);
  };
  matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener("change", again, { once: true });
}

function paintAll(canvas, size, zoom, own) {
  const { drawn, colours, lit, box } = own;
  const ratio = canvas.width / size.width;
  const context = canvas.getContext("2d");
  own.image ??= context.createImageData(canvas.width, canvas.height);
  const pixels = { data: new Uint32Array(own.image.data.buffer), width: canvas.width, height: canvas.height };
  pixels.data.fill(colours.paper);
  const place = placeOf(size, zoom, ratio, MARGIN);
  const area = drawn.islands.reduce((sum, { r }) => sum + Math.PI * r * r, 0);
  const radius = radiusOf(drawn.points.n, area, place.scale * 65_535, ratio);
  const { topic } = drawn.points;
  const ofPoint = (i) => (lit !== null && topic[i] !== lit ? colours.dim : (colours.topics[drawn.hues.get(topic[i]) ?? N_HUES] ?? colours.rest));
  paintPoints(pixels, drawn.points, place, radius, { ofPoint, dim: colours.dim });
  context.putImageData(own.image, 0, 0);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const onScreen = { scale: place.scale / ratio, x: place.x / ratio, y: place.y / ratio };
  paintLabels(context, drawn, onScreen, size, colours, lit);
  paintOpen(context, drawn, onScreen, radius / ratio, colours);
  for (const [area_, dash] of [[drawn.box, [5, 4]], [box, []]]) if (area_) paintBox(context, area_, onScreen, colours, dash);
}

function paintLabels(context, { islands, labels }, place, size, colours, lit) {
  context.font = `600 ${FONT_SIZE}px ${colours.font}`;
  const placed = labelsWithRoom(islands, labels, place, size, (text) => context.measureText(text).width);
  Object.assign(context, { textAlign: "center", textBaseline: "middle", lineJoin: "round", lineWidth: 3.5 });
  context.setLineDash([]);
  for (const { topic, text, x, y } of placed) {
    if (lit !== null && topic !== lit) continue;
    context.strokeStyle = colours.css.paper;
    context.strokeText(text, x, y);
    context.fillStyle = colours.css.ink;
    context.fillText(text, x, y);
  }
}

function paintOpen(context, { points, open }, place, radius, colours) {
  const i = open === null ? -1 : points.row.indexOf(open);
  if (i < 0) return;
  context.beginPath();
  context.arc(points.x[i] * place.scale + place.x, points.y[i] * place.scale + place.y, radius + 5, 0, 2 * Math.PI);
  context.strokeStyle = colours.css.ink;
  context.lineWidth = 2;
  context.setLineDash([]);
  context.stroke();
}

function paintBox(context, [left, top, right, bottom], place, colours, dash) {
  const [x, y] = [toGrid(left) * place.scale + place.x, toGrid(top) * place.scale + place.y];
  context.strokeStyle = colours.css.focus;
  context.lineWidth = 1.5;
  context.setLineDash(dash);
  context.strokeRect(x, y, (toGrid(right) - toGrid(left)) * place.scale, (toGrid(bottom) - toGrid(top)) * place.scale);
}

/** Read the colours of the page, which differ between light and dark. */
function readColours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(`--tx-${name}`).trim();
  const topics = Array.from({ length: N_HUES }, (_, i) => pixelOf(read(`topic-${hueOf(i)}`)));
  const css = { paper: read("paper"), ink: read("ink"), focus: read("focus") };
  return { topics, rest: pixelOf(read("topic-rest")), paper: pixelOf(css.paper), dim: pixelOf(read("line")), css, font: read("font") || "sans-serif" };
}

/** Listen to the pointer. @returns {() => boolean} leaves the area that is being dragged, true if there was one */
function listenToPointer(canvas, { isSelecting, boxOf, pointAt, onBox, repaint, setBox, points, onOpen, onHover }) {
  let from = null;
  let isArea = false;
  const placeOn = (event) => {
    const { left, top } = canvas.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const select = (box) => {
    setBox(box);
    repaint();
  };
  canvas.addEventListener("pointerdown", (event) => {
    isArea = event.button === 0 && (event.shiftKey || isSelecting());
    if (!isArea) return;
    from = placeOn(event);
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    const at = placeOn(event);
    if (from) return select(boxOf(from, at));
    const i = event.buttons ? null : pointAt(at);
    onHover(i === null ? null : { row: points().row[i], topic: points().topic[i], at });
  });
  canvas.addEventListener("pointerleave", () => onHover(null));
  canvas.addEventListener("pointerup", (event) => {
    if (!from) return;
    const [start, at] = [from, placeOn(event)];
    from = null;
    select(null);
    if (Math.hypot(at.x - start.x, at.y - start.y) >= LEAST_BOX) onBox(boxOf(start, at));
  });
  const cancel = () => {
    const wasDragged = from !== null;
    from = null;
    if (wasDragged) select(null);
    return wasDragged;
  };
  canvas.addEventListener("pointercancel", cancel);
  canvas.addEventListener("click", (event) => {
    // The click that ends an area opens no document.
    const i = isArea ? null : pointAt(placeOn(event));
    if (i !== null) onOpen(points().row[i]);
  });
  return cancel;
}
