/** Texts in a drawing: an SVG neither wraps nor shortens them. */

import { s } from "./svg.js?v=0.1.0";

const ELLIPSIS = "…";
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
  if (textWidth(text, font) <= width) return text;
  const characters = charactersOf(text);
  let [fits, tooLong] = [0, characters.length];
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    if (textWidth(characters.slice(0, middle).join("").trimEnd() + ELLIPSIS, font) <= width) fits = middle;
    else tooLong = middle;
  }
  return characters.slice(0, fits).join("").trimEnd() + ELLIPSIS;
}

/**
 * Write a text that is shortened to a width; in full it is shown on hover.
 * @param {string} text
 * @param {number} width
 * @param {Object} properties of the element
 * @param {{size?: number, weight?: number}} [font]
 * @returns {SVGElement}
 */
export function fittedText(text, width, properties, font) {
  const shown = fitted(text, width, font);
  return s("text", properties, shown, shown !== text && s("title", {}, text));
}

/** Characters as readers see them; an older browser without a segmenter may part an emoji made of several. */
function charactersOf(text) {
  return Intl.Segmenter ? [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment) : [...text];
}
