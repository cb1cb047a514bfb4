/** Shorten texts of charts: SVG neither wraps nor shortens them. */

const FROM_RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
const SEGMENTS =
  typeof Intl.Segmenter === "function" ? new Intl.Segmenter(undefined, { granularity: "grapheme" }) : null;

/**
 * Shorten a text to a width, between graphemes.
 * @param {string} text
 * @param {number} width in the unit of `measure`
 * @param {(text: string) => number} measure width of a text
 * @returns {string} the text itself where it fits
 */
export function fitText(text, width, measure) {
  if (measure(text) <= width) return isolated(text);
  const characters = charactersOf(text);
  let fits = 0;
  let beyond = characters.length;
  while (beyond - fits > 1) {
    const middle = (fits + beyond) >> 1;
    if (measure(shortened(characters, middle)) <= width) fits = middle;
    else beyond = middle;
  }
  return isolated(shortened(characters, fits));
}

function shortened(characters, n) {
  return `${characters.slice(0, n).join("").trimEnd()}…`;
}

function charactersOf(text) {
  return SEGMENTS ? Array.from(SEGMENTS.segment(text), ({ segment }) => segment) : Array.from(text);
}

/** Isolate right-to-left text, so that its punctuation stays on its side (Unicode bidi, first strong isolate). */
function isolated(text) {
  return FROM_RIGHT.test(text) ? `\u2068${text}\u2069` : text;
}

/**
 * Create a function that measures texts in the font of charts.
 * @param {{size?: number, weight?: number}} [font] size in CSS pixels, which grows with that of the page on wide screens
 * @returns {(text: string) => number} CSS pixels
 */
export function textMeasure({ size = 12, weight = 400 } = {}) {
  const context = document.createElement("canvas").getContext("2d");
  const style = getComputedStyle(document.documentElement);
  const family = style.getPropertyValue("--tx-font") || "sans-serif";
  const growth = parseFloat(style.fontSize) / 16 || 1;
  context.font = `${weight} ${size * growth}px ${family}`;
  return (text) => context.measureText(text).width;
}
