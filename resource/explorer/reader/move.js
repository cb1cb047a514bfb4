/** The line of the open document that moves it to another topic, and shows where it was or will be moved. */

import { h } from "../lib/dom.js";
import { redraw } from "../lib/focus.js";
import { drawnOnChange } from "../store/state.js";
import { movedDocument, pendingMove } from "../edits/move/moving.js";
import { canStart, currentEdits } from "../edits/pending/changes.js";
import { labelOf, topicBadge } from "../ui/topic-links.js";

/** Make the line; it is hidden where topics cannot be edited, but for a document that was moved. @type {CreatePart} */
export function createMoveLine(actions) {
  const element = h("p", { class: "tx-reader-move tx-wrap tx-small" });
  const update = drawnOnChange(
    ({ answers, overview, edits }) => [answers.document, answers.edits, overview, edits.pending],
    (state) => {
      const { answers, overview, served, edits } = state;
      if (answers.document?.state !== "ready" || !overview) return;
      const document = answers.document.value;
      const canEdit = overview.capabilities?.edit?.on === true;
      const found = pendingMove(edits.pending, currentEdits(served, answers.edits?.value), movedDocument(document, overview));
      element.hidden = !canEdit && !document.moved;
      redraw(element, ...line(document, found, overview, canEdit ? actions : null, canStart(state, { documents: null })));
    },
  );
  return { element, update };
}

function line(document, found, overview, actions, isStarted) {
  const button = (name, words, onclick) =>
    h("button", { type: "button", class: "tx-link", "data-tool": name, disabled: !isStarted, onclick }, words);
  return [
    found ? willMove(found.into, overview) : document.moved && h("span", { class: "tx-quiet" }, "Moved here by hand."),
    actions && button("move", "Move to topic…", () => actions.openMove([document])),
    actions &&
      (found ? found.into !== null : document.moved) &&
      button("move-back", "Move back", () => actions.moveWithUndo([document], null)),
  ].filter(Boolean);
}

function willMove(into, overview) {
  if (into === null) return h("span", { class: "tx-unwritten" }, "Not saved yet: moves back to the topic of the model");
  const target = h("span", { class: "tx-merge-name" }, topicBadge(into), h("bdi", {}, labelOf(overview, into)));
  return h("span", { class: "tx-unwritten" }, "Not saved yet: moves to ", target);
}
