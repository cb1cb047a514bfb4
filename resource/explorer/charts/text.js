/** Texts in charts: SVG neither wraps nor shortens them. */

import { fitText, textMeasure } from "../lib/fit-text.js";
import { s } from "../lib/svg.js";

/** Measures by font, because making one reads styles. */
const MEASURES = new Map();

/**
 * Measure a text in the font of the page.
 * @param {string} text
 * @param {{size?: number, weight?: number}} [font] in CSS pixels
 * @returns {number} CSS pixels
 */
export function textWidth(text, font = {}) {
  const key = JSON.stringify(font);
  if (!MEASURES.has(key)) MEASURES.set(key, textMeasure(font));
  return MEASURES.get(key)(text);
}

/**
 * Shorten a text so that it fits, without splitting characters.
 * @param {string} text
 * @param {number} width in CSS pixels
 * @param {{size?: number, weight?: number}} [font]
 * @returns {string}
 */
export function fitted(text, width, font) {
  return fitText(text, width, (part) => textWidth(part, font));
}

/**
 * Draw a text shortened to a width; the full text is shown on hover.
 * @param {string} text @param {number} width
 * @param {Record<string, any>} properties of the element
 * @param {{size?: number, weight?: number}} [font]
 * @returns {SVGElement}
 */
export function fittedText(text, width, properties, font) {
  const isWhole = textWidth(text, font) <= width;
  return s("text", properties, fitted(text, width, font), !isWhole && s("title", {}, text));
}
