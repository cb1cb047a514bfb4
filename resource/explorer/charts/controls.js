/** Controls of charts: a choice among a few, all of them seen, and one among many. */

import { h } from "../lib/dom.js";

/**
 * Make a row of buttons of which one is pressed.
 * @param {string} label what is chosen
 * @param {{value: string, label: string, title?: string}[]} choices
 * @param {(value: string) => void} choose
 * @returns {{element: HTMLElement, update: (chosen: string) => void}}
 */
export function createChoice(label, choices, choose) {
  const buttons = choices.map((choice) =>
    h(
      "button",
      {
        type: "button",
        class: "tx-chart-choice",
        "data-value": choice.value,
        title: choice.title,
        onclick: () => choose(choice.value),
      },
      choice.label,
    ),
  );
  const element = h("div", { class: "tx-chart-choices", role: "group", "aria-label": label }, ...buttons);
  const update = (chosen) => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.value === chosen));
  };
  return { element, update };
}

/**
 * Make a list to choose from.
 * @param {string} label
 * @param {(value: string) => void} choose
 * @returns {{element: HTMLElement, update: (choices: {value: string, label: string}[], chosen: string) => void}}
 */
export function createSelect(label, choose) {
  const select = h("select", { class: "tx-chart-select", onchange: () => choose(select.value) });
  const element = h("label", { class: "tx-chart-select-label" }, h("span", {}, label), select);
  let shown = "";
  const update = (choices, chosen) => {
    const wanted = JSON.stringify(choices);
    if (wanted !== shown)
      select.replaceChildren(...choices.map(({ value, label: name }) => h("option", { value }, name)));
    shown = wanted;
    select.value = chosen;
  };
  return { element, update };
}
