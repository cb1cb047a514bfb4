/** Hatching as plain lines, so that it looks the same in the page, in a saved SVG and in a PNG. */

const STEP = 6; // CSS pixels between two lines, along the edge

/**
 * Return the lines that hatch a rectangle from lower left to upper right.
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 * @returns {string} data of an SVG path
 */
export function hatchPath(x, y, width, height) {
  const lines = [];
  for (let along = STEP / 2; along < width + height; along += STEP) {
    const [x1, y1] = along <= height ? [0, along] : [along - height, height];
    const [x2, y2] = along <= width ? [along, 0] : [width, along - width];
    lines.push(`M${round(x + x1)},${round(y + y1)}L${round(x + x2)},${round(y + y2)}`);
  }
  return lines.join("");
}

function round(value) {
  return Math.round(value * 100) / 100;
}
