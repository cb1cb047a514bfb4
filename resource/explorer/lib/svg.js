/** Create the elements of charts. */

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
  const node = /** @type {any} */ (document.createElementNS(NAMESPACE, tag));
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/**
 * Create the SVG of a chart. Its title describes it; the table beside it has all values.
 * @param {{width: number, height: number, title: string, isInteractive?: boolean}} options sizes in CSS pixels; parts
 *   of an interactive chart are reached by the keyboard, any other is one image
 * @param {...any} children
 * @returns {SVGSVGElement}
 */
export function drawing({ width, height, title, isInteractive = false }, ...children) {
  const role = isInteractive ? "group" : "img";
  // On an interactive chart the title would cover the tooltips of its parts.
  const name = isInteractive ? null : s("title", {}, title);
  return s(
    "svg",
    { class: "tx-chart", role, "aria-label": title, width, height, viewBox: `0 0 ${width} ${height}` },
    name,
    ...children,
  );
}
