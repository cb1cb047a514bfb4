/** Create elements; strings become text nodes, never HTML. */

/**
 * Create an element.
 * @template {string} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} [properties] attributes; `onclick` etc. are listeners; null and false are left out
 * @param {...any} children nodes, texts or lists of them; null and false are left out
 * @returns {Tag extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[Tag] : HTMLElement}
 */
export function h(tag, properties = {}, ...children) {
  return filled(document.createElement(tag), properties, children);
}

const isGiven = (value) => value !== null && value !== undefined && value !== false;

/** @param {any} node @param {Record<string, any>} properties @param {any[]} children @returns {any} the element, with both */
export function filled(node, properties, children) {
  for (const [name, value] of Object.entries(properties).filter(([, value]) => isGiven(value))) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter(isGiven));
  return node;
}

/**
 * Set a measured size as a custom property; a strict content policy forbids style attributes but allows this.
 * @param {HTMLElement} node
 * @param {string} name such as `--length`
 * @param {number} share 0 to 1
 * @returns {HTMLElement} the same element
 */
export function measured(node, name, share) {
  node.style.setProperty(name, `${(Math.max(0, Math.min(1, share || 0)) * 100).toFixed(2)}%`);
  return node;
}

const ICONS = {
  search: "M10.5 4a6.5 6.5 0 1 0 4 11.6l4.7 4.7 1.1-1.1-4.7-4.7A6.5 6.5 0 0 0 10.5 4Zm0 1.6a4.9 4.9 0 1 1 0 9.8 4.9 4.9 0 0 1 0-9.8Z",
  close: "M6.4 5.3 5.3 6.4 10.9 12l-5.6 5.6 1.1 1.1 5.6-5.6 5.6 5.6 1.1-1.1-5.6-5.6 5.6-5.6-1.1-1.1-5.6 5.6Z",
  left: "M14.6 5.2 7.8 12l6.8 6.8 1.1-1.1L10 12l5.7-5.7Z",
  right: "M9.4 5.2 16.2 12l-6.8 6.8-1.1-1.1L14 12 8.3 6.3Z",
  plus: "M11.2 5v6.2H5v1.6h6.2V19h1.6v-6.2H19v-1.6h-6.2V5Z",
  wide: "M8.3 7.2 9.4 8.3 6.5 11.2h11L14.6 8.3l1.1-1.1 4.8 4.8-4.8 4.8-1.1-1.1 2.9-2.9h-11l2.9 2.9-1.1 1.1L3.5 12Z",
  link: "M10.6 13.4a3.6 3.6 0 0 0 5.1 0l3-3a3.6 3.6 0 0 0-5.1-5.1l-1.2 1.2 1.1 1.1 1.2-1.2a2 2 0 0 1 2.9 2.9l-3 3a2 2 0 0 1-2.9 0Zm2.8-2.8a3.6 3.6 0 0 0-5.1 0l-3 3a3.6 3.6 0 0 0 5.1 5.1l1.2-1.2-1.1-1.1-1.2 1.2a2 2 0 0 1-2.9-2.9l3-3a2 2 0 0 1 2.9 0Z",
  flag: "M5 3.5h1.6v1h10.9l-2.3 4 2.3 4H6.6v8H5Z",
  compare: "M16 3.5 20.5 7.5 16 11.5V8.4H4V6.6h12ZM8 12.5v3.1h12v1.8H8v3.1L3.5 16.5Z",
  print: "M7 3.5h10v4h2.2a1.8 1.8 0 0 1 1.8 1.8v7.2h-3.5v4h-11v-4H3V9.3a1.8 1.8 0 0 1 1.8-1.8H7Zm1.6 1.6v2.4h6.8V5.1ZM4.6 9.3v5.6h1.9v-1.4h11v1.4h1.9V9.3a.2.2 0 0 0-.2-.2H4.8a.2.2 0 0 0-.2.2Zm3.5 5.8v3.8h7.8v-3.8Z",
  again: "M12 4.5a7.5 7.5 0 1 0 7.4 8.7l-1.6-.2A5.9 5.9 0 1 1 12 6.1c1.7 0 3.2.7 4.3 1.9L14 10.2h5.5V4.7l-2 2A7.4 7.4 0 0 0 12 4.5Z",
};

/**
 * Draw an icon; a label beside it or on its button names it.
 * @param {keyof typeof ICONS} name
 * @returns {SVGElement}
 */
export function icon(name) {
  const element = (tag) => document.createElementNS("http://www.w3.org/2000/svg", tag);
  const path = filled(element("path"), { d: ICONS[name] }, []);
  return filled(element("svg"), { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }, [path]);
}

/**
 * Create a button that shows only an icon.
 * @param {keyof typeof ICONS} symbol
 * @param {string} title tooltip
 * @param {(event: Event) => void} onclick
 * @param {string} [name] for screen readers, by default the tooltip without a key in brackets
 * @returns {HTMLButtonElement}
 */
export function iconButton(symbol, title, onclick, name = title.replace(/ \(.*/, "")) {
  const words = h("span", { class: "tx-sr-only" }, name);
  return h("button", { type: "button", class: "tx-button tx-button-icon", title, onclick }, icon(symbol), words);
}

/** Create an explanation that opens. @param {string} title @param {...any} children @returns {HTMLElement} */
export function explanation(title, ...children) {
  return h("details", { class: "tx-explain" }, h("summary", {}, title), ...children);
}

/** Create a bar. @param {number} share of its track, 0 to 1 @returns {HTMLElement} */
export function bar(share) {
  return measured(h("span", { class: "tx-bar", "aria-hidden": "true" }), "--length", share);
}
