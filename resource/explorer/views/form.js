/** The form with the name and the note of a view. */

import { h } from "../lib/dom.js";
import { NOTE_LENGTH } from "../lib/limits.js";

const NAME_LENGTH = 100;

/**
 * Make the form.
 * @param {string} label of its button
 * @param {(parts: {name: string, note: string}) => void} save
 * @param {() => void} [cancel]
 * @returns {{element: HTMLElement, fill: (parts: {name: string, note: string}) => void}}
 */
export function viewForm(label, save, cancel) {
  const name = h("input", { class: "tx-field", maxlength: NAME_LENGTH, required: true, dir: "auto", "data-keep": `${label} name` });
  const note = h("textarea", { class: "tx-field", rows: 2, maxlength: Math.min(NOTE_LENGTH, 1_000), dir: "auto", "data-keep": `${label} note` });
  const submit = (event) => {
    event.preventDefault();
    if (name.value.trim()) save({ name: name.value.trim(), note: note.value.trim() });
  };
  const element = h(
    "form",
    { class: "tx-views-form", onsubmit: submit },
    h("label", {}, "Name", name),
    h("label", {}, "Note (optional)", note),
    h(
      "div",
      { class: "tx-line-up" },
      h("button", { type: "submit", class: "tx-button" }, label),
      cancel && h("button", { type: "button", class: "tx-button", onclick: cancel }, "Cancel"),
    ),
  );
  const fill = (parts) => {
    name.value = parts.name;
    note.value = parts.note;
  };
  return { element, fill };
}
