/** The terms that distinguish the topics of the whole corpus, by saliency. */

import { numberColumn } from "../../charts/table.js";
import { TERM_EXPLANATIONS } from "../../model/explanations.js";
import { count, decimal, plural } from "../../lib/format.js";
import { explained } from "../../ui/popover.js";
import { labelOf } from "../../ui/topic-links.js";
import { drawBarList } from "../../panels/bar-list.js";

const MOST = 20;

/**
 * Build the chart of salient terms.
 * @param {{terms: any[], source: string}} answer terms by falling saliency
 * @param {Overview} overview @param {Actions} actions
 * @returns {import("../../charts/figure.js").Chart | null} null where no term's saliency is known
 */
export function salientTerms({ terms, source }, overview, actions) {
  const known = terms.filter(({ saliency }) => Number.isFinite(saliency)).slice(0, MOST);
  if (!known.length) return null;
  const chart = {
    title: "Terms by saliency",
    labelHead: "Term",
    keys: [{ kind: null, text: "Saliency, coloured by main topic" }],
    columns: [{ key: "count", name: "Occurrences", width: 74 }, { key: "topic", name: "Main topic", width: 64 }],
    labelShare: 0.26,
    rows: known.map((term) => termRow(term, overview)),
  };
  const missing = source === "model" ? "" : " Without a model folder, only the top terms of each topic are known.";
  return {
    title: "Salient terms",
    note: [
      "The terms that say most about a document's topic, by ",
      explained(TERM_EXPLANATIONS.saliency, "saliency"),
      `.${missing} Click a term to see it in the texts.`,
    ],
    draw: (width) => drawBarList(chart, width, actions),
    table: tableOf(known, overview),
  };
}

function termRow({ term, saliency, count: n, document_count: nDocuments, topics }, overview) {
  const [main] = topics;
  const of = main ? `; main topic ${main.topic}, ${labelOf(overview, main.topic)}` : "";
  return {
    key: term,
    hue: main?.topic,
    label: term,
    title:
      `${term}: saliency ${saliency.toPrecision(3)}, ${plural(n, "occurrence")} in ` +
      `${plural(nDocuments, "document")}${of}`,
    bars: [{ value: saliency, kind: main ? "topic" : "plain" }],
    cells: { count: count(n), topic: main ? String(main.topic) : "–" },
    change: { screen: "terms", term, page: 1, sort: null, pane: "explore" },
  };
}

function tableOf(terms, overview) {
  return {
    columns: [
      { name: "Term" },
      numberColumn("Saliency", (value) => decimal(value, 4)),
      numberColumn("Occurrences", count),
      numberColumn("Documents", count),
      { name: "Main topic" },
    ],
    rows: terms.map(({ term, saliency, count: n, document_count: nDocuments, topics: [main] }) => [
      term,
      saliency,
      n,
      nDocuments,
      main ? `${main.topic}: ${labelOf(overview, main.topic)}` : null,
    ]),
  };
}
