/** One term: its counts, the topics of its occurrences, and terms with the same beginning. */

import { createFigure } from "../../charts/figure.js";
import { h } from "../../lib/dom.js";
import { redraw } from "../../lib/focus.js";
import { count, factor, finePercent, percent, plural } from "../../lib/format.js";
import { drawnOnChange } from "../../store/state.js";
import { EMPTY_QUEUE, isListed } from "./stop-words.js";
import { emptyNotice, labelOf, viewLink } from "../../ui/topic-links.js";
import { drawTermBars } from "./bars.js";

const NOTE =
  "p(topic | term): share of the term's occurrences in the training documents that belong to each topic.";

/** Make the detail. @type {CreatePart} */
export function createTermDetail(actions) {
  const back = viewLink(actions, { term: null }, { class: "tx-link tx-quiet-link" }, "All terms");
  const title = h("h2", { class: "tx-title tx-term-title tx-anywhere", dir: "auto" });
  const stop = h("button", { type: "button", class: "tx-button tx-button-small" });
  const facts = h("div", { class: "tx-subtitle" });
  const near = h("div", { class: "tx-near tx-wrap" });
  const figure = createFigure({ level: 3 });
  const related = h("section", { class: "tx-related-terms tx-above-4" });
  const element = h("section", { class: "tx-term-detail tx-above-3" }, back, h("div", { class: "tx-term-head tx-wrap" }, title, stop), facts, near, figure.element, related);
  const draw = drawnOnChange(
    ({ answers, overview }) => [answers.term, overview],
    ({ answers: { term: answer }, overview, view }) => {
      title.textContent = view.term;
      element.classList.toggle("tx-stale", answer?.state === "loading");
      if (answer?.state === "failed") facts.replaceChildren(emptyNotice(answer.error));
      if (answer?.state !== "ready") figure.element.hidden = near.hidden = related.hidden = answer?.state === "failed";
      else drawTerm(answer.value, overview);
    },
  );
  const drawTerm = (term, overview) => {
    facts.replaceChildren(factsOf(term, overview));
    redraw(near, ...nearTerms(term, actions));
    near.hidden = term.near.length === 0;
    figure.element.hidden = term.topics.length === 0;
    related.hidden = !term.related?.length;
    redraw(related, ...relatedTerms(term, actions));
    if (term.topics.length) figure.update(chartOf(term, overview, actions));
  };
  const update = (state) => {
    back.setAttribute("href", actions.hashOf({ term: null }));
    drawStop(stop, state, actions);
    draw(state);
  };
  return { element, update };
}

function drawStop(button, { view, answers, edits }, actions) {
  const saved = (answers.stopWords?.value?.words ?? []).map(({ word }) => word);
  const isOn = isListed(edits.stopWords ?? EMPTY_QUEUE, saved, view.term ?? "");
  button.textContent = isOn ? "Remove from stop words" : "Add to stop words";
  button.title = "Stop words are ignored in the next training";
  button.onclick = () => actions.changeStopWord(view.term, !isOn);
}

function factsOf({ known, count: n, document_count: nDocuments }, { counts }) {
  if (!known) return "Not in the model's vocabulary: a stop word, or a word in too few or too many documents. The lines below come from the texts.";
  if (n === null) return "Counts are not available without the model folder.";
  const share = nDocuments !== null && counts.documents ? ` (${percent(Math.min(1, nDocuments / counts.documents))})` : "";
  return `${plural(n, "occurrence")} in ${plural(nDocuments, "document")}${share}`;
}

function nearTerms({ near }, actions) {
  const links = near.map((term) => h("li", {}, viewLink(actions, { term, find: "", lines: 1 }, { class: "tx-link", dir: "auto" }, term)));
  return [h("span", { class: "tx-quiet" }, "Same beginning:"), h("ul", { class: "tx-near-terms tx-wrap" }, ...links)];
}

/** Draw the terms of the same topics as links, each with its similarity. */
function relatedTerms({ term, related = [] }, actions) {
  const title = "Terms whose occurrences belong to the same topics: cosine of p(topic | term)";
  const link = ({ term: other, similarity }) =>
    h("li", { class: "tx-inline" }, viewLink(actions, { term: other, find: "", lines: 1 }, { class: "tx-link", dir: "auto" }, other), h("span", { class: "tx-quiet" }, similarity.toFixed(2)));
  return [
    h("h3", { class: "tx-small-title", title }, `Related terms`),
    h("p", { class: "tx-panel-note" }, `Terms whose occurrences belong to the same topics as those of “${term}”, by cosine of p(topic | term).`),
    h("ul", { class: "tx-related-list tx-wrap" }, ...related.map(link)),
  ];
}

function chartOf(term, overview, actions) {
  const columns = [
    { name: "Topic", show: String },
    { name: "Label" },
    { name: "p(topic | term)", isNumber: true, show: percent, title: "Share of the term's occurrences that belong to the topic" },
    { name: "p(term | topic)", isNumber: true, show: finePercent, title: "Share of the topic's words that are this term" },
    { name: "Lift", isNumber: true, show: factor, title: "How many times more likely the term is in the topic than in all documents" },
    { name: "Rank", isNumber: true, show: count, title: "Rank among the topic's terms by p(term | topic)" },
  ];
  const rows = term.topics.map(({ topic, share, probability, lift, rank }) => [topic, labelOf(overview, topic), share, probability, lift, rank]);
  return {
    title: `Topics of “${term.term}”`,
    note: NOTE,
    draw: (width) => drawTermBars(term, overview, width, actions),
    table: { columns, rows },
    file: `topics of ${term.term}`,
  };
}
