/** Create the elements of charts. */

import { filled } from "./dom.js";

const NAMESPACE = "http://www.w3.org/2000/svg";

/**
 * Create an SVG element.
 * @template {string} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} [properties] attributes; `onclick` etc. are listeners; null and false are left out
 * @param {...any} children nodes or texts, or lists of them
 * @returns {Tag extends keyof SVGElementTagNameMap ? SVGElementTagNameMap[Tag] : SVGElement}
 */
export function s(tag, properties = {}, ...children) {
  return filled(document.createElementNS(NAMESPACE, tag), properties, children);
}

/**
 * Create the SVG of a chart. Its title describes it; the table beside it has all values.
 * @param {{width: number, height: number, title: string, isInteractive?: boolean, kind?: string}} options sizes in CSS
 *   pixels; parts of an interactive chart are reached by the keyboard, any other is one image; `kind` is a class
 * @param {...any} children
 * @returns {SVGSVGElement}
 */
export function drawing({ width, height, title, isInteractive = false, kind = "tx-chart" }, ...children) {
  const role = isInteractive ? "group" : "img";
  // On an interactive chart the title would cover the tooltips of its parts.
  const name = isInteractive ? null : s("title", {}, title);
  const properties = { class: kind, role, "aria-label": title, width, height };
  return s("svg", { ...properties, viewBox: `0 0 ${width} ${height}` }, name, ...children);
}
