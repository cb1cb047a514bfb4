/** A part of the page whose code is fetched when it is first shown, so that the page itself opens sooner. */

import { h } from "../lib/dom.js";
import { emptyNotice } from "./topic-links.js";

/**
 * Make the part.
 * @param {function(): Promise<function(Object): {element: HTMLElement, update: function(Object): void}>} load fetches
 *   the function that makes it
 * @param {Object} actions
 * @returns {{element: HTMLElement, update: function(Object): void}}
 */
export function createLater(load, actions) {
  const element = h("div", { class: "tx-later" });
  let part = null;
  let isAsked = false;
  let last = null;
  const ask = async () => {
    isAsked = true;
    element.replaceChildren(h("p", { class: "tx-later-wait", role: "status" }, "Opening…"));
    const create = await load().catch(() => null);
    if (create) {
      part = create(actions);
      element.replaceChildren(part.element);
      part.update(last);
    } else element.replaceChildren(notFetched());
  };
  const update = (state) => {
    last = state;
    if (part) part.update(state);
    else if (!isAsked) ask();
  };
  return { element, update };
}

/** A browser remembers that a module could not be fetched until the page is loaded anew. */
function notFetched() {
  const again = h("button", { type: "button", class: "tx-button", onclick: () => location.reload() }, "Load the page again");
  const why = h("p", {}, "The connection may be lost, or the plugin was updated since the page was opened.");
  return emptyNotice("This part of the page could not be fetched", why, again);
}
