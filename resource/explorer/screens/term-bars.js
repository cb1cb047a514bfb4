/** The terms of a topic as bars: how frequent each is in the topic, over how frequent it is in the whole corpus. */

import { h, measured } from "../dom.js?v=0.1.0";
import { factor, finePercent } from "../format.js?v=0.1.0";
import { corpusProbability, rankTerms } from "../relevance.js?v=0.1.0";

const FEW = 14;
const MANY = 30; // as many as the recipe keeps for each lambda
const GLIDE_MS = 220;

/**
 * Make the panel.
 * @param {Object} actions
 * @returns {{element: HTMLElement, update: function(?Array<Object>, number, string): void}}
 */
export function createTermBars(actions) {
  const body = h("tbody");
  const slider = createSlider(actions);
  let shown = FEW;
  let last = [null, null, null];
  const more = h("button", { type: "button", class: "tx-button tx-button-quiet", onclick: () => toggle() });
  const element = h(
    "section",
    { class: "tx-panel", "aria-labelledby": "tx-terms-title" },
    h("h2", { class: "tx-panel-title", id: "tx-terms-title" }, "Terms"),
    slider.element,
    h("p", { class: "tx-terms-legend" }, legendKey("topic", "in this topic"), legendKey("corpus", "in all documents")),
    h("table", { class: "tx-terms" }, columnHeads(), body),
    more,
  );
  const update = (terms, lambda, hue) => {
    last = [terms, lambda, hue];
    slider.update(lambda);
    element.dataset.hue = hue;
    drawRows(body, terms, rankTerms(terms, lambda, shown));
    more.hidden = terms.length <= FEW;
    more.textContent = shown === FEW ? `Show ${Math.min(MANY, terms.length)} terms` : "Show fewer terms";
  };
  const toggle = () => {
    shown = shown === FEW ? MANY : FEW;
    update(...last);
  };
  return { element, update };
}

function legendKey(kind, text) {
  return h("span", { class: `tx-key-${kind}` }, text);
}

function columnHeads() {
  return h(
    "thead",
    {},
    h(
      "tr",
      {},
      h("th", { scope: "col" }, "Term"),
      h("td"),
      h("th", { scope: "col", class: "tx-number", title: "Probability of the term in this topic" }, "Share"),
      h("th", { scope: "col", class: "tx-number", title: "How many times likelier than in all documents" }, "Lift"),
    ),
  );
}

function createSlider(actions) {
  // To the right is "distinctive", the end where lambda is 0.
  const onInput = () => actions.replace({ lambda: Math.round((1 - Number(input.value)) * 10) / 10 });
  const input = h("input", { type: "range", min: "0", max: "1", step: "0.1", class: "tx-slider", oninput: onInput });
  input.setAttribute("aria-label", "Order of terms, from common to distinctive");
  const value = h("output", { class: "tx-slider-value" });
  const element = h(
    "div",
    { class: "tx-relevance" },
    h("span", { class: "tx-slider-end" }, "common"),
    input,
    h("span", { class: "tx-slider-end" }, "distinctive"),
    value,
    explanation(),
  );
  const update = (lambda) => {
    input.value = String(Math.round((1 - lambda) * 10) / 10);
    input.setAttribute("aria-valuetext", `lambda ${lambda.toFixed(1)}`);
    value.textContent = `λ ${lambda.toFixed(1)}`;
  };
  return { element, update };
}

function explanation() {
  return h(
    "details",
    { class: "tx-explain" },
    h("summary", {}, "How are terms ordered?"),
    h(
      "p",
      {},
      "By relevance: λ · log p(term in topic) + (1 − λ) · log lift, where lift is p(term in topic) ÷ p(term in all " +
        "documents). Common terms say what the topic is full of, distinctive ones what only it is full of. " +
        "λ = 0.6 is the value readers did best with in the study by Sievert and Shirley (2014).",
    ),
  );
}

/** Put the rows in their new order, keeping those that stay, so that each can glide to its place. */
function drawRows(body, terms, ranked) {
  const scale = Math.max(...terms.map((term) => Math.max(term.probability ?? 0, corpusProbability(term) ?? 0)), 0) || 1;
  const old = new Map([...body.children].map((row) => [row.dataset.term, { row, top: row.offsetTop }]));
  const sameTopic = body.terms === terms;
  body.terms = terms;
  const rows = ranked.map((term) => (sameTopic && old.get(term.term)?.row) || termRow(term, scale));
  body.replaceChildren(...rows);
  if (!sameTopic || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const row of rows) {
    const before = old.get(row.dataset.term);
    const shift = before ? before.top - row.offsetTop : 0;
    if (shift) row.animate([{ transform: `translateY(${shift}px)` }, {}], { duration: GLIDE_MS, easing: "ease-out" });
  }
}

function termRow(term, scale) {
  const corpus = corpusProbability(term);
  const bars = h(
    "span",
    { class: "tx-term-bars", "aria-hidden": "true" },
    measured(h("span", { class: "tx-term-corpus" }), "--length", (corpus ?? 0) / scale),
    measured(h("span", { class: "tx-term-topic" }), "--length", (term.probability ?? 0) / scale),
  );
  const title = `${finePercent(term.probability)} of the words in this topic, ${finePercent(corpus)} in all documents`;
  return h(
    "tr",
    { "data-term": term.term, title },
    h("th", { scope: "row", dir: "auto" }, term.term),
    h("td", {}, bars),
    h("td", { class: "tx-number" }, finePercent(term.probability)),
    h("td", { class: "tx-number tx-quiet" }, factor(term.lift)),
  );
}
