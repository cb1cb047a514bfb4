/** The head of the open document: its key, previous and next in the list, copy link, and close. */

import { h, iconButton } from "../lib/dom.js";
import { enable } from "../lib/focus.js";
import { count } from "../lib/format.js";
import { listedDocuments, positionOf, stepFrom } from "./result-list.js";
import { drawnOnChange } from "../store/state.js";

/**
 * Make the head.
 * @param {Actions} actions
 * @returns {{element: HTMLElement, update: (state: State) => void, focus: () => void}}
 */
export function createReaderHead(actions) {
  const key = h("h2", { class: "tx-reader-key", tabindex: "-1" });
  const steps = createSteps(actions);
  const link = createLink();
  const close = iconButton("close", "Close the document (Esc)", actions.closeDocument);
  const wide = iconButton("wide", "Read in the whole width", () => actions.go({ wide: !isWide }), "Wide");
  wide.classList.add("tx-wide");
  const tools = h("div", { class: "tx-reader-tools tx-line-up" }, link.button, wide, close);
  const element = h("div", {}, h("div", { class: "tx-reader-head tx-ends" }, steps.element, tools), link.place, key);
  const drawKey = drawnOnChange(
    ({ answers }) => [answers.document],
    ({ answers: { document: answer } }) => {
      if (answer?.state !== "ready") return;
      key.textContent = answer.value.title ?? answer.value.key;
      link.reset();
    },
  );
  let isWide = false;
  const update = (state) => {
    isWide = state.view.wide;
    wide.setAttribute("aria-pressed", String(isWide));
    drawKey(state);
    steps.update(state);
  };
  return { element, update, focus: () => key.focus({ preventScroll: true }) };
}

/** A step past the end of a page turns the page, and opens its first or last document once it is loaded. */
function createSteps(actions) {
  let now = null;
  let awaited = null;
  const step = (direction) => {
    const target = now && stepFrom(now.listed, now.row, direction);
    if (!target) return;
    if (target.row !== null) actions.openDocument(target.row);
    else {
      awaited = { page: target.page, from: now.row, direction };
      actions.go({ [now.listed.turns]: target.page });
    }
  };
  const previous = iconButton("left", "Previous document in the list", () => step(-1));
  const next = iconButton("right", "Next document in the list", () => step(1));
  const place = h("span", { class: "tx-reader-place tx-detail" });
  const element = h("span", { class: "tx-reader-steps tx-line-up" }, previous, place, next);
  const openAwaited = ({ listed, row: opened }) => {
    if (awaited?.from !== opened) awaited = null;
    if (!awaited || listed.page !== awaited.page) return;
    const row = listed.rows.at(awaited.direction > 0 ? 0 : -1);
    awaited = null;
    // Deferred: the state must not change while the page is being drawn.
    if (row !== undefined) queueMicrotask(() => actions.openDocument(row));
  };
  const update = drawnOnChange(
    ({ answers, view }) => [answers.documents, answers.kwic, view.screen, view.doc],
    (state) => {
      const listed = listedDocuments(state);
      const found = positionOf(listed, state.view.doc);
      now = listed && { listed, row: state.view.doc };
      if (now) openAwaited(now);
      element.hidden = !found && !awaited;
      if (found) place.textContent = `${count(found.position)} of ${count(found.total)}`;
      enable([previous, Boolean(stepFrom(listed, state.view.doc, -1))], [next, Boolean(stepFrom(listed, state.view.doc, 1))]);
    },
  );
  return { element, update };
}

const COPIED_MS = 4000;

/** Copy the address to the clipboard; where the surrounding page forbids it, show it to be copied by hand. */
function createLink() {
  const status = h("p", { class: "tx-reader-copied tx-note", role: "status" });
  const copy = async () => {
    const address = window.location.href;
    try {
      await navigator.clipboard.writeText(address);
      status.replaceChildren("Link copied. It opens this document in the same view.");
      setTimeout(reset, COPIED_MS);
    } catch {
      const field = h("input", { class: "tx-input", readonly: true, "aria-label": "Link to this document" });
      field.value = address;
      status.replaceChildren("Copy this link: ", field);
      field.select();
    }
  };
  const reset = () => status.replaceChildren();
  return { button: iconButton("link", "Copy a link to this document", copy), place: status, reset };
}
