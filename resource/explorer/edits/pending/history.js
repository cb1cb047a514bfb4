/** The steps that led to the pending edits, each with all that was pending after it, so that each can be undone. */

import { NOTHING_PENDING } from "./changes.js";

/**
 * @typedef {Object} EditHistory
 * @property {{name: string | null, pending: Pending}[]} steps the first is the beginning, unnamed
 * @property {number} at the present step
 */

const MOST_STEPS = 200;

/**
 * Begin anew.
 * @param {Pending} [pending] what is pending at the beginning
 * @returns {EditHistory}
 */
export function historyFrom(pending = NOTHING_PENDING) {
  return { steps: [{ name: null, pending }], at: 0 };
}

/** @param {EditHistory} history @returns {Pending} what is pending now */
export function present(history) {
  return history.steps[history.at].pending;
}

/**
 * Add a step; what had been undone can no longer be redone.
 * @param {EditHistory} history
 * @param {string} name what the reader did
 * @param {Pending} pending after it
 * @returns {EditHistory} the same one where nothing changed
 */
export function withStep(history, name, pending) {
  if (JSON.stringify(pending) === JSON.stringify(present(history))) return history;
  const steps = [...history.steps.slice(0, history.at + 1), { name, pending }].slice(-MOST_STEPS);
  return { steps, at: steps.length - 1 };
}

/** @param {EditHistory} history @returns {EditHistory} one step back */
export function undone(history) {
  return { ...history, at: Math.max(0, history.at - 1) };
}

/** @param {EditHistory} history @returns {EditHistory} one step forth */
export function redone(history) {
  return { ...history, at: Math.min(history.steps.length - 1, history.at + 1) };
}

/** @param {EditHistory} history @returns {string | null} what undoing takes back */
export function undoName(history) {
  return history.at > 0 ? history.steps[history.at].name : null;
}

/** @param {EditHistory} history @returns {string | null} what redoing does again */
export function redoName(history) {
  return history.steps[history.at + 1]?.name ?? null;
}
