/** Documents similar to the open one, as links. */

import { h } from "../../lib/dom.js";
import { redraw } from "../../lib/focus.js";
import { plural } from "../../lib/format.js";
import { drawnOnChange } from "../../store/state.js";
import { explained } from "../../ui/popover.js";
import { topicBadge, viewLink } from "../../ui/topic-links.js";

const BY_MEANING = {
  name: "Similar documents",
  means:
    "The nearest documents by their embeddings: texts that say the same in other words are near. 1 is the same direction, 0 nothing in common.",
  formula: "cosine of the two projected embeddings",
  reference: null,
  source: "All documents that match the filters are compared; texts that are repeated are listed once.",
};
const BY_TOPICS = {
  name: "Similar documents",
  means:
    "Half of the similarity is that of the topics, 1 − Hellinger distance of the proportions. The other half is the share of the rarest terms of this document that both hold; rare terms weigh more.",
  formula: "½ · (1 − H(topics)) + ½ · Σ shared log(N ÷ n) ÷ Σ log(N ÷ n)",
  reference: null,
  source: "Of the 30 rarest terms of the vocabulary. The documents with the nearest proportion of the main topic, and those with most of these terms, are compared.",
};
const FEW = 4;

/** Make the list. @type {CreatePart} */
export function createSimilar(actions) {
  const title = h("h3", { class: "tx-small-title" });
  const basis = h("p", { class: "tx-panel-note" });
  const list = h("ol", { class: "tx-similar" });
  const copies = h("p", { class: "tx-panel-note" });
  const more = h("button", { type: "button", class: "tx-button tx-button-quiet" });
  const element = h("section", { class: "tx-section" }, title, basis, list, more, copies);
  const draw = drawnOnChange(
    ({ answers }) => [answers.similar],
    ({ answers: { similar } }) => {
      const isEmpty = similar?.state === "ready" && similar.value.documents.length + similar.value.n_copies === 0;
      element.hidden = isEmpty && similar.value.among === null;
      list.classList.toggle("tx-stale", similar?.state === "loading");
      if (similar?.state === "failed") redraw(list, h("li", { class: "tx-quiet" }, similar.error));
      if (similar?.state !== "ready") return;
      const { documents, n_copies: n, by } = similar.value;
      title.replaceChildren(explained(by === "meaning" ? BY_MEANING : BY_TOPICS));
      basis.textContent = basisOf(similar.value);
      const show = (all) => {
        redraw(list, ...(all ? documents : documents.slice(0, FEW)).map((entry) => h("li", {}, card(entry, actions))));
        more.hidden = all || documents.length <= FEW;
        more.textContent = `Show all ${documents.length}`;
        more.onclick = () => show(true);
      };
      show(false);
      copies.textContent = n ? `${n === 1 ? "One more has" : `${n} more have`} exactly this text.` : "";
    },
  );
  return { element, update: draw };
}

function basisOf({ by, why, among, documents }) {
  const how = by === "meaning" ? "By meaning (embeddings)" : `By topics and rare terms. ${why ?? ""}`.trim();
  const [start, end] = [how.replace(/\.$/, ""), documents.length ? "" : " None is similar."];
  return `${start}${among === null ? "" : `, among the ${plural(among, "document")} that match the filters`}.${end}`;
}

function card({ row, key, title, topic, similarity, by_topic: byTopic, by_terms: byTerms, terms = [], n_same: same = 0, excerpt }, actions) {
  const part = (value, name) => (value === null || value === undefined ? null : `${value.toFixed(2)} by ${name}`);
  const parts = [part(byTopic, "topics"), part(byTerms, "terms")].filter(Boolean).join(", ");
  return viewLink(
    actions,
    { doc: row, at: null, pane: "document" },
    { class: "tx-similar-card" },
    h("span", { class: "tx-similar-head tx-detail" }, topic !== null && topicBadge(topic), h("span", { class: "tx-clip tx-strong" }, title ?? key), h("span", { class: "tx-similar-value tx-quiet", title: parts }, similarity.toFixed(2))),
    h("span", { class: "tx-similar-text tx-clamp", dir: "auto" }, excerpt),
    terms.length > 0 && h("span", { class: "tx-similar-terms tx-detail tx-quiet" }, "Both: ", h("span", { dir: "auto" }, terms.join(", "))),
    same > 0 && h("span", { class: "tx-similar-terms tx-detail tx-quiet" }, `${plural(same, "more document")} with this text`),
  );
}
