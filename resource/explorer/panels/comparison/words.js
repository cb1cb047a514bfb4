/** The words distinctive of two sides, and documents that have many of them. */

import { numberColumn } from "../../charts/table.js";
import { bar, h } from "../../lib/dom.js";
import { count, decimal, plural } from "../../lib/format.js";
import { quote } from "../quote.js";
import { explained } from "../../ui/popover.js";
import { labelOf, markedText, topicBadge, viewLink } from "../../ui/topic-links.js";
import { hueOf } from "../../lib/palette.js";
import { sideName } from "./difference.js";

const FEW_WORDS = 12; // the others are shown on demand
const BESIDE = 620; // CSS pixels from which two lists fit beside one another

/**
 * Build the figure of the words.
 * @param {{words: any, left: import("./difference.js").Side, right: import("./difference.js").Side, rule: string,
 *   file: string, all: boolean, change: (changes: Object) => void}} options
 * @param {(word: string, side: import("./difference.js").Side) => Partial<View>} leadTo the view of a word on a side
 * @param {Actions} actions
 * @returns {import("../../charts/figure.js").Chart}
 */
export function wordsFigure({ words, left, right, rule, file, all, change }, leadTo, actions) {
  const places = /** @type {const} */ ([["left", left], ["right", right]]);
  const most = Math.max(1, ...words.a.concat(words.b).map(({ z }) => Math.abs(z)));
  const lists = () =>
    places.map(([place, side]) => {
      const shown = all ? words[side.key] : words[side.key].slice(0, FEW_WORDS);
      const rows = shown.map((word) => wordRow(word, { words, side, most, actions, to: leadTo(word.word, side) }));
      return h(
        "section",
        { class: `tx-words-side tx-side-${place}` },
        h("h3", { class: "tx-small-title" }, sideName(side, place)),
        rows.length ? h("ol", { class: "tx-words" }, head(), ...rows) : h("p", { class: "tx-quiet" }, "No distinctive words."),
      );
    });
  const nLeft = all ? 0 : Math.max(words.a.length, words.b.length) - FEW_WORDS;
  const more = h("button", { type: "button", class: "tx-button tx-button-small tx-fold", onclick: () => change({ allWords: true }) }, "Show all words");
  const how = explained({ name: "Distinctive words", means: rule }, "How is this computed?");
  return {
    title: "Distinctive words",
    note: [words.reason ?? sampleInWords(words.sample, left, right), " ", how, " ", nLeft > 0 && more].filter(Boolean),
    draw: words.reason ? null : (width) => h("div", { class: width < BESIDE ? "tx-sides-below" : "tx-sides" }, ...lists()),
    table: wordsTable(words, left, right),
    file,
  };
}

/**
 * Return how often a word is used.
 * @param {number} n occurrences @param {{words: number}} sample
 * @returns {number | null} per 1,000 words
 */
export function perThousand(n, { words }) {
  return words > 0 ? (n / words) * 1000 : null;
}

function sampleInWords({ a, b }, left, right) {
  const sample = { a, b };
  const of = ({ key, name, letter }) => {
    const { documents, of: n } = sample[key];
    return `${documents < n ? count(documents) : "all"} of ${plural(n, "document")} in ${letter ?? name}`.replace("all of", "all");
  };
  return `Words per 1,000 here, and on the other side. Counted in ${of(left)} and ${of(right)}.`;
}

function head() {
  const cells = ["Word", "z score", "Here", "There"].map((text) => h("span", {}, text));
  return h("li", { class: "tx-word-row tx-detail", "aria-hidden": "true" }, ...cells);
}

function wordRow(word, { words, side, most, actions, to }) {
  const other = side.key === "a" ? "b" : "a";
  const [here, there] = [side.key, other].map((key) => rate(perThousand(word[`n_${key}`], words.sample[key])));
  const title =
    `${word.word}: ${here} per 1,000 words here, ${there} on the other side; z ${decimal(Math.abs(word.z), 1)}, ` +
    `log odds ${decimal(Math.abs(word.log_odds))}; in ${plural(word[`documents_${side.key}`], "document")} here`;
  return h(
    "li",
    { class: "tx-word-row", title },
    viewLink(actions, to, { class: "tx-link tx-clip", dir: "auto", "data-keep": `${side.key} ${word.word}` }, word.word),
    h("span", { class: "tx-word-z" }, h("span", { class: "tx-track", "aria-hidden": "true" }, bar(Math.abs(word.z) / most)), decimal(Math.abs(word.z), 1)),
    h("span", { class: "tx-number" }, here),
    h("span", { class: "tx-number tx-quiet" }, side.isNow && word[`n_${other}`] === 0 ? "new" : there),
  );
}

const rate = (value) => (value > 0 && value < 0.05 ? "<0.1" : decimal(value, 1));

function wordsTable({ a, b, sample }, left, right) {
  const both = { a, b };
  const row = (side, word) => [
    word.word, side.name, Math.abs(word.z), Math.abs(word.log_odds),
    ...[left, right].flatMap(({ key }) => [perThousand(word[`n_${key}`], sample[key]), word[`n_${key}`], word[`documents_${key}`]]),
  ];
  return {
    columns: [
      { name: "Word" },
      { name: "Typical of" },
      numberColumn("z score", (z) => decimal(z, 1)),
      numberColumn("Log odds", decimal),
      ...[left, right].flatMap(({ brief }) => [
        numberColumn(`Per 1,000 words: ${brief}`, decimal),
        numberColumn(`Occurrences: ${brief}`, count),
        numberColumn(`Documents: ${brief}`, count),
      ]),
    ],
    rows: [left, right].flatMap((side) => both[side.key].map((word) => row(side, word))),
  };
}

/**
 * Draw the documents with many distinctive words.
 * @param {{a: any[], b: any[]}} documents
 * @param {{left: import("./difference.js").Side, right: import("./difference.js").Side, rule: string}} options
 * @param {Overview} overview @param {Actions} actions
 * @returns {Node[]}
 */
export function typicalDocuments(documents, { left, right, rule }, overview, actions) {
  const places = /** @type {const} */ ([["left", left], ["right", right]]);
  const list = (side) => documents[side.key].map((document) => typical(document, overview, actions));
  return [
    h("div", { class: "tx-figure-head tx-ends" }, h("h2", { class: "tx-panel-title" }, "Typical documents")),
    h("div", { class: "tx-panel-note" }, "Documents with many of the distinctive words. ", explained({ name: "Typical documents", means: rule }, "How are they selected?")),
    h(
      "div",
      { class: "tx-sides tx-above-3" },
      ...places.map(([place, side]) =>
        h(
          "section",
          { class: `tx-side-${place}` },
          h("h3", { class: "tx-small-title" }, sideName(side, place)),
          documents[side.key].length ? h("ol", { class: "tx-quotes" }, ...list(side)) : h("p", { class: "tx-quiet" }, "None."),
        ),
      ),
    ),
  ];
}

function typical({ row, key, title, excerpt, marks, topic, date, groups }, overview, actions) {
  const facts = [date, ...groups.filter(Boolean)].filter(Boolean).join(" · ");
  const ofTopic = topic === null ? null : h("span", { class: "tx-inline", "data-hue": hueOf(topic), title: labelOf(overview, topic) }, topicBadge(topic));
  const spans = marks.map(([start, end]) => ({ kind: "match", start, end }));
  return quote({ row, key: title ?? key, text: markedText(excerpt, spans), detail: h("span", {}, h("span", { dir: "auto" }, facts), " ", ofTopic) }, actions);
}
