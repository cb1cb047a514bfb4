/** Save a table as CSV, a chart as SVG or PNG. Nothing leaves the browser. */

import { paint } from "./paint.js";
import { withPicture } from "./picture.js";
import { standalone } from "./standalone.js";

const PNG_SCALE = 2; // pixels per CSS pixel, so that a picture on a slide is sharp

/**
 * @param {string} name of the file
 * @param {string} csv
 */
export function saveCsv(name, csv) {
  save(name, "csv", new Blob([csv], { type: "text/csv;charset=utf-8" }));
}

/**
 * @param {string} name @param {SVGSVGElement} svg
 * @param {string} title written above the chart
 */
export function saveSvg(name, svg, title) {
  withPicture(svg, title, (picture) => save(name, "svg", new Blob([standalone(picture)], { type: "image/svg+xml" })));
}

/**
 * @param {string} name @param {SVGSVGElement} svg
 * @param {string} title written above the chart
 */
export function savePng(name, svg, title) {
  withPicture(svg, title, (picture) =>
    paint(picture, PNG_SCALE).toBlob((blob) => save(name, "png", blob), "image/png"),
  );
}

/** Save a file. @param {string} name @param {string} ending of its name @param {Blob} blob */
export function save(name, ending, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${fileName(name)}.${ending}`;
  link.click();
  // The browser may read the file after the click has returned.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Return a file name that is valid on every system. @param {string} name @returns {string} */
function fileName(name) {
  return (
    name
      .normalize("NFC")
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-|-$/g, "")
      .slice(0, 80)
      .toLowerCase() || "table"
  );
}
