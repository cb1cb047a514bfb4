/** The part of the top bar for edits: undo, redo, and the number of changes that are not written yet. */

import { h } from "../../../lib/dom.js";
import { enable } from "../../../lib/focus.js";
import { plural } from "../../../lib/format.js";
import { redoName, undoName } from "../history.js";
import { changeList } from "../changes.js";
import { drawnOnChange } from "../../../store/state.js";

/** Create the bar. @type {CreatePart} */
export function createPendingBar(actions) {
  const button = (label, onclick, kind = "") =>
    h("button", { type: "button", class: `tx-button ${kind}`, onclick }, label);
  const undo = button("Undo", () => actions.undo(), "tx-undo");
  const redo = button("Redo", () => actions.redo(), "tx-redo");
  const changes = button("Edits", () => actions.openChanges(), "tx-changes");
  const help = button("?", () => actions.openHelp(), "tx-button-icon tx-help");
  help.title = "Keyboard shortcuts (?)";
  help.append(h("span", { class: "tx-sr-only" }, " Keyboard shortcuts"));
  const element = h("div", { class: "tx-pending-bar tx-line-up" }, undo, redo, changes, help);
  const update = drawnOnChange(
    ({ edits, overview }) => [edits.history, edits.pending, overview === null],
    ({ edits: { history, pending }, overview }) => {
      const [back, forth] = [undoName(history), redoName(history)];
      undo.replaceChildren("Undo", h("span", { class: "tx-undo-name" }, back ? ` ${lowered(back)}` : ""));
      undo.title = back ? `Undo: ${back} (z)` : "Nothing to undo";
      redo.title = forth ? `Redo: ${forth} (Shift+z)` : "Nothing to redo";
      enable([undo, back !== null], [redo, forth !== null]);
      undo.hidden = redo.hidden = back === null && forth === null;
      const n = changeList(pending).length;
      changes.replaceChildren(n ? plural(n, "edit") : "Edits");
      changes.title = n
        ? "Review and save the edits that are not saved yet"
        : "Edits of topics";
      changes.classList.toggle("tx-changes-some", n > 0);
      changes.hidden = help.hidden = !overview;
    },
  );
  return { element, update };
}

function lowered(name) {
  return name[0].toLowerCase() + name.slice(1);
}
