/** Texts in a drawing: an SVG neither wraps nor shortens them. */

import { fitText } from "../lib/fit-text.js";
import { s } from "../lib/svg.js";

let ruler = null;

/**
 * Measure a text in the typeface of the page.
 * @param {string} text
 * @param {{size?: number, weight?: number}} [font] in CSS pixels
 * @returns {number} CSS pixels
 */
export function textWidth(text, { size = 12, weight = 400 } = {}) {
  ruler ??= document.createElement("canvas").getContext("2d");
  const family = getComputedStyle(document.documentElement).getPropertyValue("--tx-font") || "sans-serif";
  ruler.font = `${weight} ${size}px ${family}`;
  return ruler.measureText(text).width;
}

/**
 * Shorten a text so that it fits; whole characters stay whole.
 * @param {string} text
 * @param {number} width in CSS pixels
 * @param {{size?: number, weight?: number}} [font]
 * @returns {string}
 */
export function fitted(text, width, font) {
  return fitText(text, width, (part) => textWidth(part, font));
}

/**
 * Write a text that is shortened to a width; in full it is shown on hover.
 * @param {string} text
 * @param {number} width
 * @param {Record<string, any>} properties of the element
 * @param {{size?: number, weight?: number}} [font]
 * @returns {SVGElement}
 */
export function fittedText(text, width, properties, font) {
  const isWhole = textWidth(text, font) <= width;
  return s("text", properties, fitted(text, width, font), !isWhole && s("title", {}, text));
}
