/** The panel of changes: pending edits, writing them back, and the log of written edits. */

import { h } from "../../../lib/dom.js";
import { redraw } from "../../../lib/focus.js";
import { plural } from "../../../lib/format.js";
import { changeList } from "../changes.js";
import { drawnOnChange } from "../../../store/state.js";
import { createDialog } from "../../../ui/dialog.js";
import { emptyNotice } from "../../../ui/topic-links.js";
import { changeItem } from "./item.js";
import { createConflicts } from "./conflicts.js";
import { writtenEdits } from "./log.js";

/**
 * Create the panel.
 * @param {Actions} actions
 * @returns {{element: HTMLElement, open: () => void, close: () => void, update: (state: State) => void}}
 */
export function createPendingPanel(actions) {
  const dialog = createDialog({ title: "Edits of topics", kind: "side" });
  const pending = h("section", { class: "tx-pending" });
  const conflicts = createConflicts(actions);
  const written = h("section", { class: "tx-section" });
  dialog.body.append(conflicts.element, pending, written);
  let latest = null;
  const draw = drawnOnChange(
    ({ overview, edits, answers }) => [overview, edits.pending, edits.writing, answers.edits],
    (state) => {
      const reason =
        state.overview.capabilities?.edit?.on === true ? null : (state.overview.capabilities?.edit?.reason ?? NO_EDITS);
      conflicts.update(state);
      redraw(
        pending,
        ...(reason === null
          ? pendingPart(state, actions)
          : [emptyNotice("Topics cannot be edited here", h("p", {}, reason))]),
      );
      redraw(written, ...(reason === null ? writtenEdits(state, actions) : []));
    },
  );
  const update = (state) => {
    latest = state;
    if (dialog.element.open && state.overview) draw(state);
  };
  const open = () => {
    if (latest?.overview) draw(latest);
    dialog.open();
  };
  return { element: dialog.element, open, close: dialog.close, update };
}

const NO_EDITS = "Select the folder 'Model' in the settings of this webapp: edits are saved in it.";

function pendingPart(state, actions) {
  const changes = changeList(state.edits.pending);
  const title = h(
    "h3",
    { class: "tx-small-title" },
    changes.length ? `Not saved yet: ${plural(changes.length, "edit")}` : "Not saved yet",
  );
  if (!changes.length)
    return [
      title,
      h(
        "p",
        { class: "tx-panel-note" },
        "No edits. Rename, merge or hide topics, check the result, then save the edits here.",
      ),
    ];
  const items = changes.map((change) =>
    changeItem(change, state, () => actions.dropChange(change.id, change.part)),
  );
  return [
    title,
    h("ul", { class: "tx-above-2" }, ...items),
    ...impossible(state.overview),
    // After a conflict, versions are chosen first, above.
    ...(state.edits.writing.state === "conflict" ? [] : writeBack(state, changes.length, actions)),
  ];
}

/** Warn of merges that later edits of others have made impossible. */
function impossible({ impossible: topics = [] }) {
  return topics.map((id) =>
    h(
      "p",
      { class: "tx-warning" },
      `Topic ${id} cannot be merged: someone else has merged the other topic into it. ` +
        "Remove your merge.",
    ),
  );
}

function writeBack({ answers, edits: { writing } }, n, actions) {
  const { writable, visitor, dataset } = answers.edits?.value ?? {};
  const isWriting = writing.state === "writing";
  const refused = writable?.on === false ? (writable.reason ?? "You are not allowed to save.") : null;
  const where = dataset ? `the model folder and the dataset ${dataset}` : "the model folder";
  const who = visitor ? ` as ${visitor.name || visitor.login}` : "";
  // Not disabled, so that a press can show the reason.
  const write = h(
    "button",
    {
      type: "button",
      class: "tx-button tx-button-strong",
      "aria-disabled": String(refused !== null || isWriting),
      onclick: () => refused === null && actions.write(),
    },
    isWriting ? "Saving…" : `Save ${plural(n, "edit")}`,
  );
  return [
    writing.state === "failed" &&
      h(
        "p",
        { class: "tx-warning", role: "alert" },
        `Not saved. ${writing.error} Your edits are still on this page.`,
      ),
    refused !== null && h("p", { class: "tx-warning" }, `${refused} Your edits are still on this page.`),
    h(
      "div",
      { class: "tx-dialog-buttons" },
      write,
      h("button", { type: "button", class: "tx-button", onclick: () => actions.dropAll() }, "Remove all"),
    ),
    refused === null &&
      h(
        "p",
        { class: "tx-panel-note" },
        `Edits are saved in ${where}${who}. The trained topics and the documents' topic ids stay as they are; ` +
          "'Assign topics' applies the edits to documents.",
      ),
  ].filter(Boolean);
}
