/** The name of a number as a button that explains it: meaning, formula, source, and the data it was measured on. */

import { h } from "../lib/dom.js";
import { withPopover } from "../ui/popover.js";

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
  return h("p", { class: "tx-popover-line" }, h("span", {}, name), ` ${text}`);
}
