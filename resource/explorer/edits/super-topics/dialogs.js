/** The dialogs that move a topic to another super-topic, and that rename a super-topic. */

import { h } from "../../lib/dom.js";
import { plural } from "../../lib/format.js";
import { hueOf } from "../../lib/palette.js";
import { shownTopics, superTopicOf } from "../../model/topics.js";
import { createDialog } from "../../ui/dialog.js";
import { createField } from "../name.js";

/**
 * Create the dialog that moves a topic.
 * @param {Actions} actions
 * @param {() => Overview} overviewNow
 * @returns {{element: HTMLElement, openFor: (topic: Topic) => void}}
 */
export function createSuperTopicDialog(actions, overviewNow) {
  let topic = null;
  const choices = h("div", { class: "tx-super-choices", role: "radiogroup" });
  const move = h("button", { class: "tx-button tx-button-strong" }, "Move");
  const dialog = createDialog({ title: "Super-topic", kind: "small" });
  const cancel = h("button", { type: "button", class: "tx-button", onclick: dialog.close }, "Cancel");
  const onsubmit = (event) => {
    event.preventDefault();
    const chosen = /** @type {HTMLInputElement} */ (choices.querySelector("input:checked"));
    dialog.close();
    if (chosen && Number(chosen.value) !== topic.parent) actions.moveToSuperTopic(topic.id, Number(chosen.value));
  };
  const form = h("form", { onsubmit }, choices, h("div", { class: "tx-dialog-buttons" }, move, cancel));
  dialog.body.append(form);
  const openFor = (chosen) => {
    topic = chosen;
    const overview = overviewNow();
    dialog.title.replaceChildren(`Super-topic of topic ${topic.id}: ${topic.label}`);
    choices.setAttribute("aria-label", `Super-topic of topic ${topic.id}`);
    choices.replaceChildren(...(overview.super_topics ?? []).map((each) => choice(each, topic, overview)));
    dialog.open();
  };
  return { element: dialog.element, openFor };
}

function choice({ id, label }, topic, overview) {
  const isNow = id === topic.parent;
  const input = h("input", { type: "radio", name: "tx-super-topic", value: String(id), "data-first": isNow });
  input.checked = isNow;
  const n = shownTopics(overview).filter(({ parent }) => parent === id).length;
  const whole = topic.split_from ?? null;
  const origin = whole === null ? "where it was trained" : `that of topic ${whole}, which was split`;
  return h(
    "label",
    { class: "tx-super-choice", "data-hue": hueOf(id) },
    input,
    h("span", { class: "tx-badge-swatch", "aria-hidden": "true" }),
    h("span", { dir: "auto" }, label),
    h("span", { class: "tx-detail" }, `${plural(n, "topic")}${id === topic.trained_parent ? `, ${origin}` : ""}`),
  );
}

/**
 * Create the dialog that renames a super-topic.
 * @param {Actions} actions
 * @param {() => Overview} overviewNow
 * @returns {{element: HTMLElement, openFor: (id: number) => void}}
 */
export function createSuperTopicNameDialog(actions, overviewNow) {
  const field = createField({
    save: (id, name) => actions.setParentLabel(id, name),
    leave: () => dialog.close(),
    label: "Name of the super-topic",
  });
  const dialog = createDialog({ title: "Rename the super-topic", kind: "small" });
  dialog.body.append(field.element);
  const openFor = (id) => {
    dialog.open();
    field.begin(superTopicOf(overviewNow(), id));
  };
  return { element: dialog.element, openFor };
}
