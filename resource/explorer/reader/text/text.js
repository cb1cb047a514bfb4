/** The text of the open document, with summary, search matches and words by topic highlighted in different ways. */

import { h } from "../../lib/dom.js";
import { drawnOnChange } from "../../store/state.js";
import { wordsOfDocument } from "../word-topics.js";
import { emptyNotice } from "../../ui/topic-links.js";
import { createColouring } from "../colouring.js";
import { createWordList } from "../word-list.js";
import { createWordCard } from "../word-card.js";
import { countOfMarks, createLegend } from "./steps.js";
import { createSummaryList } from "./summary.js";
import { createTextView } from "./text-view.js";
import { createTicks } from "./ticks.js";

/**
 * Create the text with its legend, summary, colouring and word list.
 * @param {Actions} actions
 * @returns {PagePart & {ticks: HTMLElement}} update called only while a document is open
 */
export function createReaderText(actions) {
  const text = createTextView((block) => colouring.dress(block));
  const nothing = h("div", { hidden: true }, emptyNotice("This document is empty"));
  const holder = h("div", {}, text.element, nothing);
  const legend = createLegend(text.show);
  const summary = createSummaryList(text.show);
  const card = createWordCard(actions);
  const colouring = createColouring(holder, (word, anchor) => card.open(word, anchor));
  const wordList = createWordList((word, anchor) => card.open(word, anchor));
  const ticks = createTicks(text.element, text.show);
  const cut = h("p", { class: "tx-warning", hidden: true }, "Only the beginning of this very long text is shown.");
  const element = h("div", { class: "tx-reader-text" }, summary.element, legend.element, colouring.element, holder, cut, wordList.element, card.element);
  const drawText = drawnOnChange(
    ({ answers, view }) => [answers.document, view.at, termOf(view), termOf(view) && answers.words],
    (state) => {
      const opened = state.answers.document.value;
      text.element.hidden = !opened.text;
      nothing.hidden = Boolean(opened.text);
      text.draw(opened.text, marksOf(opened, wordsOfDocument(state), state.view));
      summary.update(opened);
      cut.hidden = !opened.is_cut;
      card.close();
      ticks.update();
    },
  );
  const drawWords = drawnOnChange(
    ({ answers, overview, view }) => [answers.document, answers.words, overview, view.at, termOf(view)],
    (state) => {
      const shown = wordsOfDocument(state);
      legend.update(legendKeys(state.answers.document.value, shown, state.view));
      text.colour(shown?.spans ?? [], shown?.repeated ?? []);
      colouring.update(shown, state.overview);
      wordList.update(shown, state);
    },
  );
  const update = (state) => {
    card.update(state);
    drawText(state);
    drawWords(state);
  };
  return { element, update, ticks: ticks.element };
}

/** Return the term whose occurrences are marked. */
function termOf(view) {
  return view.screen === "terms" ? view.term : null;
}

/** Return the entries of the legend. */
function legendKeys({ summary, matches }, shown, view) {
  const spans = summary?.spans ?? [];
  return [
    spans.length > 0 && { kind: "summary", text: countOfMarks("summary", spans.length), n: spans.length },
    matches.length > 0 && { kind: "match", text: countOfMarks("match", matches.length), n: matches.length },
    shown?.repeated.length > 0 && { kind: "repeated", text: "Repeated in many documents, ignored" },
    view.at && { kind: "source", text: "Sentence of the topic summary" },
    summary && !spans.length && { kind: null, text: summary.text ? "Summary not located in the text" : "No summary" },
  ].filter(Boolean);
}

function marksOf({ summary, matches }, shown, view) {
  const term = termOf(view);
  const words = term === null ? [] : (shown?.spans ?? []);
  return [
    ...(summary?.spans ?? []).map(({ start, end }, i) => ({ kind: "summary", name: `summary-${i}`, start, end })),
    ...matches.map(([start, end], i) => ({ kind: "match", name: `match-${i}`, start, end })),
    ...(view.at ? [{ kind: "source", name: "source-0", start: view.at[0], end: view.at[1] }] : []),
    ...words.filter((word) => word.term === term).map(({ start, end }) => ({ kind: "term", start, end })),
  ];
}
