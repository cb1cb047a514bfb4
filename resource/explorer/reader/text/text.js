/** The text of the open document, with summary, search matches and words by topic highlighted in different ways. */

import { h } from "../../lib/dom.js";
import { plural } from "../../lib/format.js";
import { drawnOnChange } from "../../store/state.js";
import { wordsOfDocument } from "../word-topics.js";
import { emptyNotice } from "../../ui/topic-links.js";
import { createColouring } from "../colouring.js";
import { createWordList } from "../word-list.js";
import { createWordCard } from "../word-card.js";
import { createLegend } from "./steps.js";
import { createSummaryList } from "./summary.js";
import { createTextView } from "./text-view.js";
import { createTicks } from "./ticks.js";

/** @typedef {(name: string, spans: {start: number, end: number}[], index: number) => void} ShowMethod */

/**
 * Create the text with its legend, summary, colouring and word list.
 * @param {Actions} actions
 * @returns {PagePart & {ticks: HTMLElement, showMethod: ShowMethod, whenComplete: (then: () => void) => void}} update called only while a document is open
 */
export function createReaderText(actions) {
  const text = createTextView((block) => colouring.dress(block));
  const nothing = h("div", { hidden: true }, emptyNotice("This document is empty"));
  const holder = h("div", {}, text.element, nothing);
  const legend = createLegend(text.show);
  const summary = createSummaryList((name) => {
    mark(null);
    text.show(name);
  });
  const card = createWordCard(actions);
  const colouring = createColouring(holder, (word, anchor) => card.open(word, anchor));
  const wordList = createWordList((word, anchor) => card.open(word, anchor));
  const ticks = createTicks(text.element, text.show);
  const cut = h("p", { class: "tx-warning", hidden: true }, "Only the beginning of this very long text is shown.");
  const element = h("div", { class: "tx-reader-text" }, summary.element, legend.element, colouring.element, holder, cut, wordList.element, card.element);
  // The state last drawn, and the method whose sentences are marked in place of the summary's.
  let last = null;
  let method = null;
  const drawMarks = () => {
    const opened = last.answers.document.value;
    text.draw(opened.text, marksOf(opened, method?.spans ?? opened.summary?.spans ?? [], wordsOfDocument(last), last.view));
    ticks.update();
  };
  const drawWords = () => {
    const shown = wordsOfDocument(last);
    legend.update(legendKeys(last.answers.document.value, method, shown, last.view));
    text.colour(shown?.spans ?? [], shown?.repeated ?? []);
  };
  const mark = (chosen) => {
    if (method === chosen) return;
    method = chosen;
    drawMarks();
    drawWords();
  };
  const textChanged = drawnOnChange(
    ({ answers, view }) => [answers.document, view.at, termOf(view), termOf(view) && answers.words],
    ({ answers: { document: { value: opened } } }) => {
      text.element.hidden = !opened.text;
      nothing.hidden = Boolean(opened.text);
      method = null;
      drawMarks();
      summary.update(opened);
      cut.hidden = !opened.is_cut;
      card.close();
    },
  );
  const wordsChanged = drawnOnChange(
    ({ answers, overview, view }) => [answers.document, answers.words, overview, view.at, termOf(view)],
    (state) => {
      const shown = wordsOfDocument(state);
      drawWords();
      colouring.update(shown, state.overview);
      wordList.update(shown, state);
    },
  );
  const update = (state) => {
    last = state;
    card.update(state);
    textChanged(state);
    wordsChanged(state);
  };
  const showMethod = (name, spans, index) => {
    if (method?.spans !== spans) mark({ name, spans });
    text.show(`summary-${index}`);
  };
  return { element, update, ticks: ticks.element, showMethod, whenComplete: text.whenComplete };
}

/** Return the term whose occurrences are marked. */
function termOf(view) {
  return view.screen === "terms" ? view.term : null;
}

/** Return the entries of the legend. */
function legendKeys({ summary, matches }, method, shown, view) {
  const spans = method?.spans ?? summary?.spans ?? [];
  return [
    spans.length > 0 && { kind: "summary", text: `${method?.name ?? "Summary"}, ${plural(spans.length, "sentence")}`, n: spans.length },
    matches.length > 0 && { kind: "match", text: plural(matches.length, "match", "matches"), n: matches.length },
    shown?.repeated.length > 0 && { kind: "repeated", text: "Repeated in many documents, ignored" },
    view.at && { kind: "source", text: "Sentence of the topic summary" },
    summary && !spans.length && { kind: null, text: summary.text ? "Summary not located in the text" : "No summary" },
  ].filter(Boolean);
}

function marksOf({ matches }, sentences, shown, view) {
  const term = termOf(view);
  const words = term === null ? [] : (shown?.spans ?? []);
  return [
    ...sentences.map(({ start, end }, i) => ({ kind: "summary", name: `summary-${i}`, start, end })),
    ...matches.map(([start, end], i) => ({ kind: "match", name: `match-${i}`, start, end })),
    ...(view.at ? [{ kind: "source", name: "source-0", start: view.at[0], end: view.at[1] }] : []),
    ...words.filter((word) => word.term === term).map(({ start, end }) => ({ kind: "term", start, end })),
  ];
}
