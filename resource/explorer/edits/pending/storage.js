/** Store pending edits with the browser tab, so that they survive a reload; one model's edits at a time. */

import { PARTS } from "./changes.js";

const KEY = "text-explorer-pending";

/**
 * Return the key of the model: edits of its topics do not apply to another model.
 * @param {Overview} served
 * @returns {string}
 */
export function modelKey(served) {
  if (served.model?.model_id) return served.model.model_id;
  const labels = served.topics.map(({ trained_label: trained, label }) => trained ?? label);
  return JSON.stringify([served.datasets, served.model?.seed ?? null, labels]);
}

/**
 * Return the storage of the tab. Without permission to use it, edits are lost on reload.
 * @param {Window} page
 * @returns {Storage | null}
 */
export function storageOf(page) {
  try {
    return page.sessionStorage;
  } catch {
    return null; // a sandboxed frame or a browser that forbids it
  }
}

/**
 * Store the pending edits.
 * @param {Storage | null} storage
 * @param {string} model key of the model
 * @param {{pending: Pending, seen: string | null}} edits
 */
export function storePending(storage, model, { pending, seen }) {
  try {
    if (Object.keys(pending).length) storage?.setItem(KEY, JSON.stringify({ model, pending, seen }));
    else storage?.removeItem(KEY);
  } catch {
    // Full or forbidden storage: the browser asks before the page is left, so nothing is lost silently.
  }
}

/**
 * Read the stored edits of a model.
 * @param {Storage | null} storage @param {string} model
 * @returns {{pending: Pending, seen: string | null} | null} null where there is nothing usable
 */
export function restorePending(storage, model) {
  try {
    const found = JSON.parse(storage?.getItem(KEY) ?? "null");
    return found?.model === model && isPending(found.pending)
      ? { pending: found.pending, seen: text(found.seen) }
      : null;
  } catch {
    return null; // forbidden, or not written by this page
  }
}

function isPending(pending) {
  return (
    typeof pending === "object" &&
    pending !== null &&
    Object.entries(pending).every(([id, changes]) => /^\d{1,9}$/.test(id) && isChange(changes))
  );
}

const KINDS = {
  label: (value) => typeof value === "string",
  merged_into: Number.isInteger,
  hidden: (value) => typeof value === "boolean",
  note: (value) => typeof value === "string",
  split: (value) => Array.isArray(value?.terms) && Array.isArray(value.parts),
  documents: (value) => Array.isArray(value) && value.every((document) => typeof document?.digest === "string"),
  parent: Number.isInteger,
  parent_label: (value) => typeof value === "string",
};

function isChange(changes) {
  const entries = Object.entries(changes ?? {});
  return (
    entries.length > 0 &&
    entries.every(([part, value]) => PARTS.includes(part) && (value === null || KINDS[part](value)))
  );
}

function text(value) {
  return typeof value === "string" ? value : null;
}
