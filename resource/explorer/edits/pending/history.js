/** The steps that led to the pending edits, each with all edits pending after it, so that each can be undone. */

import { NOTHING_PENDING } from "./changes.js";

/**
 * @typedef {Object} EditHistory
 * @property {{name: string | null, pending: Pending}[]} steps the first is the start, without a name
 * @property {number} at index of the current step
 */

const MAX_STEPS = 200;

/** Start a history. @param {Pending} [pending] what is pending at the start @returns {EditHistory} */
export function historyFrom(pending = NOTHING_PENDING) {
  return { steps: [{ name: null, pending }], at: 0 };
}

/** @param {EditHistory} history @returns {Pending} current pending edits */
export function present(history) {
  return history.steps[history.at].pending;
}

/**
 * Add a step; undone steps can no longer be redone.
 * @param {EditHistory} history
 * @param {string} name what the user did
 * @param {Pending} pending after it
 * @returns {EditHistory} the same history where nothing changed
 */
export function withStep(history, name, pending) {
  if (JSON.stringify(pending) === JSON.stringify(present(history))) return history;
  const steps = [...history.steps.slice(0, history.at + 1), { name, pending }].slice(-MAX_STEPS);
  return { steps, at: steps.length - 1 };
}

/** @param {EditHistory} history @returns {EditHistory} one step back */
export function undone(history) {
  return { ...history, at: Math.max(0, history.at - 1) };
}

/** @param {EditHistory} history @returns {EditHistory} one step forward */
export function redone(history) {
  return { ...history, at: Math.min(history.steps.length - 1, history.at + 1) };
}

/** @param {EditHistory} history @returns {string | null} name of the step that undo reverts */
export function undoName(history) {
  return history.at > 0 ? history.steps[history.at].name : null;
}

/** @param {EditHistory} history @returns {string | null} name of the step that redo repeats */
export function redoName(history) {
  return history.steps[history.at + 1]?.name ?? null;
}
