/** Controls: a labelled select, and a row of buttons of which one is pressed. */

import { h } from "../lib/dom.js";

/**
 * Make the select.
 * @param {string} name @param {(value: string) => void} choose
 * @returns {{element: HTMLElement, update: (options: string[][], chosen: string) => void}} `update` takes pairs
 *   of value and label, and the chosen value
 */
export function createSelect(name, choose) {
  const select = h("select", { class: "tx-pick", "aria-label": name });
  select.addEventListener("change", () => choose(select.value));
  const element = h("label", { class: "tx-labelled tx-line-up tx-soft tx-small" }, h("span", {}, name), select);
  let shown = "";
  const update = (options, chosen) => {
    const now = JSON.stringify(options);
    if (now !== shown) select.replaceChildren(...options.map(([value, words]) => h("option", { value }, words)));
    shown = now;
    select.value = chosen;
  };
  return { element, update };
}

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
        class: "tx-choice",
        "data-value": choice.value,
        title: choice.title,
        onclick: () => choose(choice.value),
      },
      choice.label,
    ),
  );
  const element = h("div", { class: "tx-choices", role: "group", "aria-label": label }, ...buttons);
  const update = (chosen, possible = choices.map(({ value }) => value)) => {
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.value === chosen));
      button.hidden = !possible.includes(button.dataset.value);
    }
  };
  return { element, update };
}
