/** Documents similar to the open one, as links. */

import { h } from "../../lib/dom.js";
import { redraw } from "../../lib/focus.js";
import { drawnOnChange } from "../../store/state.js";
import { explained } from "../../ui/popover.js";
import { topicBadge, viewLink } from "../../ui/topic-links.js";

const WHAT = {
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
  const title = h("h3", { class: "tx-small-title" }, explained(WHAT));
  const list = h("ol", { class: "tx-similar" });
  const copies = h("p", { class: "tx-panel-note" });
  const more = h("button", { type: "button", class: "tx-button tx-button-quiet" });
  const element = h("section", { class: "tx-section" }, title, list, more, copies);
  const draw = drawnOnChange(
    ({ answers }) => [answers.similar],
    ({ answers: { similar } }) => {
      element.hidden = similar?.state === "ready" && similar.value.documents.length + similar.value.n_copies === 0;
      list.classList.toggle("tx-stale", similar?.state === "loading");
      if (similar?.state === "failed") redraw(list, h("li", { class: "tx-quiet" }, similar.error));
      if (similar?.state !== "ready") return;
      const { documents, n_copies: n } = similar.value;
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

function card({ row, key, title, topic, similarity, by_topic: byTopic, by_terms: byTerms, terms, excerpt }, actions) {
  const part = (value, name) => (value === null ? null : `${value.toFixed(2)} by ${name}`);
  const parts = [part(byTopic, "topics"), part(byTerms, "terms")].filter(Boolean).join(", ");
  return viewLink(
    actions,
    { doc: row, at: null, pane: "document" },
    { class: "tx-similar-card" },
    h("span", { class: "tx-similar-head tx-detail" }, topic !== null && topicBadge(topic), h("span", { class: "tx-clip tx-strong" }, title ?? key), h("span", { class: "tx-similar-value tx-quiet", title: parts }, similarity.toFixed(2))),
    h("span", { class: "tx-similar-text tx-clamp", dir: "auto" }, excerpt),
    terms.length > 0 && h("span", { class: "tx-similar-terms tx-detail tx-quiet" }, "Both: ", h("span", { dir: "auto" }, terms.join(", "))),
  );
}
