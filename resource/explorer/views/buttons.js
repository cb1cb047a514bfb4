/** The buttons of the bar at the top: copy a link to what is shown, and the saved views. */

import { h, iconButton } from "../lib/dom.js";

/** Make the buttons. @type {CreatePart} */
export function createViewButtons(actions) {
  const copy = iconButton("link", "Copy link to this view", () => actions.copyLink());
  copy.classList.add("tx-copy-link");
  const open = h("button", { type: "button", class: "tx-button", "data-tool": "views", onclick: () => actions.openViews() }, "Views");
  const element = h("span", { class: "tx-inline" }, copy, open);
  const update = ({ overview }) => {
    element.hidden = !overview;
  };
  return { element, update };
}
