/** A list of values with their document counts to choose from, searched by typing. */

import { h, measured } from "../lib/dom.js";
import { count, plural } from "../lib/format.js";

const FEW = 8; // a list this short needs no typing

/**
 * @typedef {Object} Choice
 * @property {string} value
 * @property {string} name displayed
 * @property {number} n documents
 */

/**
 * Make the list.
 * @param {{label: string, choices: Choice[], nFurther: number, choose: (value: string, on: boolean) => void}}
 *   options `nFurther` values are not listed, but can be typed
 * @returns {{element: HTMLElement, update: (values: string[]) => void}}
 */
export function createChoices({ label, choices, nFurther, choose }) {
  const list = h("ul", { class: "tx-values", "aria-label": label });
  const hint = h("p", { class: "tx-panel-note" });
  const input = h("input", { type: "search", class: "tx-input", dir: "auto", maxlength: "200", placeholder: "Type to search" });
  input.setAttribute("aria-label", `Search ${label}`);
  const largest = Math.max(1, ...choices.map(({ n }) => n));
  let items = [];
  let chosen = [];
  const show = () => {
    const typed = fold(input.value.trim());
    for (const { name, element } of items) element.hidden = !fold(name).includes(typed);
    const nShown = items.filter(({ element }) => !element.hidden).length;
    hint.replaceChildren(...hintOf({ nShown, nFurther, typed: input.value.trim(), choose }));
  };
  const update = (values) => {
    chosen = values;
    const known = new Set(items.map(({ value }) => value));
    const wanted = withChosen(choices, chosen);
    if (wanted.length !== known.size || wanted.some(({ value }) => !known.has(value))) {
      items = wanted.map((choice) => ({ ...choice, ...item(choice, largest, choose) }));
      list.replaceChildren(...items.map(({ element }) => element));
    }
    for (const { value, box } of items) box.checked = chosen.includes(value);
    show();
  };
  input.addEventListener("input", show);
  const needsTyping = choices.length > FEW || nFurther > 0;
  return { element: h("div", { class: "tx-values-box" }, needsTyping && input, list, hint), update };
}

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** A chosen value that is not listed must be shown so that it can be removed. */
function withChosen(choices, chosen) {
  const listed = new Set(choices.map(({ value }) => value));
  const others = chosen.filter((value) => !listed.has(value)).map((value) => ({ value, name: value === "" ? "no value" : value, n: null }));
  return [...others, ...choices];
}

function item({ value, name, n }, largest, choose) {
  const box = h("input", { type: "checkbox", class: "tx-value-box" });
  box.addEventListener("change", () => choose(value, box.checked));
  const bar = measured(h("span", { class: "tx-value-bar", "aria-hidden": "true" }), "--length", (n ?? 0) / largest);
  const amount = n !== null && h("span", { class: "tx-detail" }, count(n));
  const words = h("span", { class: "tx-value-name tx-clip", dir: "auto", title: name }, name);
  return { element: h("li", {}, h("label", { class: "tx-value" }, box, words, amount, bar)), box };
}

function hintOf({ nShown, nFurther, typed, choose }) {
  if (!nFurther) return nShown ? ["Counts of all documents."] : ["No matching values."];
  const rest = `${plural(nFurther, "further value")} ${nFurther === 1 ? "is" : "are"} too rare to list. `;
  if (!typed) return [rest, "Type one to filter by it."];
  const press = () => choose(typed, true);
  const use = h("button", { type: "button", class: "tx-link", onclick: press }, "Filter by “", h("span", { dir: "auto" }, typed), "”");
  return [rest, use];
}
