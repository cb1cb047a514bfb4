/** The suggested number of topics: reason, confidence, caveats, and the alternatives. */

import { drawTable } from "../../charts/table.js";
import { explanation, h } from "../../lib/dom.js";
import { plural } from "../../lib/format.js";
import { alternativesOf, engineName, MEASURES } from "./candidate-models.js";

const CONFIDENCE = {
  high: "High confidence: at least three seeds, and a score clearly above that of any other number.",
  medium: "Medium confidence: better than the others, but not clearly.",
  low: "Low confidence: a single seed, a single number, or scores that differ no more than seeds do.",
};

/**
 * Draw the panel of the suggestion.
 * @param {{suggestion: Object, engines: Record<string, Object>}} answer
 * @returns {HTMLElement}
 */
export function suggestionPanel({ suggestion, engines }) {
  const { engine, suggested_n_topics: n, confidence, reason, caveats } = suggestion;
  const alternatives = alternativesOf(suggestion);
  const atMost = engines[engine]?.is_limit ? "at most " : "";
  return h(
    "section",
    { class: "tx-figure-panel" },
    h("h2", { class: "tx-panel-title" }, `Suggested: ${atMost}${plural(n, "topic")}, ${engineName(engine, engines)}`),
    h(
      "p",
      { class: `tx-confidence tx-confidence-${confidence}` },
      CONFIDENCE[confidence] ?? `Confidence: ${confidence ?? "not stated"}`,
    ),
    reason && h("p", { class: "tx-models-reason" }, reason),
    caveats && h("p", { class: "tx-warning" }, caveats),
    alternatives.length > 0 && othersOf(alternatives, engines),
    h("p", { class: "tx-panel-note" }, "This is advice only: look at the topics of two candidates before you decide."),
  );
}

function othersOf(alternatives, engines) {
  const figure = (digits) => (value) => (Number.isFinite(value) ? value.toFixed(digits) : "–");
  const measures = MEASURES.filter(({ takesPart }) => takesPart);
  const columns = [
    { name: "Alternative" },
    {
      name: "Score",
      isNumber: true,
      show: figure(2),
      title: "Mean of NPMI, C_v, stability and diversity, each from 0 (the worst number compared) to 1 (the best)",
    },
    ...measures.map(({ name, digits, meaning }) => ({ name, isNumber: true, show: figure(digits), title: meaning })),
    { name: "Close to best", title: "Score within one standard error of the best" },
  ];
  const rows = alternatives.map((other) => [
    `${plural(other.n_topics, "topic")}, ${engineName(other.engine, engines)}`,
    other.score,
    ...measures.map(({ key }) => other[key]),
    other.within_one_standard_error ? "yes" : "no",
  ]);
  return explanation("Alternatives", drawTable({ columns, rows, caption: "Alternatives to the suggestion" }));
}
