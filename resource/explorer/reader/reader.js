/** The open document: its text with highlighted summary and topics, its topic proportions, its other columns. */

import { h } from "../lib/dom.js";
import { redraw } from "../lib/focus.js";
import { drawnOnChange } from "../store/state.js";
import { about } from "../ui/about.js";
import { createMixture } from "../panels/mixture.js";
import { emptyNotice } from "../ui/topic-links.js";
import { columnList, topicLine } from "./facts.js";
import { createReaderHead } from "./head.js";
import { createMoveLine } from "./move.js";
import { createMethods } from "./related/methods.js";
import { createSimilar } from "./related/similar.js";
import { createReaderText } from "./text/text.js";
import { scrollToMiddle } from "./text/text-view.js";

/** Make the reader. @type {CreatePart} */
export function createReader(actions) {
  const head = createReaderHead(actions);
  const facts = h("div");
  const text = createReaderText(actions);
  const mixture = createMixture(actions);
  const move = createMoveLine(actions);
  const main = h("div", { class: "tx-reader-main" }, head.element, facts, text.element);
  const similar = createSimilar(actions);
  const methods = createMethods(actions, text.showMethod);
  const side = h("div", { class: "tx-reader-side" }, mixture.element, similar.element, methods.element);
  const opened = h("div", { class: "tx-reader-parts" }, main, side);
  const instead = h("div");
  const content = h("div", { class: "tx-reader" }, instead);
  const element = h("aside", { class: "tx-right", tabindex: "0", "aria-label": "Document" }, text.ticks, content);
  const drawDocument = drawnOnChange(
    ({ answers, overview }) => [answers.document, overview],
    ({ answers: { document: answer }, overview }) => {
      content.classList.toggle("tx-stale", answer?.state === "loading");
      if (answer?.state === "loading") return;
      const shown = answer?.state === "ready" ? opened : instead;
      text.ticks.hidden = shown === instead;
      if (shown.parentNode !== content) content.replaceChildren(shown);
      if (shown === instead) return redraw(instead, ...insteadOfDocument(answer, overview, actions));
      redraw(facts, ...[topicLine(answer.value, overview, actions), move.element, columnList(answer.value)].filter(Boolean));
      mixture.update(answer.value.mixture, overview);
      mixture.element.hidden = answer.value.mixture.length === 0;
    },
  );
  const arrive = createArrival((view) => {
    element.scrollTop = 0;
    if (view.at || view.term) text.whenComplete(() => scrollToMark(content, view)); // the mark may be far down
  }, head.focus);
  const update = (state) => {
    drawDocument(state);
    head.update(state);
    move.update(state);
    if (state.answers.document?.state === "ready") {
      text.update(state);
      methods.update(state.view.doc);
    }
    similar.update(state);
    arrive(state);
  };
  return { element, update };
}

/**
 * Move the focus to a newly opened document, but not to the one the page starts with. A document that is fetched again,
 * after edits, keeps its focus and scroll position.
 */
function createArrival(show, focus) {
  let known;
  let place = null;
  const arrive = drawnOnChange(
    ({ answers, view }) => [answers.document, view.at],
    ({ answers: { document: answer }, view }) => {
      if (answer?.state === "loading") return;
      const before = place;
      place = answer && `${view.doc} ${view.at}`;
      if (answer?.state === "ready" && place !== before) show(view);
      if (answer?.state === "ready" && view.doc !== known) focus();
      known = answer || view.doc === null ? view.doc : known;
    },
  );
  return (state) => {
    if (known === undefined) known = state.view.doc;
    arrive(state);
  };
}

function insteadOfDocument(answer, overview, actions) {
  if (!answer) return about(overview);
  const close = h("button", { type: "button", class: "tx-button", onclick: actions.closeDocument }, "Close");
  return [emptyNotice(answer.error, close)];
}

/** Scroll to the sentence or term that led here. */
function scrollToMark(content, view) {
  const mark = view.at ? content.querySelector(".tx-mark-source") : content.querySelector(".tx-mark-term");
  if (mark) scrollToMiddle(mark);
}
