/** Short messages at the bottom of the page about what was just done; they disappear by themselves. */

import { h, iconButton } from "../lib/dom.js";

const SHOWN_MS = 7_000;
const LONG_MS = 20_000;

/** Make the holder of the messages. @returns {{element: HTMLElement, notify: Notify}} */
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
  const notify = (sentence, { isWarning = false, lasts = false, action = null } = {}) => {
    const pause = lasts || isWarning ? LONG_MS : SHOWN_MS;
    const act = () => {
      clear();
      action.run();
    };
    const toast = h(
      "div",
      { class: isWarning ? "tx-toast tx-toast-warning tx-line-up" : "tx-toast tx-line-up" },
      h("p", { class: "tx-toast-text tx-anywhere", dir: "auto" }, sentence),
      action && h("button", { type: "button", class: "tx-button tx-button-small", onclick: act }, action.label),
      iconButton("close", "Dismiss", clear),
    );
    // A message that is being read, or whose button is focused, stays.
    toast.addEventListener("pointerenter", () => clearTimeout(timer));
    toast.addEventListener("focusin", () => clearTimeout(timer));
    toast.addEventListener("pointerleave", () => later(pause));
    element.replaceChildren(toast);
    later(pause);
    return () => {
      if (toast.isConnected) clear();
    };
  };
  return { element, notify };
}
