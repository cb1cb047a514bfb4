/** One document of the list: its beginning or search matches, and its topics. */

import { bar, h, measured } from "../../lib/dom.js";
import { percent } from "../../lib/format.js";
import { hueOf } from "../../lib/palette.js";
import { labelOf, markedText, topicBadge, viewLink } from "../../ui/topic-links.js";

/**
 * Draw a document as a link that opens it.
 * @param {any} entry of the answer, with its `move` that is not saved yet
 * @param {Overview} overview @param {View} view @param {Actions} actions
 * @returns {HTMLElement}
 */
export function documentCard(entry, overview, view, actions) {
  return viewLink(
    actions,
    { doc: entry.row, at: null, pane: "document" },
    { class: "tx-card", "data-row": entry.row },
    h("span", { class: "tx-card-head tx-detail tx-text-line" }, h("span", { class: "tx-card-key tx-clip" }, entry.title ?? entry.key), facts(entry, overview)),
    h("span", { class: "tx-card-text tx-clamp", dir: "auto" }, ...excerpt(entry)),
    addsToExcerpt(entry) && summaryLine(entry.summary),
    topicsOf(entry, overview, view),
    entry.move && moveLine(entry.move, overview),
  );
}

function moveLine({ into }, overview) {
  if (into === null) return h("span", { class: "tx-card-move tx-detail" }, "Not saved yet: moves back to the topic of the model");
  const label = h("span", { class: "tx-clip", dir: "auto" }, labelOf(overview, into));
  return h("span", { class: "tx-card-move tx-detail tx-text-line" }, h("span", {}, "Not saved yet: moves to"), topicBadge(into), label);
}

/** Draw the date and groups, so that a list sorted or filtered by them shows them. */
function facts({ date, groups = [], similarity }, overview) {
  const named = groups.map((value, i) => ({ value, name: overview.groups?.[i]?.name ?? "" })).filter(({ value }) => value);
  const cells = [
    Number.isFinite(similarity) && h("span", { class: "tx-card-similarity", title: "Similarity to your search; 1 at most" }, `similarity ${similarity.toFixed(2)}`),
    date && h("time", { class: "tx-card-fact tx-clip", datetime: date.slice(0, 10) }, date.slice(0, 10)),
    ...named.map(({ value, name }) => h("span", { class: "tx-card-fact tx-clip", dir: "auto", title: `${name}: ${value}` }, value)),
  ];
  return h("span", { class: "tx-card-facts tx-detail tx-text-line" }, ...cells);
}

function excerpt({ excerpt: text, marks }) {
  if (!text) return [h("em", { class: "tx-quiet" }, "Empty text")];
  return markedText(text, marks.map(([start, end]) => ({ kind: "match", start, end })));
}

const BEGINNING = 60; // characters of a summary that are compared with the excerpt

/** Return whether the summary adds to the excerpt: often it is just the first sentence. */
function addsToExcerpt({ summary, excerpt: text }) {
  return Boolean(summary) && !text.includes(summary.replace(/\s+/g, " ").slice(0, BEGINNING));
}

function summaryLine(summary) {
  return h(
    "span",
    { class: "tx-card-summary tx-text-line", title: summary },
    h("span", { class: "tx-sr-only" }, "Summary: "),
    h("span", { class: "tx-card-summary-text tx-clip", dir: "auto" }, summary),
  );
}

function topicsOf(entry, overview, view) {
  if (entry.topic === null) return h("span", { class: "tx-card-topics tx-card-status tx-detail" }, entry.status);
  const { probability_name: name, probability_explanation: why } = overview.engine;
  const label = view.topic === null && h("span", { class: "tx-clip tx-soft", dir: "auto" }, labelOf(overview, entry.topic));
  return h(
    "span",
    { class: "tx-card-topics tx-detail", "data-hue": hueOf(entry.topic) },
    view.topic === null && h("span", { class: "tx-card-topic tx-text-line" }, topicBadge(entry.topic), label),
    h(
      "span",
      { class: "tx-card-share", title: `${percent(entry.probability)} ${name}. ${why}` },
      h("span", { class: "tx-track" }, bar(entry.probability)),
      h("span", { class: "tx-card-number" }, percent(entry.probability)),
      h("span", { class: "tx-sr-only" }, ` ${name}`),
    ),
    mixtureStrip(entry.mixture, overview),
  );
}

/** Draw the largest topic proportions side by side; the tooltip lists them. */
function mixtureStrip(mixture, overview) {
  const words = mixture.map(({ topic, share }) => `${topic}: ${labelOf(overview, topic)} ${percent(share)}`).join("; ");
  const parts = mixture.map(({ topic, share }) =>
    measured(h("span", { class: "tx-strip-part", "data-hue": hueOf(topic) }), "--length", share),
  );
  return h("span", { class: "tx-strip", role: "img", "aria-label": `Topic proportions: ${words}`, title: `Largest topic proportions: ${words}` }, ...parts);
}
