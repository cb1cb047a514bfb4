/** Keep the focus, and what is open, while parts of the page are redrawn. */

const FOCUSABLE = "a[href], button:not([disabled]), input, [tabindex]";

/**
 * Replace the children of an element, and restore the focus within it.
 * @param {HTMLElement} element @param {...Node} children
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

/**
 * Make elements the children of another, in their order. Those that stay where they are stay untouched, and the browser
 * moves the others as they are where it can, so that a menu that is open in one stays open and the focus is kept.
 * @param {HTMLElement} element @param {...HTMLElement} children
 */
export function arrange(element, ...children) {
  const focused = /** @type {HTMLElement | null} */ (element.ownerDocument.activeElement);
  const wasWithin = element.contains(focused);
  for (const child of [...element.children]) if (!children.includes(/** @type {HTMLElement} */ (child))) child.remove();
  for (const [i, child] of children.entries()) if (element.children[i] !== child) place(element, child, element.children[i] ?? null);
  if (wasWithin && focused?.isConnected) focused.focus({ preventScroll: true });
}

/** `moveBefore` keeps the state of a child that is there already; not every browser has it yet. */
function place(element, child, next) {
  if (child.parentNode === element && "moveBefore" in element) element.moveBefore(child, next);
  else element.insertBefore(child, next);
}

/** Return a name that an element keeps when it is redrawn. */
function nameOf(element) {
  return element.dataset.tool ?? element.dataset.row ?? element.dataset.keep ?? `${element.tagName} ${element.title} ${element.textContent}`;
}

/**
 * Enable or disable two buttons; if the focused one is disabled, the focus moves to the other.
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
 * Move the focus to a fallback element if a change of the page has lost it.
 * @param {Document} page
 * @param {HTMLElement} root that must have had the focus
 * @param {() => void} change
 * @param {() => HTMLElement | null} refuge called after the change
 */
export function keepFocus(page, root, change, refuge) {
  const before = page.activeElement;
  const inside = root.contains(before);
  change();
  const after = page.activeElement;
  const lost = after === page.body || (after === before && inside && before.closest("[hidden]") !== null);
  if (inside && lost) refuge()?.focus({ preventScroll: true });
}
