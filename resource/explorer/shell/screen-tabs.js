/** The tabs of the screens, as links that can be copied or opened in a new browser tab. */

import { h } from "../lib/dom.js";
import { SCREENS } from "../app/screens.js";
import { drawnOnChange } from "../store/state.js";
import { viewLink } from "../ui/topic-links.js";

/**
 * Make the tabs.
 * @param {Actions} actions
 * @returns {PagePart}
 */
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
