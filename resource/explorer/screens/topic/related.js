/** Other topics that occur in a topic's documents more or less often than by chance. */

import { createFigure } from "../../charts/figure.js";
import { decimal } from "../../lib/format.js";
import { topicChange } from "../../store/navigation.js";
import { finalTopic } from "../../model/topics.js";
import { explained } from "../../ui/popover.js";
import { labelOf } from "../../ui/topic-links.js";
import { drawBarList } from "../../panels/bar-list.js";

const EXPLANATION = {
  name: "Topic correlation",
  means:
    "Above 0: documents with much of one topic also have much of the other. Below 0: they have one or the other. " +
    "Plain correlations of topic proportions are biased downwards, because proportions sum to 1.",
  formula: "correlation of the logarithms of the topic proportions, corrected for their constant sum",
  source: "Friedman and Alm 2012 (SparCC)",
  reference: null,
};

/**
 * Make the panel.
 * @param {Actions} actions
 * @returns {{element: HTMLElement, update: (state: Object, state2: Object) => void}}
 */
export function createRelatedTopics(actions) {
  const figure = createFigure();
  const update = ({ id, related }, overview) => {
    const known = (related ?? []).filter(
      ({ topic, correlation }) => Number.isFinite(correlation) && finalTopic(overview, topic)?.id !== id,
    );
    figure.element.hidden = !known.length;
    if (known.length) figure.update(chartOf(id, known, overview, actions));
  };
  return { element: figure.element, update };
}

function chartOf(id, related, overview, actions) {
  const reference = overview.model.n_documents
    ? `${overview.model.n_documents.toLocaleString("en")} training documents`
    : null;
  const chart = {
    title: `Topics related to topic ${id}`,
    labelHead: "Topic",
    keys: [{ kind: null, text: "Correlation" }],
    columns: [{ key: "correlation", name: "", width: 44 }],
    stacks: true,
    labelShare: 0.44,
    rows: related.map(({ topic, correlation }) => relatedRow(topic, correlation, overview)),
  };
  return {
    title: "Related topics",
    file: `topics-related-to-${id}`,
    note: [
      "Topics that occur in its documents more often (right) or less often (left) than by chance, by ",
      explained({ ...EXPLANATION, reference }, "correlation"),
      ".",
    ],
    draw: (width) => drawBarList(chart, width, actions),
    table: {
      columns: [
        { name: "Topic", isNumber: true },
        { name: "Label" },
        { name: "Correlation", isNumber: true, show: (value) => decimal(value) },
      ],
      rows: related.map(({ topic, correlation }) => [topic, labelOf(overview, topic), correlation]),
    },
  };
}

function relatedRow(topic, correlation, overview) {
  const label = labelOf(overview, topic);
  return {
    key: String(topic),
    topic,
    label,
    title: `Topic ${topic}: ${label} – correlation ${decimal(correlation)}`,
    bars: [{ value: correlation, kind: correlation < 0 ? "against" : "plain" }],
    cells: { correlation: decimal(correlation) },
    change: topicChange(topic),
  };
}
