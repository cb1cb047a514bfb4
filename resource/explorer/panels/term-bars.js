/** The terms of a topic as bars: frequency in the topic drawn over frequency in the whole corpus. */

import { createFigure } from "../charts/figure.js";
import { h } from "../lib/dom.js";
import { TERM_EXPLANATIONS } from "../model/explanations.js";
import { count, decimal, factor, finePercent, plural } from "../lib/format.js";
import { corpusProbability, rankTerms, relevance } from "../model/relevance.js";
import { explained, withPopover } from "../ui/popover.js";
import { drawBarList } from "./bar-list.js";

const FEW = 14;
const MANY = 30; // the number the recipe keeps for each lambda

/** Columns that can be shown beside the bars. */
const COLUMNS = [
  { key: "probability", name: "Share", width: 48, isUsual: true, explanation: TERM_EXPLANATIONS.probability },
  { key: "lift", name: "Lift", width: 40, isUsual: true, explanation: TERM_EXPLANATIONS.lift },
  { key: "frex", name: "FREX", width: 36, explanation: TERM_EXPLANATIONS.frex },
  { key: "count", name: "Count", width: 44, explanation: TERM_EXPLANATIONS.count },
  { key: "documents", name: "Documents", width: 66, explanation: TERM_EXPLANATIONS.documentCount },
];

/**
 * Make the panel.
 * @param {Actions} actions
 * @returns {{element: HTMLElement, update: (topic: Object, lambda: number, hue: string) => void}}
 */
export function createTermBars(actions) {
  const slider = createSlider(actions);
  const columns = createColumnChoice(() => draw());
  const figure = createFigure({ controls: [columns.element] });
  const toggle = () => {
    shown = shown === FEW ? MANY : FEW;
    draw();
  };
  const more = h("button", { type: "button", class: "tx-button tx-button-quiet", onclick: toggle });
  figure.element.classList.add("tx-terms");
  figure.element.querySelector(".tx-figure-body").before(slider.element);
  figure.element.append(more);
  let shown = FEW;
  let last = null;
  const places = new Map();
  const draw = () => {
    const { topic, lambda } = last;
    figure.update(chartOf(topic, { lambda, shown, columns: columns.chosen(), places }, actions));
    more.hidden = topic.terms.length <= FEW;
    more.textContent = shown === FEW ? `Show ${Math.min(MANY, topic.terms.length)} terms` : "Show fewer terms";
  };
  const update = (topic, lambda, hue) => {
    if (last?.topic.id !== topic.id) places.clear();
    last = { topic, lambda };
    slider.update(lambda);
    figure.element.dataset.hue = hue;
    draw();
  };
  return { element: figure.element, update };
}

function chartOf({ id, label, terms }, { lambda, shown, columns, places }, actions) {
  const ranked = rankTerms(terms, lambda, terms.length);
  const chart = {
    title: `Terms of topic ${id}, ${label}`,
    labelHead: "Term",
    keys: [{ kind: "topic", text: "in this topic" }, { kind: "corpus", text: "in all documents" }],
    columns,
    labelShare: 0.26,
    rows: ranked.slice(0, shown).map((term) => termRow(term)),
    places,
  };
  return {
    title: "Terms",
    file: `terms-of-topic-${id}`,
    draw: terms.length ? (width) => drawBarList(chart, width, actions) : null,
    table: tableOf(ranked, lambda),
  };
}

function termRow(term) {
  const corpus = corpusProbability(term);
  const { probability, lift, frex, count: n, document_count: nDocuments } = term;
  const spread = Number.isFinite(nDocuments) ? `, in ${plural(nDocuments, "document")}` : "";
  return {
    key: term.term,
    label: term.term,
    title:
      `${term.term}: ${finePercent(probability)} of the words in this topic, ${finePercent(corpus)} in all ` +
      `documents, lift ${factor(lift)}${spread}`,
    bars: [{ value: corpus, kind: "corpus" }, { value: probability, kind: "topic" }],
    cells: {
      probability: finePercent(probability),
      lift: factor(lift),
      frex: decimal(frex),
      count: count(n),
      documents: count(nDocuments),
    },
    change: { screen: "terms", term: term.term, page: 1, sort: null, pane: "explore" },
  };
}

function tableOf(terms, lambda) {
  const { probability, lift, frex, count: n, documentCount } = TERM_EXPLANATIONS;
  const number = (name, explanation, show) => ({ name, isNumber: true, title: explanation.means, show });
  return {
    columns: [
      { name: "Term" },
      number("p(term | topic)", probability, finePercent),
      number("p(term)", { means: "Share of all words that are this term" }, finePercent),
      number("Lift", lift, factor),
      number(`Relevance, λ ${lambda.toFixed(1)}`, TERM_EXPLANATIONS.relevance, (value) => decimal(value, 3)),
      number("FREX", frex, (value) => decimal(value, 3)),
      number("Occurrences", n, count),
      number("Documents", documentCount, count),
    ],
    rows: terms.map((term) => [
      term.term,
      term.probability,
      corpusProbability(term),
      term.lift,
      relevance(term, lambda),
      term.frex ?? null,
      term.count,
      term.document_count,
    ]),
  };
}

function createSlider(actions) {
  // The right end is "distinctive", where lambda is 0.
  const onInput = () => actions.replace({ lambda: Math.round((1 - Number(input.value)) * 10) / 10 });
  const input = h("input", { type: "range", min: "0", max: "1", step: "0.1", class: "tx-slider", oninput: onInput });
  input.setAttribute("aria-label", "Order of terms, from common to distinctive");
  const value = h("output", { class: "tx-slider-value" });
  const element = h(
    "div",
    { class: "tx-relevance tx-note" },
    explained(TERM_EXPLANATIONS.relevance, "Order:"),
    h("span", { class: "tx-slider-end" }, "common"),
    input,
    h("span", { class: "tx-slider-end" }, "distinctive"),
    value,
  );
  const update = (lambda) => {
    input.value = String(Math.round((1 - lambda) * 10) / 10);
    input.setAttribute("aria-valuetext", `lambda ${lambda.toFixed(1)}`);
    value.textContent = `λ ${lambda.toFixed(1)}`;
  };
  return { element, update };
}

/** Make the choice. @param {() => void} onChange @returns {{element: HTMLElement, chosen: () => any[]}} */
function createColumnChoice(onChange) {
  const boxes = COLUMNS.map((column) => ({
    column,
    box: h("input", { type: "checkbox", checked: column.isUsual, onchange: onChange }),
  }));
  const lines = boxes.map(({ column, box }) => {
    const { name, means, formula } = column.explanation;
    return h(
      "label",
      { class: "tx-check" },
      box,
      h("span", {}, h("strong", {}, name), h("span", { class: "tx-quiet" }, ` ${means}`, formula && ` ${formula}`)),
    );
  });
  const button = h("button", { type: "button", class: "tx-button tx-button-small" }, "Columns");
  const element = withPopover(button, h("p", { class: "tx-popover-title" }, "Columns beside the bars"), ...lines);
  return { element, chosen: () => boxes.filter(({ box }) => box.checked).map(({ column }) => column) };
}
