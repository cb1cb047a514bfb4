/** The open document: its text with summary and topics marked in place, its mixture of topics, its other columns. */

import { h } from "../dom.js?v=0.1.0";
import { redraw } from "../focus.js?v=0.1.0";
import { drawnOnChange } from "../state.js?v=0.1.0";
import { wordsOfDocument } from "../words.js?v=0.1.0";
import { about } from "./about.js?v=0.1.0";
import { createMixture } from "./mixture.js?v=0.1.0";
import { emptyNotice } from "./parts.js?v=0.1.0";
import { columnList, topicLine } from "./reader-facts.js?v=0.1.0";
import { createReaderHead } from "./reader-head.js?v=0.1.0";
import { createReaderText } from "./reader-text.js?v=0.1.0";

/**
 * Make the reader.
 * @param {Object} actions
 * @returns {{element: HTMLElement, update: function(Object): void}}
 */
export function createReader(actions) {
  const head = createReaderHead(actions);
  const facts = h("div");
  const text = createReaderText(actions);
  const mixture = createMixture(actions);
  const opened = h("div", {}, head.element, facts, text.element, mixture.element);
  const instead = h("div");
  const content = h("div", { class: "tx-reader" }, instead);
  const element = h("aside", { class: "tx-right", tabindex: "0", "aria-label": "Document" }, content);
  // The keyboard goes to a document that is opened; not to the one a page begins with, nor to the same one again.
  let known;
  const drawDocument = drawnOnChange(
    (state) => [state.document, state.overview],
    ({ document: answer, overview }) => {
      content.classList.toggle("tx-stale", answer?.state === "loading");
      if (answer?.state === "loading") return;
      const shown = answer?.state === "ready" ? opened : instead;
      if (shown.parentNode !== content) content.replaceChildren(shown);
      if (shown === instead) return redraw(instead, ...insteadOfDocument(answer, overview, actions));
      redraw(facts, ...[topicLine(answer.value, overview, actions), columnList(answer.value)].filter(Boolean));
      mixture.update(answer.value.mixture, overview);
      mixture.element.hidden = answer.value.mixture.length === 0;
    },
  );
  let place = null;
  const arrive = drawnOnChange(
    (state) => [state.document, state.view.at],
    ({ document: answer, view }) => {
      if (answer?.state === "loading") return;
      // The same document fetched anew, after edits, stays where it is read.
      const before = place;
      place = answer && `${view.doc} ${view.at}`;
      if (answer?.state === "ready" && place !== before) showPlace(element, content, view);
      if (answer?.state === "ready" && view.doc !== known) head.focus();
      known = answer || view.doc === null ? view.doc : known;
    },
  );
  const update = (state) => {
    if (known === undefined) known = state.view.doc;
    drawDocument(state);
    head.update(state);
    if (state.document?.state === "ready") text.update(state, wordsOfDocument(state));
    arrive(state);
  };
  return { element, update };
}

function insteadOfDocument(answer, overview, actions) {
  if (!answer) return about(overview);
  const close = h("button", { type: "button", class: "tx-button", onclick: actions.closeDocument }, "Close");
  return [emptyNotice(answer.error, close)];
}

/** Begin at the top, or where the sentence stands that led here. */
function showPlace(element, content, view) {
  element.scrollTop = 0;
  const place = view.at ? content.querySelector(".tx-mark-source") : content.querySelector(".tx-mark-term");
  place?.scrollIntoView({ block: "center" });
}
