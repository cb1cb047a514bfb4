/** The dialog that moves a document to another topic: find the topic, then move or cancel. */

import { h } from "../../lib/dom.js";
import { createDialog } from "../../ui/dialog.js";
import { createTargetList } from "../merge/targets.js";
import { moveTargets } from "./moving.js";

/**
 * Create the dialog.
 * @param {Actions} actions
 * @param {{overviewNow: () => Overview}} means
 * @returns {{element: HTMLElement, openFor: (document: any) => void}}
 */
export function createMoveDialog(actions, { overviewNow }) {
  let opened = null;
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
  const note = h(
    "p",
    { class: "tx-panel-note tx-move-note" },
    "A correction of this document alone. 'Assign topics' applies it to the row with the same id and text.",
  );
  dialog.body.append(note, targets.element, h("div", { class: "tx-dialog-buttons" }, move, cancel));
  const choose = (target) => {
    into = target;
    targets.mark(into);
    move.disabled = into === null;
    move.replaceChildren(into === null ? "Move" : `Move to topic ${into}`);
  };
  const finish = () => {
    dialog.close();
    actions.moveWithUndo(opened, into);
  };
  const openFor = (document) => {
    opened = document;
    dialog.title.replaceChildren(`Move ${document.key} to topic…`);
    targets.begin();
    choose(null);
    dialog.open();
  };
  return { element: dialog.element, openFor };
}
