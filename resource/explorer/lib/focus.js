/** Keep the keyboard where it is while parts of the page are drawn anew. */

const FOCUSABLE = "a[href], button:not([disabled]), input, [tabindex]";

/**
 * Replace the children of an element; what had the focus in it has it again.
 * @param {HTMLElement} element
 * @param {...Node} children
 */
export function redraw(element, ...children) {
  const focused = element.ownerDocument.activeElement;
  const name = focused && focused !== element && element.contains(focused) ? nameOf(focused) : null;
  element.replaceChildren(...children);
  if (name === null) return;
  const candidates = /** @type {HTMLElement[]} */ ([...element.querySelectorAll(FOCUSABLE)]);
  const same = candidates.find((candidate) => nameOf(candidate) === name) ?? candidates[0];
  same?.focus({ preventScroll: true });
}

/** What a reader knows an element by, and what stays when it is drawn again. */
function nameOf(element) {
  return element.dataset.tool ?? element.dataset.row ?? element.dataset.keep ?? `${element.tagName} ${element.title} ${element.textContent}`;
}

/**
 * Let two buttons be pressed or not; the keyboard on the one that can no longer be moves to the other.
 * @param {...[HTMLButtonElement, boolean]} pair
 */
export function enable(...pair) {
  for (const [button, on] of pair) if (on) button.disabled = false;
  for (const [button, on] of pair) {
    if (on || button.disabled) continue;
    const other = pair.find(([, otherOn]) => otherOn)?.[0];
    if (button === button.ownerDocument.activeElement) other?.focus({ preventScroll: true });
    button.disabled = true;
  }
}

/**
 * Catch the focus that a change of the page has thrown away, and give it to an element.
 * @param {Document} page
 * @param {HTMLElement} root what must have held the focus
 * @param {() => void} change
 * @param {() => HTMLElement | null} refuge asked after the change
 */
export function keepFocus(page, root, change, refuge) {
  const before = page.activeElement;
  const inside = root.contains(before);
  change();
  const after = page.activeElement;
  const lost = after === page.body || (after === before && inside && before.closest("[hidden]") !== null);
  if (inside && lost) refuge()?.focus({ preventScroll: true });
}
