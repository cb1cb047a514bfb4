/** The "What changed" screen: the last period against those before, this model against another run, its training, or the previous model. */

import { createFigure } from "../../charts/figure.js";
import { h } from "../../lib/dom.js";
import { count, plural } from "../../lib/format.js";
import { sinceInWords } from "../../lib/spans.js";
import { typicalDocuments, wordsFigure } from "../../panels/comparison/words.js";
import { drawnWithChoices } from "../../store/state.js";
import { clearedFilters } from "../../store/filters.js";
import { withinTopic } from "../../panels/comparison/within-topic.js";
import { createChoice, createSelect } from "../../ui/controls.js";
import { emptyNotice } from "../../ui/topic-links.js";
import { movedFigure } from "./moved.js";
import { changedTopicsFigure, sidesOf } from "./topics.js";

const AGAINST = [
  { value: "before", capability: "time", label: "Last period", title: "The last period against those before" },
  { value: "other", capability: "other_model", label: "Other model", title: "This model against the other one of the settings" },
  { value: "drift", capability: "drift", label: "Training", title: "The last run of Assign topics against training" },
  { value: "previous", capability: "previous_model", label: "Previous model", title: "This model against the one it goes on from" },
];

/** Make the screen. @type {CreatePart} */
export function createChanges(actions) {
  const parts = createParts(actions);
  const { update } = drawnWithChoices(
    { all: false, allWords: false },
    ({ answers, overview, view }) => [answers.changes, overview, view],
    (state, own) => drawScreen(parts, state, { ...own, actions }),
  );
  return { element: parts.element, update };
}

function createParts(actions) {
  const subtitle = h("p", { class: "tx-subtitle" });
  const against = createChoice("What to compare", AGAINST, (value) => actions.go({ against: value }));
  const since = createSelect("Since", (value) => actions.go({ since: value }));
  const toolbar = h("div", { class: "tx-toolbar tx-wrap" }, against.element, since.element);
  const notice = h("div");
  const [topics, words, moved] = [createFigure(), createFigure(), createFigure()];
  const documents = h("section", { class: "tx-figure-panel" });
  const figures = h("div", {}, topics.element, moved.element, words.element, documents);
  const head = h("div", { class: "tx-head" }, h("h1", { class: "tx-title" }, "What changed"), subtitle);
  const element = h("div", { class: "tx-screen tx-compared" }, head, toolbar, notice, figures);
  return { element, subtitle, against, since, notice, topics, words, moved, documents, figures };
}

function drawScreen(parts, state, { local, change, actions }) {
  const { answers: { changes }, overview, view } = state;
  const answer = changes?.value ?? null;
  const isEmpty = !answer || answer.topics.every(({ difference }) => difference === null);
  drawControls(parts, answer, overview, view);
  parts.figures.classList.toggle("tx-stale", changes?.state === "loading");
  parts.figures.hidden = isEmpty;
  const isWithin = (answer?.against ?? "before") === "before" && view.topic !== null;
  parts.notice.replaceChildren(...(isEmpty ? notices(changes, view, actions) : warnings(answer)), ...(isWithin ? withinTopic(view, actions) : []));
  parts.topics.element.hidden = isWithin;
  parts.subtitle.replaceChildren(isEmpty || isWithin ? "" : countsInWords(answer.counts));
  if (isEmpty) return;
  const sides = sidesOf(answer);
  parts.topics.update(changedTopicsFigure(answer, { ...sides, all: local.all, change }, overview, actions));
  parts.moved.element.hidden = answer.moved === null;
  if (answer.moved) parts.moved.update(movedFigure(answer, overview, actions));
  parts.words.element.hidden = parts.documents.hidden = answer.words === null;
  if (answer.words === null) return;
  /** @returns {Partial<View>} */
  const leadTo = (word, { key }) => {
    const { from, to } = key === "a" ? answer.now : answer.then;
    return { screen: "terms", term: word, from, to, pane: "explore" };
  };
  const options = { ...sides, words: answer.words, rule: answer.rules.words, file: "words that changed", all: local.allWords, change };
  parts.words.update(wordsFigure(options, leadTo, actions));
  parts.documents.replaceChildren(...typicalDocuments(answer.documents, { ...sides, rule: answer.rules.documents }, overview, actions));
}

function drawControls({ against, since }, answer, { capabilities }, view) {
  const possible = AGAINST.filter(({ capability }) => capabilities[capability]?.on);
  against.element.hidden = possible.length < 2;
  against.update(view.against ?? answer?.against ?? "before", possible.map(({ value }) => value));
  const choices = answer?.choices ?? [];
  since.element.hidden = choices.length === 0;
  const named = choices.map((choice) => [choice.since, `${sinceInWords(choice)} (${plural(choice.n, "document")})`]);
  const isListed = choices.some((choice) => choice.since === answer.since);
  since.update(isListed || !answer ? named : [[answer.since, answer.since], ...named], answer?.since ?? "");
}

/** Write how many topics changed, and how. */
function countsInWords({ new: fresh, grown, shrunk, vanished, same }) {
  const parts = [[fresh, "new"], [grown, "grown"], [shrunk, "shrunk"], [vanished, "vanished"], [same, "without a clear change"]];
  const known = parts.filter(([n]) => n > 0).map(([n, words]) => `${count(n)} ${words}`);
  return `Topics: ${known.join(", ")}`;
}

function warnings({ notes, unsaid }) {
  return [...notes, ...unsaid.map(({ sentence }) => sentence)].map((note) => h("p", { class: "tx-warning" }, note));
}

function notices(changes, view, actions) {
  if (!changes || changes.state === "loading") return [h("p", { class: "tx-loading" }, "Comparing periods…")];
  if (changes.state === "failed") return [emptyNotice("What changed is not known", h("p", {}, changes.error))];
  const clear = h("button", { type: "button", class: "tx-button", onclick: () => actions.go({ ...clearedFilters(view), since: null }) }, "Clear filters");
  return [emptyNotice("Nothing to compare", ...changes.value.unsaid.map(({ sentence }) => h("p", {}, sentence)), clear)];
}
