/** Preview of a merge: documents, top terms and coherence, before and after. */

import { explanation, h } from "../../lib/dom.js";
import { count, plural } from "../../lib/format.js";
import { coherenceChange, originsOfTerms } from "./merging.js";
import { hueOf } from "../../lib/palette.js";
import { emptyNotice, labelOf, topicBadge } from "../../ui/topic-links.js";

/**
 * Draw the preview.
 * @param {{from: Topic | null, to: Topic | null, overview: Overview, answer: Partial<Answer>}} given
 * @returns {Node[]}
 */
export function mergePreview({ from, to, overview, answer }) {
  if (!from || !to)
    return [
      emptyNotice("Select the topic to merge into", h("p", {}, "A preview appears here before anything changes.")),
    ];
  const promise = h(
    "p",
    { class: "tx-panel-note" },
    "The merged topic keeps the number and name of ",
    named(to),
    ". Topic ids in the data stay the same, and a merge can be undone.",
  );
  if (answer.state === "loading") return [promise, h("p", { class: "tx-quiet" }, "Computing the preview…")];
  if (answer.state === "failed")
    return [promise, h("p", { class: "tx-warning" }, `No preview: ${answer.error} You can still merge.`)];
  return [promise, table(answer.value, overview), verdict(answer.value), reference(answer.value)].filter(Boolean);
}

function named(topic) {
  return h("span", { class: "tx-merge-name" }, topicBadge(topic.id), h("bdi", {}, topic.label));
}

function table(preview, overview) {
  const heads = ["", "Documents", "NPMI, whole documents", "Top terms"].map((name) => h("th", { scope: "col" }, name));
  const before = preview.before.map((topic) =>
    h(
      "tr",
      {},
      h(
        "th",
        { scope: "row" },
        h("span", { class: "tx-merge-topic" }, topicBadge(topic.topic), h("bdi", {}, labelOf(overview, topic.topic))),
      ),
      ...cells(topic, wordsOf(topic)),
    ),
  );
  const after = h(
    "tr",
    { class: "tx-merge-after" },
    h("th", { scope: "row" }, "Merged"),
    ...cells(preview, wordsWithOrigin(preview)),
  );
  return h(
    "div",
    { class: "tx-table-scroll" },
    h(
      "table",
      { class: "tx-table tx-merge-table tx-above-3" },
      h("thead", {}, h("tr", {}, ...heads)),
      h("tbody", {}, ...before, after),
    ),
  );
}

function cells({ n_documents: nDocuments, npmi }, words) {
  return [
    h("td", { class: "tx-number" }, count(nDocuments)),
    h("td", { class: "tx-number" }, coherence(npmi)),
    h("td", { dir: "auto" }, ...words),
  ];
}

function coherence(npmi) {
  return Number.isFinite(npmi) ? npmi.toFixed(3) : "–";
}

function wordsOf({ top_terms: terms }) {
  return [terms.join(", ")];
}

/** Draw each word with the colours of the topics it comes from; the title names them. */
function wordsWithOrigin(preview) {
  return originsOfTerms(preview).map(({ term, topics }) => {
    const title = topics.length
      ? `Top word of ${topics.map((id) => `topic ${id}`).join(" and ")}`
      : "Top word of the merged topic only";
    const marks = topics.map((id) =>
      h("span", { class: "tx-badge-swatch", "data-hue": hueOf(id), "aria-hidden": "true" }),
    );
    return h("span", { class: "tx-merge-word tx-inline", title }, ...marks, h("bdi", {}, term));
  });
}

function verdict(preview) {
  const change = coherenceChange(preview);
  if (!change) return null;
  const small = Math.abs(change.change) < 0.005;
  const words = small ? "about as coherent as" : change.change > 0 ? "more coherent than" : "less coherent than";
  const sign = change.change > 0 ? "+" : "−";
  const amount = small ? "" : ` (${sign}${Math.abs(change.change).toFixed(3)} NPMI)`;
  return h(
    "p",
    { class: "tx-strong tx-above-3" },
    `The merged topic is ${words} the separate topics on average${amount}.`,
  );
}

function reference({ reference: sentence, n_reference: n }) {
  const words = [sentence, n && `Based on ${plural(n, "document")}.`].filter(Boolean).join(" ");
  return explanation(
    "What is NPMI?",
    h(
      "p",
      {},
      "NPMI: how much more often the ten top words occur together in a document than by chance, from −1 " +
        "(never) to 0 (chance) to 1 (always); mean over all pairs (Aletras and Stevenson 2013). " +
        "The average before the merge is weighted by documents.",
    ),
    words && h("p", {}, words),
  );
}
