/** A part of the page whose code is loaded when it is first shown, so that the page opens sooner. */

import { h } from "../lib/dom.js";
import { emptyNotice } from "./topic-links.js";

/**
 * Make the part.
 * @param {() => Promise<CreatePart>} load
 *   imports the function that creates the part
 * @param {Actions} actions
 * @returns {PagePart}
 */
export function createLater(load, actions) {
  const element = h("div", { class: "tx-later" });
  let part = null;
  let isLoading = false;
  let last = null;
  const start = async () => {
    isLoading = true;
    element.replaceChildren(h("p", { class: "tx-loading", role: "status" }, "Loading…"));
    const create = await load().catch(() => null);
    if (create) {
      part = create(actions);
      element.replaceChildren(part.element);
      part.update(last);
    } else element.replaceChildren(notLoaded());
  };
  const update = (state) => {
    last = state;
    if (part) part.update(state);
    else if (!isLoading) start();
  };
  return { element, update };
}

/** A browser does not retry a failed module import until the page is reloaded. */
function notLoaded() {
  const again = h("button", { type: "button", class: "tx-button", onclick: () => location.reload() }, "Reload the page");
  const why = h("p", {}, "The connection may be down, or the plugin was updated after the page was opened.");
  return emptyNotice("This part of the page could not be loaded", why, again);
}
