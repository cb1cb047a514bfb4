/** Make the elements of charts, and the parts most charts have. */

const NAMESPACE = "http://www.w3.org/2000/svg";

/**
 * Make an SVG element.
 * @template {string} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} [properties] attributes; `onclick` and the like are listeners; null and false are left out
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
 * Make the drawing of a chart: what it shows is told in its title, and in full by the table beside it.
 * @param {{width: number, height: number, title: string, isInteractive?: boolean}} options sizes in CSS pixels; parts
 *   of an interactive one can be reached by the keyboard, any other is one picture
 * @param {...any} children
 * @returns {SVGSVGElement}
 */
export function drawing({ width, height, title, isInteractive = false }, ...children) {
  const role = isInteractive ? "group" : "img";
  // Over an interactive chart the title would pop up, over the values told of its parts.
  const name = isInteractive ? null : s("title", {}, title);
  return s(
    "svg",
    { class: "tx-chart", role, "aria-label": title, width, height, viewBox: `0 0 ${width} ${height}` },
    name,
    ...children,
  );
}
