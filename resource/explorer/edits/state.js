/** The part of the state for edits, and the overview computed from served overview and pending edits. */

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

/**
 * Return the initial state of edits.
 * @returns {Partial<State>} `served` is the overview from the backend, `overview` has the pending edits applied
 */
export function initialEdits() {
  return { served: null, history: historyFrom(), seen: null, writing: NOT_WRITING, renaming: null };
}

/**
 * Create the function that keeps `pending` and `overview` up to date with the rest of the state.
 * @returns {(state: State) => State}
 */
export function createOverlay() {
  let inputs = [];
  let pending = NOTHING_PENDING;
  let overview = null;
  return (state) => {
    const edits = state.edits?.value ?? null;
    const now = [state.served, present(state.history), edits];
    if (now.some((input, i) => input !== inputs[i])) {
      // An edit that others have written identically is no longer pending.
      pending = state.served ? settled(present(state.history), currentEdits(state.served, edits)) : NOTHING_PENDING;
      overview = applyPending(state.served, pending, edits);
    }
    inputs = now;
    // The field replaces the selected topic's title; selecting another topic closes it.
    const renaming = state.renaming === state.view?.topic ? state.renaming : null;
    return { ...state, pending, overview, renaming };
  };
}
