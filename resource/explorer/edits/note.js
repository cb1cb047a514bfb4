/** The dialog that edits the note of a topic. */

import { h } from "../lib/dom.js";
import { count } from "../lib/format.js";
import { NOTE_LENGTH } from "../lib/limits.js";
import { faultOfNote } from "./pending/changes.js";
import { createDialog } from "../ui/dialog.js";

/**
 * Create the dialog.
 * @param {Actions} actions
 * @returns {{element: HTMLElement, openFor: (topic: Topic) => void}}
 */
export function createNoteDialog(actions) {
  // Drafts that were not saved are restored when the dialog is opened again.
  const drafts = new Map();
  let topic = null;
  const text = textField();
  const length = h("p", { class: "tx-detail" });
  const fault = h("p", { class: "tx-field-fault", role: "alert" });
  const dialog = createDialog({ title: "Note", kind: "small" });
  const leave = () => {
    drafts.delete(topic.id);
    dialog.close();
  };
  const save = (event) => {
    event.preventDefault();
    const found = faultOfNote(text.value);
    fault.replaceChildren(found ?? "");
    if (found !== null) return;
    actions.setNote(topic.id, text.value);
    leave();
  };
  const tellLength = () => length.replaceChildren(lengthOf(text.value));
  text.addEventListener("input", () => {
    drafts.set(topic.id, text.value);
    tellLength();
  });
  text.addEventListener("keydown", (event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && save(event));
  dialog.body.append(h("form", { onsubmit: save }, text, length, fault, buttons(leave)));
  const openFor = (chosen) => {
    topic = chosen;
    text.value = drafts.get(topic.id) ?? topic.note ?? "";
    fault.replaceChildren();
    tellLength();
    dialog.title.replaceChildren(`Note on topic ${topic.id}: ${topic.label}`);
    dialog.open();
  };
  return { element: dialog.element, openFor };
}

function textField() {
  return h("textarea", {
    class: "tx-field tx-note-field",
    rows: "8",
    dir: "auto",
    "data-first": true,
    "aria-label": "Note",
  });
}

function lengthOf(note) {
  return `${count([...note].length)} of ${count(NOTE_LENGTH)} characters`;
}

function buttons(leave) {
  return h(
    "div",
    { class: "tx-dialog-buttons" },
    h("button", { class: "tx-button tx-button-strong", title: "Ctrl+Enter" }, "Apply"),
    h("button", { type: "button", class: "tx-button", onclick: leave }, "Cancel"),
  );
}
