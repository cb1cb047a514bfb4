/** The result of a tried text: its topics, its words by topic, and unknown words. */

import { h } from "../../lib/dom.js";
import { count, percent, plural } from "../../lib/format.js";
import { mixtureRow } from "../../panels/mixture.js";
import { emptyNotice } from "../../ui/topic-links.js";
import { wordList, wordNodes, wordSpans } from "./words.js";

const FEW = 5;
const NEGLIGIBLE = 0.01;

/**
 * Make the result.
 * @param {Actions} actions
 * @returns {{element: HTMLElement, draw: (tried: Object | null, overview: Overview) => Node[]}}
 */
export function createTryResult(actions) {
  const element = h("div", { class: "tx-try-result", "aria-live": "polite" });
  const draw = (tried, overview) => {
    if (!tried) return [];
    if (tried.state === "failed") return [emptyNotice("The text could not be analysed", h("p", {}, tried.error))];
    if (!tried.value)
      return [h("p", { class: "tx-quiet" }, "Analysing… The first text takes longer, while the model loads.")];
    return body(tried.value, tried.text, overview, actions);
  };
  return { element, draw };
}

function body(answer, text, overview, actions) {
  const spans = wordSpans(answer.spans);
  return [
    knownLine(answer),
    answer.n_known > 0 || answer.mixture.length > 0
      ? mixturePanel(answer, overview, actions)
      : emptyNotice("No topic", h("p", {}, NO_WORDS)),
    h(
      "section",
      { class: "tx-panel tx-figure-panel" },
      h("h2", { class: "tx-panel-title" }, "Words by topic"),
      h(
        "p",
        { class: "tx-panel-note" },
        "Each known word is underlined in the colour of its most likely topic in this text; a stronger line is a higher " +
          "probability. Hover over a word to see its topic. Words without a line are unknown to the model, or stop words.",
      ),
      h(
        "div",
        {
          class: "tx-text tx-try-words",
          dir: "auto",
          "data-coloured": "true",
          tabindex: "0",
          role: "region",
          "aria-label": "The text",
        },
        ...wordNodes(text, spans, overview),
      ),
      spans.length > 0 && wordList(spans, overview),
    ),
    unknownWords(answer),
  ].filter(Boolean);
}

const NO_WORDS = "The model knows none of the words, so the text gets no topic rather than an arbitrary one.";

function knownLine({ n_known: known, n_words: words, language }) {
  const facts = [`${count(known)} of ${plural(words, "word")} known`, language && `language: ${languageName(language)}`];
  const title =
    "Words without stop words and punctuation; known words are in the model's vocabulary";
  return h("p", { class: "tx-try-known tx-strong", title }, facts.filter(Boolean).join(" · "));
}

/** @param {string} language as in the model, such as "english" @returns {string} display name */
function languageName(language) {
  return language.charAt(0).toUpperCase() + language.slice(1).replaceAll("_", " ");
}

function mixturePanel({ mixture }, overview, actions) {
  const shown = mixture.filter(({ share }, i) => i < FEW && (share >= NEGLIGIBLE || i === 0));
  const rest = mixture.slice(shown.length).reduce((sum, { share }) => sum + share, 0);
  return h(
    "section",
    { class: "tx-panel tx-figure-panel" },
    h("h2", { class: "tx-panel-title" }, "Topics of this text"),
    h("p", { class: "tx-panel-note" }, overview.engine.probability_explanation),
    h("ul", { class: "tx-mixture" }, ...shown.map((part) => mixtureRow(part, overview, actions))),
    rest > 0.0005 &&
      h("p", { class: "tx-panel-note" }, `${plural(mixture.length - shown.length, "other topic")}: ${percent(rest)}`),
  );
}

function unknownWords({ unknown, n_known: known, n_words: words }) {
  if (!unknown.length) return null;
  const missing = Math.max(words - known, unknown.length);
  const note =
    "Not in the model's vocabulary (too rare or too frequent in the training documents, or absent from them) and " +
    "therefore ignored.";
  return h(
    "section",
    { class: "tx-panel tx-figure-panel" },
    h("h2", { class: "tx-panel-title" }, missing === 1 ? "Unknown word" : "Unknown words"),
    h("p", { class: "tx-panel-note" }, unknown.length < missing ? `${note} Each word is listed once.` : note),
    h("ul", { class: "tx-chips" }, ...unknown.map((word) => h("li", { class: "tx-chip", dir: "auto" }, word))),
  );
}
