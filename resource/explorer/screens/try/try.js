/** The "Try a text" screen: the topics of a pasted text, its words by topic, and its unknown words. */

import { h } from "../../lib/dom.js";
import { TEXT_LENGTH } from "../../lib/limits.js";
import { redraw } from "../../lib/focus.js";
import { count } from "../../lib/format.js";
import { drawnOnChange } from "../../store/state.js";
import { createTryResult } from "./result.js";

/** Make the screen. @type {CreatePart} */
export function createTry(actions) {
  const form = createForm(actions);
  const result = createTryResult(actions);
  const drawResult = drawnOnChange(
    (state) => [state.tried, state.overview],
    ({ tried, overview }) => {
      redraw(result.element, ...result.draw(tried, overview));
      result.element.classList.toggle("tx-stale", tried?.state === "loading" && tried.value !== null);
    },
  );
  const head = [
    h("h1", { class: "tx-title" }, "Try a text"),
    h("p", { class: "tx-subtitle" }, "Topics are inferred as in 'Assign topics'. The text is not saved."),
  ];
  const update = (state) => {
    form.update(state);
    drawResult(state);
  };
  return {
    element: h("div", { class: "tx-screen" }, h("div", { class: "tx-head" }, ...head), form.element, result.element),
    update,
  };
}

function createForm(actions) {
  const text = textField();
  const length = h("span", { class: "tx-detail" });
  const run = h("button", { class: "tx-button tx-button-strong", title: "Ctrl+Enter" }, "Find topics");
  const useOpen = h("button", { type: "button", class: "tx-button" }, "Use the open document");
  const clear = h(
    "button",
    { type: "button", class: "tx-button", onclick: () => put("", actions.forgetTried) },
    "Clear",
  );
  const send = (event) => {
    event.preventDefault();
    if (text.value.trim()) actions.tryText(text.value);
    else text.focus();
  };
  const typed = () => {
    length.replaceChildren(text.value ? `${count(text.value.length)} of ${count(TEXT_LENGTH)} characters` : "");
    clear.hidden = !text.value;
  };
  const put = (value, then) => {
    text.value = value;
    typed();
    text.focus();
    then(value);
  };
  text.addEventListener("input", typed);
  text.addEventListener("keydown", (event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && send(event));
  typed();
  const update = drawnOnChange(
    ({ answers, tried }) => [answers.document, tried],
    ({ answers: { document: open }, tried }) => {
      const found = open?.state === "ready" ? open.value.text : "";
      useOpen.hidden = !found;
      useOpen.onclick = () => put(found.slice(0, TEXT_LENGTH), actions.tryText);
      run.replaceChildren(tried?.state === "loading" ? "Analysing…" : "Find topics");
    },
  );
  const buttons = h("div", { class: "tx-dialog-buttons" }, run, useOpen, clear, length);
  return { element: h("form", { class: "tx-try-form tx-above-4", onsubmit: send }, text, buttons), update };
}

function textField() {
  return h("textarea", {
    class: "tx-field tx-try-text",
    rows: "9",
    dir: "auto",
    maxlength: String(TEXT_LENGTH),
    "aria-label": "Text to try",
    placeholder: "Paste a text in the language of the documents",
  });
}
