/** A labelled select. */

import { h } from "../lib/dom.js";

/**
 * Make the select.
 * @param {string} name
 * @param {(value: string) => void} choose
 * @returns {{element: HTMLElement, update: (options: string[][], chosen: string) => void}} `update` takes pairs
 *   of value and label, and the chosen value
 */
export function createSelect(name, choose) {
  const select = h("select", { class: "tx-pick", "aria-label": name });
  select.addEventListener("change", () => choose(select.value));
  const element = h("label", { class: "tx-labelled" }, h("span", {}, name), select);
  let shown = "";
  const update = (options, chosen) => {
    const now = JSON.stringify(options);
    if (now !== shown) select.replaceChildren(...options.map(([value, words]) => h("option", { value }, words)));
    shown = now;
    select.value = chosen;
  };
  return { element, update };
}
