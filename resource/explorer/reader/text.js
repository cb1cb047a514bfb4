/** The text of the open document, with summary, search matches and words by topic highlighted in different ways. */

import { h } from "../lib/dom.js";
import { plural } from "../lib/format.js";
import { hueOf } from "../lib/palette.js";
import { segments } from "../lib/segments.js";
import { drawnOnChange } from "../store/state.js";
import { strengthOf, wordsOfDocument } from "./word-topics.js";
import { emptyNotice } from "../ui/topic-links.js";
import { createColouring } from "./colouring.js";
import { createWordList } from "./word-list.js";
import { createWordCard } from "./word-card.js";

/**
 * Create the text with its legend, colouring and word list.
 * @param {Actions} actions
 * @returns {PagePart} update called only while a document is open
 */
export function createReaderText(actions) {
  const legend = h("ul", { class: "tx-legend tx-detail" });
  const holder = h("div");
  const card = createWordCard(actions);
  const colouring = createColouring(holder, (word, anchor) => card.open(word, anchor));
  const wordList = createWordList((word, anchor) => card.open(word, anchor));
  const cut = h("p", { class: "tx-warning", hidden: true }, "Only the beginning of this very long text is shown.");
  const element = h("div", { class: "tx-reader-text" }, legend, colouring.element, holder, cut, wordList.element, card.element);
  const draw = drawnOnChange(
    ({ answers, overview, view }) => [answers.document, answers.words, overview, view.at, view.screen === "terms" && view.term],
    (state) => {
      const { answers: { document: answer }, view } = state;
      const shown = wordsOfDocument(state);
      legend.replaceChildren(...legendKeys(answer.value, shown, view));
      holder.replaceChildren(drawText(answer.value, shown, view));
      cut.hidden = !answer.value.is_cut;
      card.close();
      colouring.update(shown, state.overview);
      wordList.update(shown, state);
    },
  );
  const update = (state) => {
    card.update(state);
    draw(state);
  };
  return { element, update };
}

/** Draw the legend of the marks. */
function legendKeys({ summary, matches }, shown, view) {
  const spans = summary?.spans ?? [];
  const key = (kind, text) => h("li", { class: kind && `tx-key-${kind}` }, text);
  return [
    spans.length > 0 && key("summary", `Summary, ${plural(spans.length, "sentence")}`),
    matches.length > 0 && key("match", plural(matches.length, "match", "matches")),
    shown?.repeated.length > 0 && key("repeated", "Repeated in many documents, ignored"),
    view.at && key("source", "Sentence of the topic summary"),
    summary && !spans.length && key(null, summary.text ? "Summary not located in the text" : "No summary"),
  ].filter(Boolean);
}

function drawText({ text: whole, summary, matches }, shown, view) {
  if (!whole) return emptyNotice("This document is empty");
  const term = view.screen === "terms" ? view.term : null;
  const words = shown?.spans ?? [];
  const spans = [
    ...(shown?.repeated ?? []),
    ...(summary?.spans ?? []).map(({ start, end }) => ({ kind: "summary", start, end })),
    ...matches.map(([start, end]) => ({ kind: "match", start, end })),
    ...(view.at ? [{ kind: "source", start: view.at[0], end: view.at[1] }] : []),
    ...words,
    ...words.filter((word) => term !== null && word.term === term).map(({ start, end }) => ({ kind: "term", start, end })),
  ];
  return h("div", { class: "tx-text", dir: "auto", tabindex: "-1" }, ...segments(whole, spans).map(drawSegment));
}

/** Screen readers announce marks, but not the topic of each word: the word list below the text has those. */
function drawSegment({ text, spans }) {
  const kinds = new Set(spans.map(({ kind }) => kind));
  const word = spans.find(({ kind }) => kind === "word");
  if (!kinds.size) return document.createTextNode(text);
  kinds.delete("word");
  const isRepeated = kinds.delete("repeated");
  const marks = [...kinds].map((kind) => `tx-mark-${kind}`);
  const classes = [kinds.size && "tx-mark", word && "tx-word", isRepeated && "tx-repeated", ...marks].filter(Boolean).join(" ");
  const node = h(kinds.size ? "mark" : "span", { class: classes }, text);
  if (!word) return node;
  node.dataset.hue = hueOf(word.topic);
  node.dataset.topic = String(word.topic);
  node.dataset.strength = String(strengthOf(word.probability));
  return Object.assign(node, { word });
}
