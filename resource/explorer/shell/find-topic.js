/** The field above the list of topics: it finds topics by label, top term or number. */

import { h } from "../lib/dom.js";
import { shownTopics } from "../model/topics.js";

const FEWEST_TOPICS = 12; // fewer are seen at a glance

/**
 * Create the field.
 * @param {{onType: () => void, onEnter: () => void, onDown: () => void}} means `onEnter` chooses the first topic found,
 *   `onDown` moves into the list
 * @returns {{element: HTMLElement, update: (state: State) => void, typed: () => string, focus: () => void}}
 */
export function createFindTopic({ onType, onEnter, onDown }) {
  const input = h("input", {
    type: "search",
    class: "tx-find-topic",
    placeholder: "Find a topic (t)",
    "aria-label": "Find a topic by label, term or number",
    autocomplete: "off",
    dir: "auto",
    maxlength: "200",
    oninput: () => onType(),
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && input.value) {
      event.preventDefault();
      input.value = "";
      onType();
    } else if (event.key === "Enter" || event.key === "ArrowDown") {
      event.preventDefault();
      if (event.key === "Enter") onEnter();
      else onDown();
    }
  });
  const update = ({ overview }) => {
    input.hidden = shownTopics(overview).length < FEWEST_TOPICS;
    if (input.hidden) input.value = "";
  };
  return { element: input, update, typed: () => input.value, focus: () => input.focus() };
}
