/** A paged list of documents with a choice of order and page size; all matching documents can be saved. */

import { filterParameters } from "../../store/needed-answers.js";
import { h } from "../../lib/dom.js";
import { redraw } from "../../lib/focus.js";
import { count, percent, plural } from "../../lib/format.js";
import { exactWords, withLongerWords } from "../../model/search-words.js";
import { activeFilters, clearedFilters, foundDocuments, foundInWords, hasPendingMerge } from "../../store/filters.js";
import { DOCUMENT_SORTS, PAGE_SIZES } from "../../store/view-address.js";
import { drawnOnChange } from "../../store/state.js";
import { createPager } from "../../ui/pager.js";
import { emptyNotice, viewLink } from "../../ui/topic-links.js";
import { createSelect } from "../../ui/controls.js";
import { movedDocument, pendingMove } from "../../edits/move/moving.js";
import { currentEdits } from "../../edits/pending/changes.js";
import { documentCard } from "./card.js";
import { createChosen } from "./chosen.js";

const MOST_RANKED = 1_000; // by the backend

/** Make the list of documents. @type {CreatePart} */
export function createDocumentList(actions) {
  const heading = h("h2", { class: "tx-panel-title" }, "Documents");
  const found = h("p", { class: "tx-panel-note" });
  const tools = createTools(actions);
  const list = h("ol", { class: "tx-documents" });
  const chosen = createChosen(actions);
  list.addEventListener("keydown", (event) => moveAlong(event, list, chosen));
  const pager = createPager("documents", (page) => actions.go({ page }));
  const head = h("div", { class: "tx-documents-head" }, h("div", {}, heading, found), tools.element);
  const element = h("section", { class: "tx-documents-section" }, head, chosen.element, list, pager.element);
  const drawPage = drawnOnChange(
    ({ answers, overview, edits }) => [answers.documents, overview, answers.edits, edits.pending],
    (state) => {
      const { answers: { documents }, overview, served, view } = state;
      list.classList.toggle("tx-stale", documents?.state === "loading");
      if (documents?.state === "failed") showFault(list, found, documents.error);
      if (documents?.state !== "ready") return;
      redraw(found, ...foundLine(documents.value, served, view, actions), ...pendingLine(overview, served, view), ...coverageLine(documents.value), ...rankingLine(documents.value, view, actions));
      const canMove = overview.capabilities?.edit?.on === true;
      redraw(list, ...rows(documents.value, state, canMove ? chosen.box : () => null, actions));
      chosen.show(documents.value.documents, canMove);
      pager.update(documents.value);
    },
  );
  const markOpen = drawnOnChange(
    ({ answers, overview, view }) => [answers.documents, overview, view.doc],
    ({ view }) => markCard(list, view.doc),
  );
  // Rows are chosen in the list of one topic of one state of the data.
  const forget = drawnOnChange(({ view, overview }) => [view.topic, dataOf(overview)], () => chosen.clear());
  const update = (state) => {
    forget(state);
    tools.update(state);
    drawPage(state);
    markOpen(state);
  };
  return { element, update };
}

function showFault(list, found, sentence) {
  found.replaceChildren();
  list.replaceChildren(h("li", {}, emptyNotice(sentence)));
}

function markCard(list, row) {
  for (const card of list.querySelectorAll(".tx-card")) {
    if (card.dataset.row === String(row)) card.setAttribute("aria-current", "true");
    else card.removeAttribute("aria-current");
  }
}

/** The arrow keys move along the documents; Enter opens one, as any link, and x selects it. */
function moveAlong(event, list, chosen) {
  const cards = [...list.querySelectorAll(".tx-card")];
  const place = cards.indexOf(event.target.closest(".tx-card"));
  if (place < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key.toLowerCase() === "x" && cards[place].previousElementSibling)
    chosen.toggle(Number(cards[place].dataset.row), event.shiftKey);
  const target = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: cards.length - 1 }[event.key];
  if (!cards[target]) return;
  event.preventDefault();
  cards[target].focus();
}

/** Describe what is listed, and out of how many; on the Documents screen the filter bar already shows this. */
function foundLine({ total }, served, view, actions) {
  if (view.screen === "documents") return [];
  const all = foundDocuments({ ...view, screen: "documents" }, served, null).n;
  const line = foundInWords({ n: total, of: all });
  if (!view.q) return [h("span", {}, line)];
  const clear = h("button", { type: "button", class: "tx-link", onclick: () => actions.search("") }, "Clear");
  const wider =
    view.topic !== null &&
    viewLink(actions, { topic: null, screen: "documents", page: 1 }, { class: "tx-link" }, "Search all documents");
  return [h("span", { dir: "auto" }, `${line} with “${view.q}”`), clear, wider].filter(Boolean);
}

/** Show how many documents the topics explain, above the list of those that they do not. */
function coverageLine({ coverage }) {
  if (!coverage?.n) return [];
  const least = percent(coverage.least).replace(".0%", "%");
  const line = `Coverage ${percent(coverage.share)}: ${count(coverage.n_explained)} of ${count(coverage.n)} documents with text have a main topic of at least ${least}. The least explained come first.`;
  return [h("span", { class: "tx-coverage" }, line)];
}

/** Return the version of the data alone: the rows of an index being built are those of the finished one. */
function dataOf(overview) {
  return overview?.version.replace(/-building$/, "");
}

/** Name what documents are ranked by, above those of a search by meaning. */
function rankingLine({ ranking, total }, view, actions) {
  if (!ranking) return [];
  const { by, why, words, n_matches: n } = ranking;
  const typed = h("span", { dir: "auto" }, `“${view.near}”`);
  const listed = h("span", { dir: "auto" }, words.join(", "));
  const ways = {
    meaning: ["Nearest in meaning to ", typed],
    matches: ["Nearest in meaning to the ", plural(n, "document"), " that best match ", listed],
    topics: words.length ? ["Ranked by topics of your words: ", listed] : ["Nothing is ranked"],
  };
  const clear = h("button", { type: "button", class: "tx-link", onclick: () => actions.searchByMeaning("") }, "Clear");
  return [h("span", { class: "tx-ranking" }, ...ways[by], `. ${rankedInWords(total, ranking)} `, why ?? ""), clear];
}

/**
 * Describe which documents a ranking leaves out: those after the nearest, or those that cannot be compared.
 * @param {number} total ranked documents
 * @param {{n_ranked_of: number}} ranking among so many
 * @returns {string} empty where all are listed
 */
export function rankedInWords(total, { n_ranked_of: of }) {
  if (total === 0 || total >= of) return "";
  const some = `${count(total)} of ${plural(of, "document")}`;
  return total === MOST_RANKED ? `The first ${some} are listed.` : `${some} can be compared; the others are not listed.`;
}

function pendingLine(overview, served, view) {
  return hasPendingMerge({ ...view, screen: "documents" }, overview, served)
    ? [h("span", {}, "Merges that are not saved yet do not affect this list.")]
    : [];
}

function rows({ documents }, { overview, served, view, answers, edits }, box, actions) {
  if (!documents.length) {
    return [h("li", {}, noMatch(overview, view, actions))];
  }
  const current = currentEdits(served, answers.edits?.value);
  const moveOf = (entry) => pendingMove(edits.pending, current, movedDocument(entry, overview));
  return documents.map((entry) => {
    const choose = box(entry);
    return h("li", { class: choose ? "tx-document-row" : null }, choose, documentCard({ ...entry, move: moveOf(entry) }, overview, view, actions));
  });
}

function noMatch(overview, view, actions) {
  const isFiltered = activeFilters(view, overview).some(({ key }) => key !== "q");
  const what = [view.q && "search", isFiltered && "filters"].filter(Boolean).join(" and ");
  if (!what) return emptyNotice(view.near ? "No documents are near" : "No documents");
  const press = () => actions.go(clearedFilters(view));
  const clear = h("button", { type: "button", class: "tx-button", onclick: press }, `Clear ${what}`);
  const longer = exactWords(view.q).length > 0 && withLongerWords(view.q, true);
  const hint = longer && h("p", {}, "Words are found as they are typed. ", viewLink(actions, { q: longer, page: 1 }, { class: "tx-link" }, `Search for ${longer}`));
  return emptyNotice(`No documents match the ${what}`, hint, clear);
}

/** Create the choice of order and page size, and the link to save all matching documents. */
function createTools(actions) {
  const sort = createSelect("Order", (value) => actions.go({ sort: value === "" ? null : value, page: 1 }));
  const size = createSelect("Per page", (value) => actions.go({ size: Number(value), page: 1 }));
  const file = h("a", { class: "tx-link", download: "documents.csv", title: "Save all matching documents, not only this page" }, "Save as CSV");
  const element = h("div", { class: "tx-documents-tools tx-wrap" }, sort.element, size.element, file);
  const update = drawnOnChange(
    (state) => [state.view, state.overview],
    ({ view, overview }) => {
      const choices = orders(view, overview);
      sort.update(choices, choices.some(([value]) => value === view.sort) ? view.sort : "");
      sort.element.hidden = view.near !== ""; // the nearest come first
      size.update(PAGE_SIZES.map((n) => [String(n), String(n)]), String(view.size));
      const near = view.near ? `&near=${encodeURIComponent(view.near)}` : "";
      const order = DOCUMENT_SORTS.includes(view.sort) ? `&sort=${view.sort}` : "";
      file.href = actions.addressOf(`documents.csv?${filterParameters(view)}${near}${order}`);
    },
  );
  return { element, update };
}

function orders(view, { engine, date_column: dates, periods }) {
  const name = engine.probability_name;
  const [usual, other] = [["row", "as in the dataset"], ["-probability", `highest ${name} first`]];
  const first = Number.isInteger(view.topic) ? [other, usual] : [usual, other];
  const timed = Boolean(dates ?? periods);
  return [
    ...(view.q ? [["", "best match first"], ["row", "as in the dataset"], ["-probability", `highest ${name} first`]] : [["", first[0][1]], first[1]]),
    ["probability", `lowest ${name} first`],
    ["explained", "poorly explained first"],
    ...(timed ? [["-date", "newest first"], ["date", "oldest first"]] : []),
  ];
}
