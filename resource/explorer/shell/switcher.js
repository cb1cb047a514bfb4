/** The switch between the three columns, at the bottom of a narrow screen. */

import { h } from "../lib/dom.js";
import { drawnOnChange } from "../store/state.js";

const PANES = { topics: "Topics", explore: "Explore", document: "Document" };

/**
 * Make the switch.
 * @param {Actions} actions
 * @returns {PagePart}
 */
export function createSwitcher(actions) {
  const buttons = Object.entries(PANES).map(([pane, label]) =>
    h("button", { type: "button", class: "tx-switch", "data-pane": pane, onclick: () => actions.showPane(pane) }, label),
  );
  const element = h("nav", { class: "tx-switcher", "aria-label": "Columns" }, ...buttons);
  const update = drawnOnChange(
    (state) => [state.view.pane],
    ({ view }) => {
      for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.pane === view.pane));
    },
  );
  return { element, update };
}
