/** What of the state belongs to edits, and the overview that follows from what was served and what is pending. */

import { historyFrom, present } from "./pending/history.js";
import { applyPending } from "./pending/overlay.js";
import { editsInForce, NOTHING_PENDING, settled } from "./pending/changes.js";

/**
 * @typedef {Object} Writing
 * @property {"idle" | "writing" | "failed" | "conflict"} state
 * @property {string | null} error sentence
 * @property {Edit[]} conflicts what others changed meanwhile
 * @property {string | null} [version] of the edits, after a conflict
 */

/** @type {Writing} */
export const NOT_WRITING = Object.freeze({ state: "idle", error: null, conflicts: [] });

/**
 * Give the part of the state that edits begin with.
 * @returns {Partial<State>} `served` is the overview as the backend gave it, `overview` has the pending edits laid over it
 */
export function initialEdits() {
  return { served: null, history: historyFrom(), seen: null, writing: NOT_WRITING, renaming: null };
}

/**
 * Make the function that keeps `pending` and `overview` in step with the rest of the state.
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
      // What others have written in the same words is pending no more.
      pending = state.served ? settled(present(state.history), editsInForce(state.served, edits)) : NOTHING_PENDING;
      overview = applyPending(state.served, pending, edits);
    }
    inputs = now;
    // A name is given in place of the chosen topic's title; who goes elsewhere has left it.
    const renaming = state.renaming === state.view?.topic ? state.renaming : null;
    return { ...state, pending, overview, renaming };
  };
}
