/** A sentence at the foot of the page on what has just been done, which goes by itself, and is read out. */

import { h, icon } from "../lib/dom.js";

const SHOWN_MS = 7_000;
const LONG_MS = 20_000;

/**
 * Make the place of the sentences.
 * @returns {{element: HTMLElement, tell: function(string, Object=): void}} options of `tell`: isWarning, lasts, and an
 *   `action` with `label` and `run`
 */
export function createToast() {
  const element = h("div", { class: "tx-toasts", role: "status", "aria-live": "polite" });
  let timer = null;
  const clear = () => {
    clearTimeout(timer);
    element.replaceChildren();
  };
  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(clear, pause);
  };
  const tell = (sentence, { isWarning = false, lasts = false, action = null } = {}) => {
    const pause = lasts || isWarning ? LONG_MS : SHOWN_MS;
    const act = () => {
      clear();
      action.run();
    };
    const toast = h(
      "div",
      { class: isWarning ? "tx-toast tx-toast-warning" : "tx-toast" },
      h("p", { class: "tx-toast-text", dir: "auto" }, sentence),
      action && h("button", { type: "button", class: "tx-button tx-button-small", onclick: act }, action.label),
      h(
        "button",
        { type: "button", class: "tx-button tx-button-icon", title: "Dismiss", onclick: clear },
        icon("close"),
        h("span", { class: "tx-sr-only" }, "Dismiss"),
      ),
    );
    // Who reads it or is about to press its button is not hurried.
    toast.addEventListener("pointerenter", () => clearTimeout(timer));
    toast.addEventListener("focusin", () => clearTimeout(timer));
    toast.addEventListener("pointerleave", () => later(pause));
    element.replaceChildren(toast);
    later(pause);
  };
  return { element, tell };
}
