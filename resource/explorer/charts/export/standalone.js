/** Write a chart as a standalone SVG: styles of the page's style sheets become attributes. */

const INHERITED = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "stroke-linejoin",
  "stroke-linecap",
  "paint-order",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
  "visibility",
];
const OWN = { opacity: "1", "dominant-baseline": "auto", "unicode-bidi": "normal" };

/** @param {SVGElement} svg that is in the page @returns {string} */
export function standalone(svg) {
  const copy = /** @type {SVGElement} */ (svg.cloneNode(true));
  const originals = [svg, ...svg.querySelectorAll("*")];
  const copies = [copy, ...copy.querySelectorAll("*")];
  for (const [i, original] of originals.entries()) writeStyle(original, copies[i], original === svg);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return new XMLSerializer().serializeToString(copy);
}

/** Write the styles of an element; inherited ones are left out, which makes files a third as large. */
function writeStyle(original, copy, isRoot) {
  const style = getComputedStyle(original);
  const around = isRoot ? null : getComputedStyle(original.parentNode);
  for (const name of INHERITED) {
    const value = style.getPropertyValue(name);
    copy.removeAttribute(name);
    if (value !== around?.getPropertyValue(name)) copy.setAttribute(name, value);
  }
  for (const [name, usual] of Object.entries(OWN)) {
    const value = style.getPropertyValue(name);
    copy.removeAttribute(name);
    if (value && value !== usual) copy.setAttribute(name, value);
  }
  if (style.display === "none") copy.setAttribute("display", "none");
  copy.removeAttribute("class");
}
