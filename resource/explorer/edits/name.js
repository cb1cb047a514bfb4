/** The field that renames a topic: in place of the title, or in a dialog on screens without the title. */

import { h } from "../lib/dom.js";
import { NAME_LENGTH } from "../lib/limits.js";
import { faultOfName } from "./pending/changes.js";
import { topicOf } from "../model/topics.js";
import { createDialog } from "../ui/dialog.js";

/** Create the field in place of the title; it is shown while `edits.renaming` is its topic. @type {CreatePart} */
export function createNameForm(actions) {
  const field = createField({ save: (id, name) => actions.setName(id, name), leave: () => actions.endRename() });
  let shown = null;
  const element = h("div", { class: "tx-rename", hidden: true }, field.element);
  const update = ({ edits: { renaming }, overview, view }) => {
    const id = renaming !== null && renaming === view.topic ? renaming : null;
    if (id === shown) return;
    shown = id;
    const hadFocus = element.contains(document.activeElement);
    element.hidden = id === null;
    // The focus goes back to the button that opened the field.
    if (id === null && hadFocus) {
      const button = element.parentElement.querySelector('[data-tool="name"]');
      /** @type {HTMLElement | null} */ (button)?.focus({ preventScroll: true });
    }
    if (id !== null) field.begin(topicOf(overview, id));
  };
  return { element, update };
}

/**
 * Create the dialog for screens without the title.
 * @param {Actions} actions
 * @returns {{element: HTMLElement, openFor: (topic: Topic) => void}}
 */
export function createNameDialog(actions) {
  const field = createField({ save: (id, name) => actions.setName(id, name), leave: () => dialog.close() });
  const dialog = createDialog({ title: "Rename", kind: "small" });
  dialog.body.append(field.element);
  const openFor = (topic) => {
    dialog.title.replaceChildren(`Rename topic ${topic.id}`);
    dialog.open();
    field.begin(topic);
  };
  return { element: dialog.element, openFor };
}

/**
 * Create a field for a name, with buttons to apply it and to restore the trained one.
 * @param {{save: (id: number, name: string | null) => void, leave: () => void, label?: string}} means
 * @returns {{element: HTMLElement, begin: (named: {id: number, label: string, trained_label?: string | null}) => void}}
 */
export function createField({ save, leave, label = "Topic name" }) {
  let topic = null;
  const input = nameInput(label);
  const fault = h("p", { class: "tx-field-fault", role: "alert" });
  const trained = h("button", { type: "button", class: "tx-button tx-button-small" }, "Trained name");
  const finish = (name) => {
    save(topic.id, name);
    leave();
  };
  trained.addEventListener("click", () => finish(null));
  const keep = h("button", { class: "tx-button tx-button-small", title: "Enter" }, "Apply");
  const cancel = h(
    "button",
    { type: "button", class: "tx-button tx-button-small", title: "Esc", onclick: leave },
    "Cancel",
  );
  const buttons = h("div", { class: "tx-name-buttons tx-wrap tx-small tx-above-2" }, keep, cancel, trained);
  const element = h("form", { class: "tx-name-form" }, input, buttons, fault);
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    const found = faultOfName(input.value);
    fault.replaceChildren(found ?? "");
    input.setAttribute("aria-invalid", String(found !== null));
    if (found === null) finish(input.value);
  });
  element.addEventListener("keydown", (event) => event.key === "Escape" && leaveBy(event, leave));
  const begin = (chosen) => {
    topic = chosen;
    input.value = topic.label;
    fault.replaceChildren();
    input.removeAttribute("aria-invalid");
    trained.hidden = topic.label === topic.trained_label || !topic.trained_label;
    trained.title = `Restore “${topic.trained_label}”`;
    input.focus();
    input.select();
  };
  return { element, begin };
}

/** Create the field; it accepts more than a name may have, so that a long name is reported instead of cut off. */
function nameInput(label) {
  return h("input", {
    class: "tx-field",
    maxlength: String(NAME_LENGTH * 4),
    dir: "auto",
    "aria-label": label,
    autocomplete: "off",
  });
}

function leaveBy(event, leave) {
  // Esc only ends the renaming; the topic stays selected.
  event.preventDefault();
  event.stopPropagation();
  leave();
}
