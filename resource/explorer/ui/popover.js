/** A small box that opens at a button and goes away by Esc or a press beside it. */

import { h } from "../lib/dom.js";

const GAP_PX = 6;
const MARGIN_PX = 8;

/**
 * Let a button open a box.
 * @param {HTMLButtonElement} button
 * @param {...*} children of the box
 * @returns {HTMLElement} holds both
 */
export function withPopover(button, ...children) {
  const box = h("div", { class: "tx-popover", popover: "auto" }, ...children);
  button.popoverTargetElement = box;
  const element = h("span", { class: "tx-popover-holder" }, button, box);
  box.addEventListener("toggle", ({ newState }) => newState === "open" && place(box, button));
  // The page's own Esc would step back a second time.
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.matches(":popover-open")) return;
    event.stopPropagation();
    box.hidePopover();
    button.focus();
  });
  return element;
}

/** Put the box below the button, or above it where there is more room, and never beside the page. */
function place(box, button) {
  const near = button.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const left = Math.max(MARGIN_PX, Math.min(near.left, innerWidth - width - MARGIN_PX));
  const below = near.bottom + GAP_PX;
  const top = below + height + MARGIN_PX <= innerHeight ? below : Math.max(MARGIN_PX, near.top - GAP_PX - height);
  box.style.setProperty("left", `${left}px`);
  box.style.setProperty("top", `${top}px`);
}
