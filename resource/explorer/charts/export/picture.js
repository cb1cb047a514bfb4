/**
 * A chart as it is saved: with title and margins, without what only serves hovering and clicking. It is added
 * to the page for a moment, because its colours and fonts come from the page's style sheets.
 */

import { s } from "../../lib/svg.js";
import { caption } from "./caption.js";

const MARGIN = 16;
const TITLE_HEIGHT = 46;
const LINE = 17;
const LETTER = 6.4; // mean width at 12 pixels

/**
 * Build the picture of a chart, use it while it is in the page, and remove it.
 * @param {SVGSVGElement} svg @param {string} title @param {(svg: SVGSVGElement) => void} use
 */
export function withPicture(svg, title, use) {
  const built = pictureOf(svg, title);
  const beside = document.createElement("div");
  beside.className = "tx tx-beside";
  beside.append(built);
  document.body.append(beside);
  try {
    use(built);
  } finally {
    beside.remove();
  }
}

function pictureOf(svg, title) {
  const inner = svg.cloneNode(true);
  for (const element of inner.querySelectorAll(".tx-hit, .tx-cursor, .tx-brush, svg > title")) element.remove();
  for (const element of inner.querySelectorAll("a, [tabindex]")) {
    for (const name of ["href", "tabindex", "role"]) element.removeAttribute(name);
  }
  const hue = svg.closest("[data-hue]")?.getAttribute("data-hue") ?? null;
  const width = svg.width.baseVal.value + 2 * MARGIN;
  const lines = wrapped(caption().line, Math.max(20, Math.floor((width - 2 * MARGIN) / LETTER)));
  const top = MARGIN + TITLE_HEIGHT + Math.max(0, lines.length - 1) * LINE;
  const height = svg.height.baseVal.value + MARGIN + top;
  return s(
    "svg",
    { class: "tx-chart", width, height, viewBox: `0 0 ${width} ${height}` },
    s("title", {}, title),
    s("rect", { class: "tx-picture-paper", width, height }),
    s("text", { class: "tx-picture-title", x: MARGIN, y: MARGIN + 14 }, title),
    ...lines.map((line, i) => s("text", { class: "tx-picture-line", x: MARGIN, y: MARGIN + 32 + i * LINE }, line)),
    // The colour of a topic may stand on the chart or around it.
    s("g", { transform: `translate(${MARGIN} ${top})`, "data-hue": hue }, [...inner.childNodes]),
  );
}

/**
 * Break a line between its parts so that no piece is longer than a picture is wide, unless a part is.
 * @param {string} line parts with dots between @param {number} most letters
 * @returns {string[]}
 */
export function wrapped(line, most) {
  const lines = [];
  for (const part of line.split(" · ").filter(Boolean)) {
    const longer = lines.length ? `${lines.at(-1)} · ${part}` : part;
    if (lines.length && longer.length <= most) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
}
