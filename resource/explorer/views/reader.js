/** The open document: its text with the summary marked in place, its mixture of topics, its other columns. */

import { h, icon } from "../dom.js?v=0.1.0";
import { redraw } from "../focus.js?v=0.1.0";
import { percent, plural } from "../format.js?v=0.1.0";
import { topicChange } from "../navigation.js?v=0.1.0";
import { drawnOnChange } from "../state.js?v=0.1.0";
import { about } from "./about.js?v=0.1.0";
import { createMixture } from "./mixture.js?v=0.1.0";
import { emptyNotice, labelOf, markedText, topicBadge, viewLink } from "./parts.js?v=0.1.0";

/**
 * Make the reader.
 * @param {Object} actions
 * @returns {{element: HTMLElement, update: function(Object): void}}
 */
export function createReader(actions) {
  const content = h("div", { class: "tx-reader" });
  const element = h("aside", { class: "tx-right", "aria-label": "Document" }, content);
  const mixture = createMixture(actions);
  const update = drawnOnChange(
    (state) => [state.document, state.overview, state.view.at],
    (state) => {
      const { document: answer, view } = state;
      content.classList.toggle("tx-stale", answer?.state === "loading");
      if (answer?.state === "loading") return;
      redraw(content, ...body(state, mixture, actions));
      if (answer?.state === "ready") showPlace(element, content, view);
      if (answer?.state === "ready" && view.doc !== known) {
        content.querySelector(".tx-reader-key").focus({ preventScroll: true });
      }
      known = answer || view.doc === null ? view.doc : known;
    },
  );
  // The keyboard goes to a document that is opened; not to the one a page begins with, nor to the same one again.
  let known;
  return {
    element,
    update(state) {
      if (known === undefined) known = state.view.doc;
      update(state);
    },
  };
}

function body({ document: answer, overview, view }, mixture, actions) {
  if (!answer) return about(overview);
  if (answer.state === "failed") return [emptyNotice(answer.error), closeButton(actions)];
  const opened = answer.value;
  mixture.update(opened.mixture, overview);
  return [
    h("div", { class: "tx-reader-head" }, h("h2", { class: "tx-reader-key", tabindex: "-1" }, opened.key), closeButton(actions)),
    topicLine(opened, overview, actions),
    columns(opened.columns),
    legend(opened, view),
    text(opened, view),
    opened.is_cut && h("p", { class: "tx-warning" }, "Only the beginning of this very long text is shown."),
    opened.mixture.length > 0 && mixture.element,
  ].filter(Boolean);
}

function closeButton(actions) {
  return h(
    "button",
    { type: "button", class: "tx-button tx-button-icon", title: "Close the document (Esc)", onclick: actions.closeDocument },
    icon("close"),
    h("span", { class: "tx-sr-only" }, "Close the document"),
  );
}

function topicLine({ topic, probability, status }, overview, actions) {
  if (topic === null) return h("p", { class: "tx-reader-topic tx-quiet" }, `No topic: ${status}`);
  const { probability_name: name, probability_explanation: why } = overview.engine;
  return h(
    "p",
    { class: "tx-reader-topic" },
    topicBadge(topic),
    viewLink(actions, topicChange(topic), { class: "tx-link", dir: "auto" }, labelOf(overview, topic)),
    probability !== null && h("span", { class: "tx-quiet", title: why }, `${percent(probability)} ${name}`),
  );
}

function columns(cells) {
  if (!cells.length) return null;
  const pair = ({ name, value }) => h("div", {}, h("dt", {}, name), h("dd", { dir: "auto", title: value }, value));
  return h("dl", { class: "tx-columns" }, ...cells.map(pair));
}

/** Name what is marked in the text. */
function legend({ summary, matches }, view) {
  const spans = summary?.spans ?? [];
  const keys = [
    spans.length > 0 && h("li", { class: "tx-key-summary" }, `Summary, ${plural(spans.length, "sentence")}`),
    matches.length > 0 && h("li", { class: "tx-key-match" }, plural(matches.length, "match", "matches")),
    view.at && h("li", { class: "tx-key-source" }, "Chosen for the topic's summary"),
    summary && !spans.length && h("li", {}, summary.text ? "The summary's place is unknown" : "No summary"),
  ].filter(Boolean);
  return keys.length > 0 && h("ul", { class: "tx-legend" }, ...keys);
}

function text({ text: whole, summary, matches }, view) {
  if (!whole) return emptyNotice("The text of this document is empty");
  const spans = [
    ...(summary?.spans ?? []).map(({ start, end }) => ({ kind: "summary", start, end })),
    ...matches.map(([start, end]) => ({ kind: "match", start, end })),
    ...(view.at ? [{ kind: "source", start: view.at[0], end: view.at[1] }] : []),
  ];
  return h("div", { class: "tx-text", dir: "auto", tabindex: "-1" }, ...markedText(whole, spans));
}

/** Begin at the top, or where the sentence stands that led here. */
function showPlace(element, content, view) {
  element.scrollTop = 0;
  if (view.at) content.querySelector(".tx-mark-source")?.scrollIntoView({ block: "center" });
}
