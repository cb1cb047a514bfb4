/** A button that opens a list of links or buttons; arrow keys move in it. */

import { h } from "../lib/dom.js";
import { withPopover } from "./popover.js";

/**
 * Make the menu.
 * @param {string} label of the button
 * @param {HTMLElement[]} items links or buttons; a press on one closes the menu
 * @param {Record<string, any>} properties of the button
 * @returns {{element: HTMLElement, name: (label: string, isCurrent: boolean) => void}} `name` changes the label, and
 *   whether an item of the menu is the current one
 */
export function createMenu(label, items, properties) {
  const words = h("span", {}, label);
  const button = h("button", { type: "button", ...properties }, words, h("span", { class: "tx-menu-sign", "aria-hidden": "true" }));
  const element = withPopover(button, h("ul", { class: "tx-menu" }, ...items.map((item) => h("li", {}, item))));
  const box = /** @type {HTMLElement} */ (button.popoverTargetElement);
  box.classList.add("tx-menu-box");
  box.addEventListener("click", ({ target }) => {
    if (items.some((item) => item.contains(/** @type {Node} */ (target)))) box.hidePopover();
  });
  element.addEventListener("keydown", (event) => {
    const next = itemAfter(event.key, items, document.activeElement);
    if (!next) return;
    event.preventDefault();
    if (!box.matches(":popover-open")) box.showPopover();
    next.focus();
  });
  const name = (now, isCurrent) => {
    words.textContent = now;
    button.classList.toggle("tx-menu-current", isCurrent);
  };
  return { element, name };
}

/** Return the item that a key leads to, undefined for other keys. */
function itemAfter(key, items, focused) {
  const at = items.indexOf(focused);
  const last = items.length - 1;
  const positions = { ArrowDown: at === last ? 0 : at + 1, ArrowUp: at <= 0 ? last : at - 1, Home: 0, End: last };
  return items[positions[key]];
}
