/** A list of documents, page by page: excerpt, share of the topic, mixture; with the search's matches marked. */

import { h, icon, measured } from "../dom.js?v=0.1.0";
import { enable, redraw } from "../focus.js?v=0.1.0";
import { count, percent, plural } from "../format.js?v=0.1.0";
import { hueOf } from "../palette.js?v=0.1.0";
import { drawnOnChange } from "../state.js?v=0.1.0";
import { emptyNotice, labelOf, markedText, topicBadge, viewLink } from "../views/parts.js?v=0.1.0";

/**
 * Make the list of documents.
 * @param {Object} actions
 * @returns {{element: HTMLElement, update: function(Object): void}}
 */
export function createDocumentList(actions) {
  const heading = h("h2", { class: "tx-panel-title" }, "Documents");
  const found = h("p", { class: "tx-panel-note", role: "status", "aria-live": "polite" });
  const list = h("ol", { class: "tx-documents" });
  const pager = createPager(actions);
  const element = h("section", { class: "tx-documents-section" }, heading, found, list, pager.element);
  const drawPage = drawnOnChange(
    (state) => [state.documents, state.overview],
    ({ documents, overview, view }) => {
      list.classList.toggle("tx-stale", documents?.state === "loading");
      if (documents?.state === "failed") list.replaceChildren(h("li", {}, emptyNotice(documents.error)));
      if (documents?.state !== "ready") return;
      redraw(found, ...foundLine(documents.value, overview, view, actions));
      redraw(list, ...rows(documents.value, overview, view, actions));
      pager.update(documents.value);
    },
  );
  const markOpen = drawnOnChange(
    (state) => [state.documents, state.overview, state.view.doc],
    ({ view }) => {
      for (const card of list.querySelectorAll(".tx-card")) {
        if (card.dataset.row === String(view.doc)) card.setAttribute("aria-current", "true");
        else card.removeAttribute("aria-current");
      }
    },
  );
  const update = (state) => {
    drawPage(state);
    markOpen(state);
  };
  return { element, update };
}

/** Say what is listed, and out of how many. */
function foundLine({ total }, overview, view, actions) {
  const order = Number.isInteger(view.topic) ? `by falling ${overview.engine.probability_name}` : "in the dataset's order";
  if (!view.q) return [`${plural(total, "document")}, ${order}`];
  const clear = h("button", { type: "button", class: "tx-link", onclick: () => actions.search("") }, "Clear");
  const wider =
    view.topic !== null &&
    viewLink(actions, { topic: null, screen: "documents", page: 1 }, { class: "tx-link" }, "Search all documents");
  const line = `${count(total)} of ${plural(size(overview, view.topic), "document")} with “${view.q}”`;
  return [h("span", { dir: "auto" }, line), clear, wider].filter(Boolean);
}

function size({ counts, topics }, topic) {
  if (topic === null) return counts.documents;
  if (topic === "none") return counts.documents - counts.assigned;
  return topics.find(({ id }) => id === topic)?.n_documents ?? 0;
}

function rows({ documents }, overview, view, actions) {
  if (!documents.length) {
    return [h("li", {}, emptyNotice("No documents here", view.q && h("p", {}, "Words are found from their beginning.")))];
  }
  return documents.map((entry) => h("li", {}, card(entry, overview, view, actions)));
}

function card(entry, overview, view, actions) {
  return viewLink(
    actions,
    { doc: entry.row, at: null, pane: "document" },
    { class: "tx-card", "data-row": entry.row },
    h(
      "span",
      { class: "tx-card-head" },
      h("span", { class: "tx-card-key" }, entry.key),
      topicOf(entry, overview, view),
    ),
    h("span", { class: "tx-card-text", dir: "auto" }, ...excerpt(entry)),
  );
}

function excerpt({ excerpt: text, marks }) {
  if (!text) return [h("em", { class: "tx-quiet" }, "Empty text")];
  return markedText(text, marks.map(([start, end]) => ({ kind: "match", start, end })));
}

function topicOf(entry, overview, view) {
  if (entry.topic === null) return h("span", { class: "tx-card-status" }, entry.status);
  const label = view.topic === null && h("span", { class: "tx-card-label", dir: "auto" }, labelOf(overview, entry.topic));
  return h(
    "span",
    { class: "tx-card-topic" },
    view.topic === null && topicBadge(entry.topic),
    label,
    mixtureStrip(entry.mixture, overview),
    h("span", { class: "tx-card-share", title: overview.engine.probability_explanation }, percent(entry.probability)),
  );
}

/** Draw the largest shares side by side; the title tells them in words. */
function mixtureStrip(mixture, overview) {
  const words = mixture.map(({ topic, share }) => `${labelOf(overview, topic)} ${percent(share)}`).join("; ");
  const parts = mixture.map(({ topic, share }) =>
    measured(h("span", { class: "tx-strip-part", "data-hue": hueOf(topic) }), "--length", share),
  );
  return h("span", { class: "tx-strip", role: "img", "aria-label": `Mixture: ${words}`, title: words }, ...parts);
}

/** The buttons stay while pages change, and the keyboard on them. */
function createPager(actions) {
  let shown = null;
  const turn = (step) => actions.go({ page: shown.page + step });
  const button = (step, ...children) =>
    h("button", { type: "button", class: "tx-button", onclick: () => turn(step) }, ...children);
  const previous = button(-1, icon("left"), "Previous");
  const next = button(1, "Next", icon("right"));
  const place = h("span", { class: "tx-pager-place" });
  // Hidden until there is a page to turn from.
  const element = h("nav", { class: "tx-pager", "aria-label": "Pages of documents", hidden: true }, previous, place, next);
  const update = (answer) => {
    const { page, pages: last, size: perPage, total } = (shown = answer);
    element.hidden = last === 1 && page === 1;
    const first = Math.min((page - 1) * perPage + 1, total);
    place.textContent = `${count(first)}–${count(Math.min(page * perPage, total))} of ${count(total)}`;
    enable([previous, page > 1], [next, page < last]);
  };
  return { element, update };
}
