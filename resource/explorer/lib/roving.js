/** One tab stop for many links: the arrow keys move among them. */

/**
 * Make all but one of the links of a chart skip the Tab key.
 * @param {Element} container
 * @param {string} selector of the links
 * @param {(from: Element, key: string, links: Element[]) => Element | null | undefined} [next] the link a key leads to,
 *   by default along their order
 */
export function rove(container, selector, next = inOrder) {
  const links = [...container.querySelectorAll(selector)];
  for (const [i, link] of links.entries()) link.setAttribute("tabindex", i === 0 ? "0" : "-1");
  let current = links[0];
  const choose = (link) => {
    current?.setAttribute("tabindex", "-1");
    link.setAttribute("tabindex", "0");
    current = link;
  };
  container.addEventListener("focusin", ({ target }) => {
    const link = /** @type {Element} */ (target).closest(selector);
    if (link && link !== current) choose(link);
  });
  container.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const from = /** @type {Element} */ (event.target).closest(selector);
    const target = from && next(from, event.key, links);
    if (!target) return;
    event.preventDefault();
    /** @type {HTMLElement} */ (target).focus();
  });
}

function inOrder(from, key, links) {
  const place = links.indexOf(from);
  return links[
    { ArrowDown: place + 1, ArrowRight: place + 1, ArrowUp: place - 1, ArrowLeft: place - 1, Home: 0, End: links.length - 1 }[key]
  ];
}
