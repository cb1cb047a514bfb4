/** The tabs of the screens, and on narrow screens the switch between columns. */

import { h } from "../lib/dom.js";
import { SCREENS, whatIsMissing } from "../app/screens.js";
import { drawnOnChange } from "../store/state.js";
import { createMenu } from "../ui/menu.js";
import { viewLink } from "../ui/topic-links.js";

/**
 * Make the tabs, as links that can be copied or opened in a new browser tab; those of some screens are in a menu.
 * @type {CreatePart}
 */
export function createScreenTabs(actions) {
  const tabs = SCREENS.map((screen) => ({ screen, link: viewLink(actions, changeTo(screen), { class: "tx-tab" }, screen.label) }));
  const links = (more) => tabs.filter(({ screen }) => Boolean(screen.more) === more).map(({ link }) => link);
  const row = h("div", { class: "tx-tab-row" }, ...links(false));
  const menu = createMenu("More", links(true), { class: "tx-tab" });
  const element = h("nav", { class: "tx-tabs", "aria-label": "Screens" }, row, menu.element);
  const draw = ({ view, overview }) => {
    for (const { screen, link } of tabs) {
      link.setAttribute("href", actions.hashOf(changeTo(screen)));
      setOrRemove(link, "aria-current", screen.id === view.screen ? "page" : null);
      const missing = whatIsMissing(screen, overview);
      link.classList.toggle("tx-tab-empty", missing !== null);
      setOrRemove(link, "title", missing && `Nothing to show yet. ${missing}`);
    }
    const chosen = tabs.find(({ screen }) => screen.id === view.screen)?.screen;
    menu.name(chosen?.more ? `More: ${chosen.label}` : "More", chosen?.more === true);
    row.querySelector('[aria-current="page"]')?.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  return { element, update: drawnOnChange((state) => [state.view, state.overview?.capabilities], draw) };
}

function setOrRemove(node, name, value) {
  if (value === null) node.removeAttribute(name);
  else node.setAttribute(name, value);
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
