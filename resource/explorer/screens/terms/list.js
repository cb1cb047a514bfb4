/** The terms of the model, most salient first, with their counts and topics. */

import { isFiltered, termsAddress } from "../../store/needed-answers.js";
import { bar, h } from "../../lib/dom.js";
import { redraw } from "../../lib/focus.js";
import { count, percent, plural } from "../../lib/format.js";
import { hueOf } from "../../lib/palette.js";
import { drawnOnChange } from "../../store/state.js";
import { createPager } from "../../ui/pager.js";
import { emptyNotice, labelOf, topicBadge, viewLink } from "../../ui/topic-links.js";
import { createSelect } from "../../ui/controls.js";

const ORDERS = [["saliency", "most salient first"], ["count", "most frequent first"], ["term", "A to Z"]];
const SALIENCY =
  "Saliency: how much a term reveals about the topic of a text. p(term) · Σ p(topic | term) · log(p(topic | term) ÷ p(topic)), " +
  "Chuang, Manning and Heer (2012).";
const NOT_FILTERED = "Of the filters, only the topic applies to this list; the others apply to the lines of a term.";
const COUNTS = {
  model: "Occurrences in the training documents.",
  topic_terms: "Without a model folder, only the listed terms of each topic are known, with their counts in those topics.",
};

/** Make the list. @type {CreatePart} */
export function createTermList(actions) {
  const found = h("p", { class: "tx-panel-note", role: "status" });
  const sort = createSelect("Order", (value) => actions.go({ sort: value === ORDERS[0][0] ? null : value, page: 1 }));
  const save = h("a", { class: "tx-link", download: "terms.csv", title: "Save all listed terms, not only this page" }, "Save as CSV");
  const rows = h("tbody");
  const table = h("table", { class: "tx-term-table" }, h("caption", { class: "tx-sr-only" }, "Terms"), columnHeads(), rows);
  const nothing = h("div");
  const pager = createPager("terms", (page) => actions.go({ page }));
  const head = h("div", { class: "tx-documents-head" }, found, h("div", { class: "tx-documents-tools tx-wrap" }, sort.element, save));
  const element = h("section", { class: "tx-term-list", "aria-label": "Terms of the model" }, head, table, nothing, pager.element);
  const drawRows = drawnOnChange(
    ({ answers, overview, view }) => [answers.terms, overview, isFiltered(view)],
    ({ answers: { terms }, overview, view }) => {
      table.classList.toggle("tx-stale", terms?.state === "loading");
      nothing.replaceChildren(...(terms?.state === "failed" ? [emptyNotice(terms.error)] : []));
      table.hidden = terms?.state === "failed" || terms?.value?.total === 0;
      if (terms?.state !== "ready") return;
      const answer = terms.value;
      found.replaceChildren(foundLine(answer, view), isFiltered(view) ? h("span", {}, NOT_FILTERED) : "");
      found.title = COUNTS[answer.source] ?? "";
      if (!answer.total) nothing.replaceChildren(emptyNotice("No matching terms", ...noTerm(view, actions)));
      redraw(rows, ...drawTerms(answer.terms, overview, actions));
      save.hidden = !answer.total;
      save.setAttribute("href", actions.addressOf(termsAddress(view, "terms.csv")));
      pager.update(answer);
    },
  );
  const update = (state) => {
    sort.update(ORDERS, ORDERS.some(([value]) => value === state.view.sort) ? state.view.sort : ORDERS[0][0]);
    drawRows(state);
  };
  return { element, update };
}

function foundLine({ total, source }, view) {
  const whose = Number.isInteger(view.topic) ? ` in topic ${view.topic}` : source === "model" ? " in the model" : " listed for the topics";
  return `${plural(total, "term")}${view.find ? ` with “${view.find}”` : ""}${whose}`;
}

function noTerm({ find, topic }, actions) {
  const wider = topic !== null && viewLink(actions, { topic: null, page: 1 }, { class: "tx-link" }, "Search all topics");
  const look = find && viewLink(actions, { term: find, lines: 1 }, { class: "tx-link" }, "Search for it in the documents");
  return [wider, look].filter(Boolean).map((link) => h("p", {}, link));
}

function columnHeads() {
  const head = (name, properties = {}) => h("th", { scope: "col", ...properties }, name);
  return h(
    "thead",
    {},
    h(
      "tr",
      {},
      head("Term"),
      head("Saliency", { title: SALIENCY, class: "tx-term-saliency" }),
      head("Count", { title: "Occurrences of the term", class: "tx-number" }),
      head("Documents", { title: "Documents that contain the term", class: "tx-number tx-term-documents" }),
      head("Topics", { title: "p(topic | term): the three topics most of its occurrences belong to" }),
    ),
  );
}

function drawTerms(terms, overview, actions) {
  const largest = Math.max(0, ...terms.map(({ saliency }) => saliency ?? 0)) || 1;
  return terms.map((entry) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, viewLink(actions, { term: entry.term, lines: 1 }, { class: "tx-link", dir: "auto" }, entry.term)),
      h("td", { class: "tx-term-saliency" }, saliencyBar(entry.saliency, largest)),
      h("td", { class: "tx-number" }, count(entry.count)),
      h("td", { class: "tx-number tx-term-documents" }, count(entry.document_count)),
      h("td", {}, topicShares(entry.topics, overview)),
    ),
  );
}

function saliencyBar(saliency, largest) {
  if (saliency === null) return "–";
  return h("span", { class: "tx-track", role: "img", "aria-label": saliency.toPrecision(2), title: `Saliency ${saliency.toPrecision(2)}` }, bar(saliency / largest));
}

function topicShares(topics, overview) {
  const parts = topics.map(({ topic, share }) =>
    h(
      "span",
      { class: "tx-term-topic-share tx-inline", "data-hue": hueOf(topic), title: `${topic}: ${labelOf(overview, topic)}, ${percent(share)}` },
      topicBadge(topic),
      percent(share),
    ),
  );
  return h("span", { class: "tx-term-topics" }, ...parts);
}
