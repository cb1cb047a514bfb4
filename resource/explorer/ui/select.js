/** A choice of one from a few, with its name beside it. */

import { h } from "../lib/dom.js";

/**
 * Make the choice.
 * @param {string} name
 * @param {function(string): void} choose
 * @returns {{element: HTMLElement, update: function(Array<[string, string]>, string): void}} update takes pairs of value
 *   and words, and the value chosen
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
