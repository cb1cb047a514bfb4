/** The "Compare" screen: two sets of documents by topics and words, with typical documents of each. */

import { createFigure } from "../../charts/figure.js";
import { h } from "../../lib/dom.js";
import { plural } from "../../lib/format.js";
import { differInWords, differenceFigure } from "../../panels/comparison/difference.js";
import { typicalDocuments, wordsFigure } from "../../panels/comparison/words.js";
import { clearedFilters } from "../../store/filters.js";
import { comparison, filteredBy, OTHERS, shownSides, sideInWords } from "../../store/sides.js";
import { drawnWithChoices } from "../../store/state.js";
import { withinTopic } from "../../panels/comparison/within-topic.js";
import { emptyNotice } from "../../ui/topic-links.js";
import { createSidePicker } from "./side-picker.js";

/** Make the screen. @type {CreatePart} */
export function createCompare(actions) {
  const go = (changed) => {
    const { a, b } = { ...shownSides(last().view, last().overview), ...changed };
    actions.go(comparison(last().view, a, b));
  };
  const parts = createParts(go, () => shownSides(last().view, last().overview));
  const { update, last } = drawnWithChoices(
    { all: false, allWords: false },
    ({ answers, overview, view }) => [answers.compare, overview, view],
    (state, own) => drawScreen(parts, state, { ...own, actions }),
  );
  return { element: parts.element, update };
}

function createParts(go, sides) {
  const subtitle = h("p", { class: "tx-subtitle" });
  const a = createSidePicker({ letter: "A", withOthers: false }, (side) => go({ a: side }));
  const b = createSidePicker({ letter: "B", withOthers: true }, (side) => go({ b: side }));
  const swap = h("button", { type: "button", class: "tx-button tx-button-small", title: "Swap the sides" }, "⇄ Swap");
  swap.addEventListener("click", () => go({ a: sides().b, b: sides().a }));
  const pickers = h("div", { class: "tx-side-pickers" }, a.element, swap, b.element);
  const notice = h("div");
  const [topics, words] = [createFigure(), createFigure()];
  const documents = h("section", { class: "tx-figure-panel" });
  const figures = h("div", {}, topics.element, words.element, documents);
  const head = h("div", { class: "tx-head" }, h("h1", { class: "tx-title" }, "Compare"), subtitle);
  const element = h("div", { class: "tx-screen tx-compared" }, head, pickers, notice, figures);
  return { element, subtitle, a, b, swap, notice, topics, words, documents, figures };
}

function drawScreen(parts, state, { local, change, actions }) {
  const { answers: { compare }, overview, view } = state;
  const { a, b } = shownSides(view, overview);
  const answer = compare?.value ?? null;
  const isOld = compare?.state !== "ready";
  parts.a.update(a, b, isOld ? null : answer.a.n, overview);
  parts.b.update(b, a, isOld ? null : answer.b.n, overview);
  parts.swap.hidden = b === OTHERS;
  const isEmpty = !answer || answer.a.n === 0 || answer.b.n === 0;
  parts.figures.classList.toggle("tx-stale", isOld);
  parts.figures.hidden = isEmpty;
  parts.notice.replaceChildren(...(isEmpty ? notices(compare, view, actions) : warnings(answer)), ...withinTopic(view, actions));
  parts.topics.element.hidden = view.topic !== null;
  parts.subtitle.replaceChildren(isEmpty ? "" : `${plural(answer.a.n, "document")} against ${plural(answer.b.n, "document")}`);
  if (isEmpty || isOld) return;
  const sides = sidesOf(a, b, overview);
  const shared = { ...sides, change };
  parts.topics.update(differenceFigure(topicsOf(answer, { a, b, local, view, overview, ...shared }), overview, actions));
  /** @returns {Partial<View>} */
  const leadTo = (word, { key }) => {
    const filters = key === "a" ? filteredBy(view, a, b, overview) : filteredBy(view, b, a, overview);
    return { ...filters, screen: "terms", term: word, pane: "explore" };
  };
  const file = `words ${sides.left.name} and ${sides.right.name}`;
  const options = { ...shared, words: answer.words, rule: answer.rules.words, file, all: local.allWords };
  parts.words.update(wordsFigure(options, leadTo, actions));
  parts.documents.replaceChildren(...typicalDocuments(answer.documents, { ...sides, rule: answer.rules.documents }, overview, actions));
}

function sidesOf(a, b, overview) {
  const side = (key, text) => ({ key, letter: key.toUpperCase(), brief: key.toUpperCase(), more: `more in ${key.toUpperCase()}`, name: sideInWords(text, overview) });
  return { left: side("a", a), right: side("b", b) };
}

function topicsOf(answer, { a, b, left, right, local, change, view, overview }) {
  const links = { a: filteredBy(view, a, b, overview), b: filteredBy(view, b, a, overview) };
  const row = (topic) => ({
    topic: topic.topic,
    left: { n: topic.n_a, share: topic.share_a },
    right: { n: topic.n_b, share: topic.share_b },
    difference: opposite(topic.difference),
    low: opposite(topic.high),
    high: opposite(topic.low),
    differs: topic.differs,
    to: {
      ...(topic.difference > 0 ? links.a : links.b),
      screen: "documents", topic: topic.topic, page: 1, sort: null, pane: "explore",
    },
  });
  const rows = answer.topics.map(row);
  return {
    rows, left, right, all: local.all, change, rule: answer.rules.topics,
    title: `Topics: ${left.name} (A) and ${right.name} (B)`,
    note: [
      "Difference of the shares of documents in percentage points; thin lines are 95% intervals. ",
      differInWords(rows, answer.by_chance),
    ],
    file: `topics ${left.name} and ${right.name}`,
  };
}

const opposite = (value) => (Number.isFinite(value) ? 0 - value : null);

function warnings({ notes }) {
  return notes.map((note) => h("p", { class: "tx-warning" }, note));
}

function notices(compare, view, actions) {
  if (!compare || compare.state === "loading") return [h("p", { class: "tx-loading" }, "Comparing documents…")];
  if (compare.state === "failed") return [emptyNotice("The comparison could not be loaded", h("p", {}, compare.error))];
  const { a, b } = compare.value;
  const name = a.n === 0 && b.n === 0 ? "both sides" : a.n === 0 ? "side A" : "side B";
  const clear = h("button", { type: "button", class: "tx-button", onclick: () => actions.go(clearedFilters(view)) }, "Clear filters");
  const why = b.is_others && b.n === 0 && a.n > 0 ? "Side A has all documents that match the filters." : "Choose another value, or clear the filters that apply to both sides.";
  return [emptyNotice(`No documents on ${name}`, h("p", {}, why), clear)];
}
