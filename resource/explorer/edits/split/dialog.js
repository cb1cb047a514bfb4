/** The dialog that splits a topic: choose the number of parts, see and name the sub-topics, then split or cancel. */

import { h } from "../../lib/dom.js";
import { redraw } from "../../lib/focus.js";
import { plural } from "../../lib/format.js";
import { faultOfName } from "../pending/changes.js";
import { topicOf } from "../../model/topics.js";
import { createChoice } from "../../ui/controls.js";
import { createDialog } from "../../ui/dialog.js";
import { createPartList } from "./parts.js";

const NUMBERS = ["2", "3", "4"];

/**
 * Create the dialog.
 * @param {Actions} actions
 * @param {{overviewNow: () => Overview, preview: (id: number, parts: number, signal: AbortSignal) => Promise<any>}} means
 * @returns {{element: HTMLElement, openFor: (topic: number) => void}}
 */
export function createSplitDialog(actions, { overviewNow, preview }) {
  let id = null;
  let answer = null;
  let running = null;
  const parts = createPartList();
  const says = h("div", { "aria-live": "polite" });
  const fault = h("p", { class: "tx-field-fault", role: "alert" });
  const numbers = createChoice("Number of parts", NUMBERS.map((value) => ({ value, label: value })), (value) => show(value));
  const split = h("button", { type: "button", class: "tx-button tx-button-strong", onclick: () => finish() }, "Split");
  const dialog = createDialog({ title: "Split", kind: "wide", onClose: () => running?.abort() });
  const cancel = h("button", { type: "button", class: "tx-button", onclick: dialog.close }, "Cancel");
  dialog.body.append(
    h("div", { class: "tx-split-head tx-line-up" }, h("span", { class: "tx-soft tx-small" }, "Number of parts"), numbers.element),
    says,
    parts.element,
    fault,
    h("div", { class: "tx-dialog-buttons" }, split, cancel),
  );
  const draw = (wanted, words, value) => {
    answer = value;
    split.disabled = value === null;
    split.replaceChildren(value === null ? "Split" : `Split into ${value.parts.length}`);
    redraw(says, ...words);
    parts.show(value?.parts ?? []);
    fault.replaceChildren();
    numbers.update(wanted);
  };
  const show = async (wanted) => {
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    draw(wanted, [h("p", { class: "tx-quiet" }, "Reading the documents and looking for sub-topics…")], null);
    await preview(id, Number(wanted), signal).then(
      (value) => signal.aborted || draw(wanted, described(value, Number(wanted)), value),
      (error) => signal.aborted || draw(wanted, [h("p", { class: "tx-warning" }, error.message)], null),
    );
  };
  const finish = () => {
    const labels = parts.labels();
    const found = labels.map(faultOfName).find((sentence) => sentence !== null) ?? null;
    fault.replaceChildren(found ?? "");
    if (found !== null) return;
    dialog.close();
    actions.splitWithUndo(id, splitOf(answer, labels));
  };
  const openFor = (topic) => {
    id = topic;
    dialog.title.replaceChildren(`Split topic ${id}, ${topicOf(overviewNow(), id).label}`);
    dialog.open();
    return show(NUMBERS[0]);
  };
  return { element: dialog.element, openFor };
}

/** Describe what was found, and what happens to the topic. */
function described({ n_documents: n, parts }, wanted) {
  const fewer = parts.length < wanted && h("p", { class: "tx-warning" }, `Only ${parts.length} parts differ enough.`);
  const promise =
    `${plural(n, "document")} by their words, in place of the topic. Each sub-topic gets a new number when you save; ` +
    "the number of the topic is kept, and the split can be undone.";
  return [fewer, h("p", { class: "tx-panel-note" }, promise)].filter(Boolean);
}

/**
 * Return the value of the edit: the sub-topics of a preview with the labels the user gave them, and with the figures
 * that are shown until it is saved.
 * @param {{split: {terms: string[], parts: Object[]}, parts: any[]}} preview @param {string[]} labels
 * @returns {{terms: string[], parts: Object[]}}
 */
export function splitOf({ split, parts }, labels) {
  const figures = parts.map(({ n_documents, top_terms }) => ({ n_documents, top_terms }));
  return { ...split, parts: split.parts.map((part, i) => ({ ...part, label: labels[i].trim(), preview: figures[i] })) };
}
