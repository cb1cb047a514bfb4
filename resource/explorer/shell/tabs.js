/** The tabs of the screens, and on narrow screens the switch between columns. */

import { h } from "../lib/dom.js";
import { SCREENS } from "../app/screens.js";
import { drawnOnChange } from "../store/state.js";
import { viewLink } from "../ui/topic-links.js";

/** Make the tabs, as links that can be copied or opened in a new browser tab. @type {CreatePart} */
export function createScreenTabs(actions) {
  const tabs = SCREENS.map((screen) => ({ screen, link: viewLink(actions, changeTo(screen), { class: "tx-tab" }, screen.label) }));
  const element = h("nav", { class: "tx-tabs", "aria-label": "Screens" }, ...tabs.map(({ link }) => link));
  const draw = drawnOnChange((state) => [state.view], ({ view }) => {
    for (const { screen, link } of tabs) {
      link.setAttribute("href", actions.hashOf(changeTo(screen)));
      if (screen.id === view.screen) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    element.querySelector('[aria-current="page"]')?.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  return { element, update: draw };
}

/** Keep filters and the chosen topic, reset what belongs to one screen. Returning to the overview clears the search. */
function changeTo({ id }) {
  return { screen: id, page: 1, sort: null, pane: "explore", ...(id === "overview" ? { q: "" } : {}) };
}

const PANES = { topics: "Topics", explore: "Explore", document: "Document" };

/** Make the switch between the three columns, at the bottom of a narrow screen. @type {CreatePart} */
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
