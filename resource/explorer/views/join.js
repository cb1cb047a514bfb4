/** Join the parts of views: links, the panel of saved views, and the view that is kept for a reload. */

import { copyText } from "../lib/clipboard.js";
import { createViewsPanel } from "./panel.js";

/**
 * Create the actions of views, and the panel.
 * @param {{page: Window, store: Store, api: Api, notify: Notify,
 *   currentView: ReturnType<typeof import("./current-view.js").createCurrentView>}} means
 * @param {Actions} actions of the page, to which those of views are added
 * @returns {{element: HTMLElement}}
 */
export function joinViews({ page, store, api, currentView, notify }, actions) {
  const panel = createViewsPanel(actions, { api, stateNow: store.get });
  Object.assign(actions, {
    linkTo: currentView.linkTo,
    openViews: panel.open,
    async copyLink(hash = actions.hashOf({})) {
      const link = currentView.linkTo(hash);
      if (await copyText(page, link)) notify("The link is copied.");
      // There the link can be selected and copied by hand.
      else panel.open();
    },
  });
  currentView.follow(store, actions.go);
  return panel;
}
