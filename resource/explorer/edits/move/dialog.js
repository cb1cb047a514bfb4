/** The dialog that moves documents to another topic: find the topic, then move or cancel. */

import { h } from "../../lib/dom.js";
import { plural } from "../../lib/format.js";
import { createDialog } from "../../ui/dialog.js";
import { createTargetList } from "../merge/targets.js";
import { moveTargets } from "./moving.js";

/**
 * Create the dialog.
 * @param {Actions} actions
 * @param {{overviewNow: () => Overview}} means
 * @returns {{element: HTMLElement, openFor: (documents: any[], onMoved?: () => void) => void}} the documents as the
 *   answers have them; `onMoved` is called once they are moved
 */
export function createMoveDialog(actions, { overviewNow }) {
  let opened = [];
  let moved = () => {};
  let into = null;
  const targets = createTargetList({
    name: "move",
    label: "Topic to move to",
    targetsOf: (typed) => moveTargets(overviewNow(), opened, typed),
    choose: (target) => choose(target),
  });
  const move = h("button", { type: "button", class: "tx-button tx-button-strong", onclick: () => finish() }, "Move");
  const dialog = createDialog({ title: "Move to topic", kind: "small" });
  const cancel = h("button", { type: "button", class: "tx-button", onclick: dialog.close }, "Cancel");
  const note = h("p", { class: "tx-panel-note tx-move-note" });
  dialog.body.append(note, targets.element, h("div", { class: "tx-dialog-buttons" }, move, cancel));
  const choose = (target) => {
    into = target;
    targets.mark(into);
    move.disabled = into === null;
    move.replaceChildren(into === null ? "Move" : `Move to topic ${into}`);
  };
  const finish = () => {
    dialog.close();
    if (actions.moveWithUndo(opened, into)) moved();
  };
  const openFor = (documents, onMoved = () => {}) => {
    [opened, moved] = [documents, onMoved];
    dialog.title.replaceChildren(`Move ${named(documents)} to topic…`);
    note.replaceChildren(documents.length === 1 ? OF_ONE : OF_SEVERAL);
    targets.begin();
    choose(null);
    dialog.open();
  };
  return { element: dialog.element, openFor };
}

const OF_ONE = "A correction of this document alone. 'Assign topics' applies it to the row with the same id and text.";
const OF_SEVERAL = "A correction of these documents alone. 'Assign topics' applies it to the rows with the same ids and texts.";

/** Name documents in a sentence: one by its id, several by their number. @param {{key: string}[]} documents */
export function named(documents) {
  return documents.length === 1 ? documents[0].key : plural(documents.length, "document");
}
