/** The view at the start of the page, and where it is kept: the outer page's fragment and the storage of the tab. */

import { fromHash, toHash } from "../store/view-address.js";
import { outerPageOf } from "./outer-page.js";

/** Milliseconds after which a change is kept: a slider changes the view many times a second. */
const PAUSE_MS = 250;

/**
 * Keep the view so that it is there after a reload, and build links to it.
 * @param {Window} page @param {Storage | null} storage of the tab
 * @returns {{atStart: () => View, follow: (store: Store, go: (view: View) => void) => void,
 *   linkTo: (hash: string) => string}}
 */
export function createCurrentView(page, storage) {
  const outer = outerPageOf(page);
  const key = `text-explorer-view ${outer.place}`;
  const keep = (hash) => write(storage, key, { view: hash, outer: outer.hash() });
  return {
    atStart() {
      const hash = hashAtStart(page.location.hash, outer.hash(), read(storage, key));
      // Back leads to this view, too.
      if (hash !== page.location.hash) page.history.replaceState(null, "", toHash(fromHash(hash)));
      return fromHash(hash);
    },
    follow({ get, subscribe }, go) {
      let last = toHash(get().view);
      let timer = null;
      const keepNow = () => {
        outer.show(last);
        keep(last);
      };
      subscribe(({ view }) => {
        if (toHash(view) === last) return;
        last = toHash(view);
        page.clearTimeout(timer);
        timer = page.setTimeout(keepNow, PAUSE_MS);
      });
      outer.listen((hash) => go(fromHash(hash)));
      page.addEventListener("pagehide", () => keep(last));
      keepNow();
    },
    linkTo: outer.linkTo,
  };
}

/**
 * Choose the view to start with: a link wins over the view that was kept, unless the outer page had its fragment then.
 * @param {string} own fragment of the page
 * @param {string} outer fragment of the outer page
 * @param {{view: string, outer: string} | null} kept
 * @returns {string}
 */
export function hashAtStart(own, outer, kept) {
  if (own.length > 1) return own;
  return kept && (!outer || outer === kept.outer) ? kept.view : outer;
}

function write(storage, key, value) {
  try {
    storage?.setItem(key, JSON.stringify(value));
  } catch {
    // Full or forbidden storage: after a reload the page starts with the view of its address.
  }
}

function read(storage, key) {
  try {
    const found = JSON.parse(storage?.getItem(key) ?? "null");
    return typeof found?.view === "string" && typeof found.outer === "string" ? found : null;
  } catch {
    return null; // forbidden, or not written by this page
  }
}
