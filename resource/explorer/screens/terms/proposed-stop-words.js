/** Words that may be stop words, each with its reason and a button that adds it to the list. */

import { h, icon } from "../../lib/dom.js";
import { redraw } from "../../lib/focus.js";
import { drawnOnChange } from "../../store/state.js";
import { viewLink } from "../../ui/topic-links.js";
import { EMPTY_QUEUE, isListed } from "./stop-words.js";

const NOTE = "Words in most topics or in nearly all documents. Add those that say nothing about a topic, then train again.";

/**
 * Make the panel; it is hidden where no word is proposed that is not on the list.
 * @param {Actions} actions
 * @returns {PagePart}
 */
export function createProposedStopWords(actions) {
  const all = h("button", { type: "button", class: "tx-button tx-button-small", title: "Add all proposed words to the stop words" }, "Add all");
  const chips = h("ul", { class: "tx-stop-chips", "aria-label": "Proposed stop words" });
  const head = h("div", { class: "tx-proposed-head" }, h("h2", { class: "tx-panel-title" }, "Proposed stop words"), all);
  const element = h("section", { class: "tx-proposed" }, head, h("p", { class: "tx-panel-note" }, NOTE), chips);
  element.hidden = true;
  const update = drawnOnChange(
    ({ answers, edits }) => [answers.proposedStopWords, answers.stopWords, edits.stopWords],
    ({ answers: { proposedStopWords, stopWords }, edits: { stopWords: queue = EMPTY_QUEUE } }) => {
      const saved = (stopWords?.value?.words ?? []).map(({ word }) => word);
      const proposed = (proposedStopWords?.value?.words ?? []).filter(({ word }) => !isListed(queue, saved, word));
      element.hidden = proposed.length === 0;
      all.onclick = () => actions.addStopWords(proposed.map(({ word }) => word));
      redraw(chips, ...proposed.map((entry) => chip(entry, actions)));
    },
  );
  return { element, update };
}

function chip({ word, reason }, actions) {
  const label = `Add ${word} to the stop words`;
  const press = () => actions.addStopWords([word]);
  const button = h("button", { type: "button", class: "tx-filter-remove", title: label, "aria-label": label, onclick: press }, icon("plus"));
  const link = viewLink(actions, { term: word, lines: 1 }, { class: "tx-link", dir: "auto" }, word);
  return h("li", { class: "tx-stop-chip" }, link, h("span", { class: "tx-proposed-reason" }, reason), button);
}
