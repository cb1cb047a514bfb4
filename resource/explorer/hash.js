/** The view as the part of the address after "#", and back: so that Back works and a link reopens the same view. */

import { DEFAULT_LAMBDA } from "./relevance.js?v=0.1.0";

/**
 * @typedef {Object} View
 * @property {?number|"none"} topic chosen topic, "none" for the documents without one, null for all
 * @property {?number} doc row of the open document
 * @property {?Array<number>} at span of that document to be shown, in code points
 * @property {string} q search
 * @property {number} page of the documents, from 1
 * @property {number} lambda of the terms' relevance
 * @property {"topics"|"documents"} tab of the overview
 * @property {"topics"|"explore"|"document"} pane shown on a narrow screen
 */

/** @type {View} */
export const DEFAULT_VIEW = Object.freeze({
  topic: null,
  doc: null,
  at: null,
  q: "",
  page: 1,
  lambda: DEFAULT_LAMBDA,
  tab: "topics",
  pane: "explore",
});

const TABS = ["topics", "documents"];
const PANES = ["topics", "explore", "document"];

/**
 * Write a view as a hash; what is as usual is left out.
 * @param {View} view
 * @returns {string} "#" and the parameters, or "#" alone
 */
export function toHash(view) {
  const parameters = new URLSearchParams();
  for (const name of Object.keys(DEFAULT_VIEW)) {
    const value = view[name];
    if (value === null || value === (name === "pane" ? usualPane(view.doc) : DEFAULT_VIEW[name])) continue;
    parameters.set(name, Array.isArray(value) ? value.join("-") : String(value));
  }
  return `#${parameters}`;
}

/**
 * Read a view from a hash; anything unreadable is as usual.
 * @param {string} hash
 * @returns {View}
 */
export function fromHash(hash) {
  return settled(read(hash));
}

/**
 * Bring a view into one that shows what it holds: a search over everything is shown as documents.
 * @param {View} view
 * @returns {View}
 */
export function settled(view) {
  return view.topic === null && view.q ? { ...view, tab: "documents" } : view;
}

function read(hash) {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  const given = (name) => parameters.get(name) ?? "";
  const doc = whole(given("doc"), null);
  return {
    topic: given("topic") === "none" ? "none" : whole(given("topic"), null),
    doc,
    at: span(given("at")),
    q: given("q").slice(0, 200),
    page: Math.max(1, whole(given("page"), 1)),
    lambda: lambda(given("lambda")),
    tab: TABS.includes(given("tab")) ? given("tab") : DEFAULT_VIEW.tab,
    pane: PANES.includes(given("pane")) ? given("pane") : usualPane(doc),
  };
}

/** Who opens a link to a document wants to read it, also where the screen shows one pane alone. */
function usualPane(doc) {
  return doc === null ? DEFAULT_VIEW.pane : "document";
}

function whole(text, otherwise) {
  return /^\d{1,11}$/.test(text) ? Number(text) : otherwise;
}

function span(text) {
  const match = /^(\d{1,9})-(\d{1,9})$/.exec(text);
  return match && Number(match[1]) < Number(match[2]) ? [Number(match[1]), Number(match[2])] : null;
}

function lambda(text) {
  return /^(0|1|0?\.\d|1\.0|0\.0)$/.test(text) ? Number(text) : DEFAULT_VIEW.lambda;
}
