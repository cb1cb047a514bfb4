/** The user's own edits in the state, and the overview computed from the served one and the pending edits. */

import { historyFrom, present } from "./pending/history.js";
import { applyPending } from "./pending/overlay.js";
import { currentEdits, NOTHING_PENDING, settled } from "./pending/changes.js";

/**
 * @typedef {Object} Writing
 * @property {"idle" | "writing" | "failed" | "conflict"} state
 * @property {string | null} error sentence
 * @property {Edit[]} conflicts edits others wrote in the meantime
 * @property {string | null} [version] of the edits, after a conflict
 */

/** @type {Writing} */
export const NOT_WRITING = Object.freeze({ state: "idle", error: null, conflicts: [] });

/** @returns {Edits} at the start */
export function initialEdits() {
  return { history: historyFrom(), pending: NOTHING_PENDING, seen: null, writing: NOT_WRITING, renaming: null };
}

/**
 * Create the function that keeps the pending edits and `overview` up to date with the rest of the state.
 * @returns {(state: State) => State}
 */
export function createOverlay() {
  let inputs = [];
  let pending = NOTHING_PENDING;
  let overview = null;
  return (state) => {
    const { served, edits } = state;
    const written = state.answers.edits?.value ?? null;
    const now = [served, present(edits.history), written];
    if (now.some((input, i) => input !== inputs[i])) {
      // An edit that others have written identically is no longer pending.
      pending = served ? settled(present(edits.history), currentEdits(served, written)) : NOTHING_PENDING;
      overview = applyPending(served, pending, written);
    }
    inputs = now;
    // The field replaces the selected topic's title; selecting another topic closes it.
    const renaming = edits.renaming === state.view.topic ? edits.renaming : null;
    return { ...state, overview, edits: { ...edits, pending, renaming } };
  };
}
