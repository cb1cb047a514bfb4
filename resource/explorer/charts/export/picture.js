/**
 * A chart as it is saved: with title and margins, without what only serves hovering and clicking. It is added
 * to the page for a moment, because its colours and fonts come from the page's style sheets.
 */

import { s } from "../../lib/svg.js";

const MARGIN = 16;
const TITLE_HEIGHT = 30;

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
  const width = svg.width.baseVal.value + 2 * MARGIN;
  const height = svg.height.baseVal.value + 2 * MARGIN + TITLE_HEIGHT;
  return s(
    "svg",
    { class: "tx-chart", width, height, viewBox: `0 0 ${width} ${height}` },
    s("title", {}, title),
    s("rect", { class: "tx-picture-paper", width, height }),
    s("text", { class: "tx-picture-title", x: MARGIN, y: MARGIN + 14 }, title),
    s("g", { transform: `translate(${MARGIN} ${MARGIN + TITLE_HEIGHT})` }, [...inner.childNodes]),
  );
}
