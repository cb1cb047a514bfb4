/** A modal dialog: the browser keeps the focus inside and closes it on Esc; focus then returns to its opener. */

import { h, iconButton } from "../lib/dom.js";

let nDialogs = 0;

/**
 * Make a dialog, to be added to the page and opened when needed.
 * @param {{title: string, kind: string, onClose?: () => void}} options `kind` is part of its class
 * @returns {{element: HTMLDialogElement, title: HTMLElement, body: HTMLElement, open: () => void, close: () => void}}
 */
export function createDialog({ title: words, kind, onClose = () => {} }) {
  nDialogs += 1;
  const id = `tx-dialog-${nDialogs}`;
  const title = h("h2", { class: "tx-dialog-title", id, tabindex: "-1", dir: "auto" }, words);
  const body = h("div", { class: "tx-dialog-body" });
  const close = () => element.close();
  const element = h(
    "dialog",
    { class: `tx-dialog tx-dialog-${kind}`, "aria-labelledby": id },
    h("div", { class: "tx-dialog-head tx-ends" }, title, iconButton("close", "Close (Esc)", close)),
    body,
  );
  let before = null;
  const open = () => {
    if (element.open) return;
    before = document.activeElement;
    element.showModal();
    const first = /** @type {HTMLElement} */ (body.querySelector("[data-first]")) ?? title;
    first.focus({ preventScroll: true });
  };
  // A press on the backdrop targets the dialog element itself; inside, its content is the target.
  element.addEventListener("pointerdown", (event) => event.target === element && !isInside(event, element) && close());
  element.addEventListener("close", () => {
    onClose();
    restoreFocus(before);
  });
  return { element, title, body, open, close };
}

function isInside({ clientX: x, clientY: y }, element) {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return x >= left && x <= right && y >= top && y <= bottom;
}

/** Return the focus to the opener, or to the element that has replaced it. */
function restoreFocus(before) {
  const opener = before?.isConnected ? before : document.querySelector(`[data-tool="${before?.dataset.tool}"]`);
  if (opener && opener !== document.body) opener.focus({ preventScroll: true });
  const centre = /** @type {HTMLElement} */ (document.querySelector(".tx-centre"));
  if (document.activeElement === document.body) centre?.focus({ preventScroll: true });
}

/** Return whether a dialog is open; it then receives all keys. @param {Document} page @returns {boolean} */
export function isDialogOpen(page) {
  return page.querySelector("dialog[open]") !== null;
}
