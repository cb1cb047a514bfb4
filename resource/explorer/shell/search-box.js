/** The search box, with a line on what can be typed and a switch for longer words. */

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
  const send = () => {
    clearTimeout(timer);
    timer = null;
    actions.search(input.value);
  };
  const type = () => {
    clearTimeout(timer);
    timer = setTimeout(send, TYPING_PAUSE_MS);
    hint.update(input.value);
  };
  const input = h("input", { type: "search", class: "tx-search-input", maxlength: "200", dir: "auto", oninput: type });
  input.setAttribute("aria-label", "Search the documents");
  input.setAttribute("aria-describedby", "tx-search-syntax");
  const hint = createHint((longer) => {
    input.value = withLongerWords(input.value, longer);
    hint.update(input.value);
    send();
  });
  const submit = (event) => {
    event.preventDefault();
    send();
  };
  const key = h("kbd", { class: "tx-key", "aria-hidden": "true" }, "/");
  const element = h("form", { class: "tx-search", role: "search", onsubmit: submit }, icon("search"), input, key, hint.element);
  const update = drawnOnChange(
    (state) => [state.view.q, state.view.topic, state.overview],
    ({ view, overview }) => {
      // The text being typed is newer than the view.
      if (timer === null && input.value !== view.q) input.value = view.q;
      input.placeholder = scope(view, overview);
      hint.update(input.value);
    },
  );
  return { element, input, update };
}

function scope(view, overview) {
  if (view.topic === "none") return "Search documents without a topic";
  return view.topic === null ? "Search all documents" : `Search in ${labelOf(overview, view.topic)}`;
}

/** Make the line below the box, shown while the focus is in it. */
function createHint(change) {
  const example = ([typed, means]) => h("span", { class: "tx-search-example" }, h("code", {}, typed), ` ${means}`);
  const syntax = h("p", { class: "tx-search-syntax", id: "tx-search-syntax" }, ...SYNTAX.map(example));
  const track = h("span", { class: "tx-toggle-track", "aria-hidden": "true" });
  const words = h("span", {});
  const toggle = h("button", { type: "button", class: "tx-toggle tx-inline", role: "switch" }, track, words);
  toggle.addEventListener("click", () => change(toggle.getAttribute("aria-checked") !== "true"));
  const element = h("div", { class: "tx-search-hint tx-box-strong tx-detail" }, syntax, toggle);
  // A click into the box beside its switch must not take the focus from the field, which would close the box.
  element.addEventListener("pointerdown", (event) => {
    if (!(/** @type {HTMLElement} */ (event.target).closest("button"))) event.preventDefault();
  });
  const update = (typed) => {
    const exact = exactWords(typed);
    const longer = exact.length === 0 && exactWords(withLongerWords(typed, false)).length > 0;
    const [first = exactWords(withLongerWords(typed, false))[0] ?? "war"] = exact;
    toggle.setAttribute("aria-checked", String(longer));
    toggle.hidden = !typed.trim() || (exact.length === 0 && !longer);
    words.textContent = `Also longer words (${first.replace(/[)]+$/, "")}*)`;
  };
  return { element, update };
}
