/** The matched topics of two models, and topics without a match. */

import { toCsv } from "../../charts/chart-csv.js";
import { saveCsv } from "../../charts/export/save.js";
import { bar, h } from "../../lib/dom.js";
import { count, percent, plural } from "../../lib/format.js";
import { topicChange } from "../../store/navigation.js";
import { hueOf } from "../../lib/palette.js";
import { topicOf } from "../../model/topics.js";
import { labelOf, topicBadge, viewLink } from "../../ui/topic-links.js";

const MEANING =
  "Topics are matched so that the pairs overall share as many of their ten most probable terms as possible " +
  "(Hungarian method). Similarity is the Jaccard index: terms in both lists ÷ terms in either.";

/**
 * Draw the panel of matched topics.
 * @param {Object} answer of the backend, see `models/other`
 * @param {Overview} overview @param {Actions} actions
 * @returns {HTMLElement}
 */
export function pairsPanel(answer, overview, actions) {
  const { pairs, topics, only_here: onlyHere, only_there: onlyThere } = answer;
  const others = new Map(topics.map((topic) => [topic.id, topic]));
  const sorted = [...pairs].sort((a, b) => b.similarity - a.similarity || a.topic - b.topic);
  const save = h(
    "button",
    {
      type: "button",
      class: "tx-button tx-button-small",
      title: "Save the pairs as a table",
      onclick: () => saveCsv("matched topics", pairsCsv(sorted, others, overview)),
    },
    "CSV",
  );
  return h(
    "section",
    { class: "tx-figure-panel" },
    h(
      "div",
      { class: "tx-figure-head tx-ends" },
      h("h3", { class: "tx-panel-title" }, plural(pairs.length, "matched topic")),
      save,
    ),
    h("p", { class: "tx-panel-note" }, MEANING),
    sorted.length > 0 && pairsTable(sorted, others, answer.name, overview, actions),
    leftOver("Only in this model", onlyHere.map((id) => ownTopic(id, overview, actions))),
    leftOver(`Only in ${answer.name}`, onlyThere.map((id) => otherTopic(others.get(id), id))),
  );
}

function pairsTable(pairs, others, name, overview, actions) {
  const head = ["This model", "Similarity", name, "Shared terms"].map((text) =>
    h("th", { scope: "col", dir: "auto" }, text),
  );
  const row = ({ topic, other, similarity, shared_terms: shared }) => {
    return h(
      "tr",
      { "data-hue": hueOf(topic) },
      h("th", { scope: "row" }, ownTopic(topic, overview, actions)),
      h(
        "td",
        { class: "tx-pair-similarity" },
        h("span", { class: "tx-track", "aria-hidden": "true" }, bar(similarity)),
        percent(similarity),
      ),
      h("td", {}, otherTopic(others.get(other), other)),
      h("td", { class: "tx-quiet", dir: "auto" }, shared.join(", ")),
    );
  };
  return h(
    "div",
    { class: "tx-table-scroll", tabindex: "0", role: "region", "aria-label": "Matched topics" },
    h("table", { class: "tx-table tx-pairs" }, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...pairs.map(row))),
  );
}

function ownTopic(id, overview, actions) {
  const n = topicOf(overview, id)?.n_documents;
  const title = Number.isFinite(n) ? plural(n, "document") : null;
  return viewLink(
    actions,
    topicChange(id),
    { class: "tx-link tx-pair-topic", title },
    topicBadge(id),
    h("span", { dir: "auto" }, labelOf(overview, id)),
  );
}

/** Draw a topic of the other model, by its number only: colours belong to this model. */
function otherTopic(topic, id) {
  const title = topic ? `${plural(topic.n_documents, "document")}: ${topic.top_terms.join(", ")}` : null;
  return h(
    "span",
    { class: "tx-pair-topic", title },
    h("span", { class: "tx-pair-id tx-detail" }, h("span", { class: "tx-sr-only" }, "Topic "), String(id)),
    h("span", { dir: "auto" }, topic?.label ?? ""),
  );
}

function leftOver(title, topics) {
  if (!topics.length) return h("p", { class: "tx-panel-note tx-above-4" }, `${title}: none`);
  return h(
    "div",
    { class: "tx-above-4" },
    h("h4", { class: "tx-small-title" }, `${title}: ${count(topics.length)}`),
    h("ul", { class: "tx-left-over-list" }, ...topics.map((topic) => h("li", {}, topic))),
  );
}

function pairsCsv(pairs, others, overview) {
  const columns = ["topic_id", "label", "other_topic_id", "other_label", "similarity", "shared_terms"];
  return toCsv(
    columns,
    pairs.map(({ topic, other, similarity, shared_terms: shared }) => [
      topic,
      labelOf(overview, topic),
      other,
      others.get(other)?.label ?? null,
      similarity,
      shared.join(", "),
    ]),
  );
}
