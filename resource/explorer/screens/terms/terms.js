/** The "Terms" screen: all terms of the model with their topics, or one term with its topics and its contexts. */

import { h, icon } from "../../lib/dom.js";
import { drawnOnChange } from "../../store/state.js";
import { createKwic } from "./kwic.js";
import { createTermDetail } from "./detail.js";
import { createTermList } from "./list.js";
import { createProposedStopWords } from "./proposed-stop-words.js";
import { createStopWords } from "./stop-words-panel.js";

const TYPING_PAUSE_MS = 180;

/** Make the screen. @type {CreatePart} */
export function createTerms(actions) {
  const title = h("h1", { class: "tx-title tx-sr-only" }, "Terms");
  const box = createTermSearch(actions);
  const stopWords = createStopWords(actions);
  const proposed = createProposedStopWords(actions);
  const list = createTermList(actions);
  const detail = createTermDetail(actions);
  const kwic = createKwic(actions);
  const one = h("div", {}, detail.element, kwic.element);
  const all = h("div", {}, proposed.element, list.element);
  const element = h("div", { class: "tx-screen tx-terms-screen" }, title, box.element, stopWords.element, all, one);
  const update = (state) => {
    const chosen = state.view.term !== null;
    all.hidden = chosen;
    one.hidden = !chosen;
    box.update(state);
    stopWords.update(state);
    for (const part of chosen ? [detail, kwic] : [proposed, list]) part.update(state);
  };
  return { element, update };
}

/** Typing filters the list; Enter looks up exactly this word, whether or not it is in the model. */
function createTermSearch(actions) {
  let timer = null;
  const find = () => {
    clearTimeout(timer);
    timer = null;
    actions.replace({ find: input.value.trim(), term: null, page: 1, lines: 1 });
  };
  const type = () => {
    clearTimeout(timer);
    timer = setTimeout(find, TYPING_PAUSE_MS);
  };
  const look = (event) => {
    event.preventDefault();
    const term = input.value.trim();
    clearTimeout(timer);
    timer = null;
    if (term) actions.go({ term, find: term, page: 1, lines: 1 });
    else find();
  };
  const properties = { type: "search", class: "tx-search-input", maxlength: "200", dir: "auto", oninput: type };
  const input = h("input", { ...properties, placeholder: "Find a term", "aria-label": "Find a term" });
  const element = h("form", { class: "tx-search tx-term-search", role: "search", "aria-label": "Terms", onsubmit: look }, icon("search"), input);
  const update = drawnOnChange(
    (state) => [state.view.find, state.view.term],
    ({ view }) => {
      if (timer === null && document.activeElement !== input) input.value = view.term ?? view.find;
    },
  );
  return { element, update };
}
