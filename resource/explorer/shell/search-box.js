/** The search box, with a line on what can be typed, and switches for longer words and for search by meaning. */

import { h, icon } from "../lib/dom.js";
import { exactWords, SYNTAX, withLongerWords } from "../model/search-words.js";
import { drawnOnChange } from "../store/state.js";
import { labelOf } from "../ui/topic-links.js";

const TYPING_PAUSE_MS = 180;

/**
 * Make the box.
 * @param {Actions} actions
 * @returns {{element: HTMLElement, input: HTMLInputElement, update: (state: State) => void}}
 */
export function createSearchBox(actions) {
  let timer = null;
  let byMeaning = false;
  const send = () => {
    clearTimeout(timer);
    timer = null;
    const text = input.value.trim();
    if (byMeaning && text) actions.searchByMeaning(text);
    else actions.search(byMeaning ? "" : input.value);
  };
  const type = () => {
    clearTimeout(timer);
    // A model may be asked for what is typed, so a search by meaning waits for Enter.
    timer = byMeaning && input.value ? null : setTimeout(send, TYPING_PAUSE_MS);
    hint.update(input.value, byMeaning);
  };
  const input = h("input", { type: "search", class: "tx-search-input", maxlength: "200", dir: "auto", oninput: type });
  input.setAttribute("aria-label", "Search the documents");
  const lengthen = (longer) => {
    input.value = withLongerWords(input.value, longer);
    hint.update(input.value, byMeaning);
    send();
  };
  const change = (on) => {
    byMeaning = on;
    show();
    clearTimeout(timer);
    timer = null;
    // Turned on, what is typed waits for Enter as well.
    if (!on && (input.value.trim() || shown.view.near)) send();
    input.focus();
  };
  const hint = createHint(lengthen, change);
  let shown = null;
  const show = () => {
    input.setAttribute("aria-describedby", byMeaning ? "tx-search-means" : "tx-search-syntax");
    input.placeholder = byMeaning ? "Describe what you look for, then press Enter" : scope(shown.view, shown.overview);
    hint.update(input.value, byMeaning);
  };
  const submit = (event) => {
    event.preventDefault();
    send();
  };
  const key = h("kbd", { class: "tx-key", "aria-hidden": "true" }, "/");
  const element = h("form", { class: "tx-search", role: "search", onsubmit: submit }, icon("search"), input, key, hint.element);
  const update = drawnOnChange(
    (state) => [state.view.q, state.view.near, state.view.topic, state.overview],
    ({ view, overview }) => {
      // The text being typed, and the switch, are newer than a view with the same search.
      const isNew = shown === null || view.near !== shown.view.near || view.q !== shown.view.q;
      if (isNew && (view.near || view.q)) byMeaning = view.near !== "";
      const typed = byMeaning ? view.near : view.q;
      if (timer === null && input.value !== typed && (isNew || !byMeaning)) input.value = typed;
      shown = { view, overview };
      show();
    },
  );
  return { element, input, update };
}

function scope(view, overview) {
  if (view.topic === "none") return "Search documents without a topic";
  return view.topic === null ? "Search all documents" : `Search in ${labelOf(overview, view.topic)}`;
}

/** Make the line below the box, shown while the focus is in it. */
function createHint(lengthen, change) {
  const example = ([typed, means]) => h("span", { class: "tx-search-example" }, h("code", {}, typed), ` ${means}`);
  const syntax = h("p", { class: "tx-search-syntax", id: "tx-search-syntax" }, ...SYNTAX.map(example));
  const means = h("p", { class: "tx-soft", id: "tx-search-means" }, "Documents are ranked by how near they are to what you describe, whatever their words.");
  const words = h("span", {});
  const toggle = createSwitch(words, lengthen);
  const meaning = createSwitch(h("span", {}, "Search by meaning"), change);
  const element = h("div", { class: "tx-search-hint tx-box-strong tx-detail" }, syntax, means, h("div", { class: "tx-search-switches tx-wrap" }, meaning, toggle));
  // A click into the box beside its switch must not take the focus from the field, which would close the box.
  element.addEventListener("pointerdown", (event) => {
    if (!(/** @type {HTMLElement} */ (event.target).closest("button"))) event.preventDefault();
  });
  const update = (typed, byMeaning) => {
    meaning.setAttribute("aria-checked", String(byMeaning));
    means.hidden = !byMeaning;
    syntax.hidden = byMeaning;
    const exact = exactWords(typed);
    const longer = exact.length === 0 && exactWords(withLongerWords(typed, false)).length > 0;
    const [first = exactWords(withLongerWords(typed, false))[0] ?? "war"] = exact;
    toggle.setAttribute("aria-checked", String(longer));
    toggle.hidden = byMeaning || !typed.trim() || (exact.length === 0 && !longer);
    words.textContent = `Also longer words (${first.replace(/[)]+$/, "")}*)`;
  };
  return { element, update };
}

function createSwitch(words, change) {
  const track = h("span", { class: "tx-toggle-track", "aria-hidden": "true" });
  const element = h("button", { type: "button", class: "tx-toggle tx-inline", role: "switch", "aria-checked": "false" }, track, words);
  element.addEventListener("click", () => change(element.getAttribute("aria-checked") !== "true"));
  return element;
}
