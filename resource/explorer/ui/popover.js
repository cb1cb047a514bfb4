/** A small box that opens at a button and closes on Esc or on a click outside, and the explanation of a number in one. */

import { h } from "../lib/dom.js";

const GAP_PX = 6;
const MARGIN_PX = 8;

/**
 * Create a box that a button opens.
 * @param {HTMLButtonElement} button
 * @param {...any} children of the box
 * @returns {HTMLElement} element with button and box
 */
export function withPopover(button, ...children) {
  const box = h("div", { class: "tx-popover tx-box-strong", popover: "auto" }, ...children);
  button.popoverTargetElement = box;
  const element = h("span", { class: "tx-popover-holder" }, button, box);
  box.addEventListener("toggle", ({ newState }) => newState === "open" && place(box, button));
  // Otherwise the page would handle Esc as well, and go back one step.
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.matches(":popover-open")) return;
    event.stopPropagation();
    box.hidePopover();
    button.focus();
  });
  return element;
}

/** Place the box below the button, or above where there is more room, and always within the page. */
function place(box, button) {
  const near = button.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const left = Math.max(MARGIN_PX, Math.min(near.left, innerWidth - width - MARGIN_PX));
  const below = near.bottom + GAP_PX;
  const top = below + height + MARGIN_PX <= innerHeight ? below : Math.max(MARGIN_PX, near.top - GAP_PX - height);
  box.style.setProperty("left", `${left}px`);
  box.style.setProperty("top", `${top}px`);
}

/**
 * Create a button with the name of a number, which opens its explanation.
 * @param {import("../model/explanations.js").Explanation} explanation
 * @param {string} [label] displayed; the name by default
 * @returns {HTMLElement}
 */
export function explained(explanation, label = explanation.name) {
  const { name, means, formula, source, reference } = explanation;
  const button = h("button", { type: "button", class: "tx-explained", title: `What is “${name}”?` }, label);
  return withPopover(
    button,
    h("p", { class: "tx-popover-title" }, name),
    h("p", {}, means),
    formula && h("p", { class: "tx-popover-formula" }, formula),
    reference && line("Measured on", reference),
    source && line("Source", source),
  );
}

function line(name, text) {
  return h("p", { class: "tx-popover-line tx-above-2" }, h("span", {}, name), ` ${text}`);
}
