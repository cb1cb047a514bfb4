/** Convert the view to the part of the address after "#" and back, for the Back button and for links. */

import { DEFAULT_LAMBDA } from "../model/relevance.js";

/**
 * @typedef {Object} View
 * @property {string} screen one of SCREEN_IDS
 * @property {number | "none" | null} topic chosen topic, "none" for the documents without one, null for all
 * @property {number | null} doc row of the open document
 * @property {number[] | null} at span of that document to scroll to, in code points
 * @property {string} q search
 * @property {{column: number, value: string}[]} groups filter: values of group columns
 * @property {string | null} from first day, YYYY-MM-DD
 * @property {string | null} to last day, YYYY-MM-DD
 * @property {number | null} min minimum probability of a document's topic
 * @property {number | null} max maximum probability
 * @property {string | null} status of a document
 * @property {number[] | null} box filter: area of the document map, left, top, right, bottom, -1 to 1
 * @property {string} near text that documents are ranked by, see "search by meaning"
 * @property {"list" | "map"} docs shape of the "Documents" screen
 * @property {string | null} term selected term
 * @property {string} find prefix of the listed terms
 * @property {number} page of the listed things, from 1
 * @property {number} size of a page of documents
 * @property {number} lines page of the lines that hold the term, from 1
 * @property {string | null} sort of the listed things
 * @property {number} lambda of the terms' relevance
 * @property {"bars" | "map" | "matrix"} shape of the overview
 * @property {"share" | "name" | "id" | "coherence"} order of the topics
 * @property {"grouped" | "flat" | null} levels topics by super-topic or not; null: by their number
 * @property {string | null} open unfolded super-topics: "all", "none" or their numbers; null: by the number of topics
 * @property {"share" | "count"} measure of charts over time
 * @property {string} by length of a period
 * @property {number} mean periods that charts over time take a moving mean of
 * @property {number} column group column of the heat map
 * @property {number} round of the quiz
 * @property {string | null} a first side of a comparison, see `sides.js`
 * @property {string | null} b second side
 * @property {"before" | "other" | "drift" | "previous" | null} against what the documents of today are compared with
 * @property {string | null} since first day of the last period
 * @property {number} number index of the numeric column
 * @property {boolean} wide whether the open document takes the whole width
 * @property {"topics" | "explore" | "document"} pane shown on a narrow screen
 */

const SCREEN_IDS = [
  "story", "overview", "documents", "terms", "time", "groups", "compare", "changes", "drivers", "models", "try", "review",
];
const PANES = ["topics", "explore", "document"];
const SHAPES = ["bars", "map", "matrix"];
const ORDERS = ["share", "name", "id", "coherence"];
const LEVELS = ["grouped", "flat"];
const OPEN = /^(all|none|-?\d{1,4}(-\d{1,4}){0,60})$/;
const MEASURES = ["share", "count"];
const PERIODS = ["auto", "day", "week", "month", "quarter", "year", "5-years", "10-years", "25-years"];
/** Numbers of periods that a moving mean is taken over; 1 is none. */
export const MEANS = [1, 3, 5, 9];
export const DOCUMENT_SORTS = ["row", "probability", "-probability", "date", "-date", "match", "explained"];
export const TERM_SORTS = ["saliency", "count", "term"];
/** Choices of documents per page. */
export const PAGE_SIZES = [25, 50, 100];
const MAX_TEXT = 200;
// Limits of the backend, so that every choice in the page can be restored from the address.
const MAX_VALUE = 2_000;
const MAX_GROUPS = 200;
const MAX_SIDE = 20_000;

/** Each part of the view: its default, and how its text is parsed (null: unreadable, use the default). */
const PARTS = {
  screen: { usual: "story", read: oneOf(SCREEN_IDS) },
  topic: { usual: null, read: (text) => (text === "none" ? "none" : whole(text)) },
  doc: { usual: null, read: whole },
  at: { usual: null, read: span },
  q: { usual: "", read: (text) => text.slice(0, MAX_TEXT) },
  groups: { usual: Object.freeze([]), read: null },
  from: { usual: null, read: day },
  to: { usual: null, read: day },
  min: { usual: null, read: share },
  max: { usual: null, read: share },
  status: { usual: null, read: (text) => text.slice(0, MAX_VALUE) || null },
  box: { usual: null, read: box },
  near: { usual: "", read: (text) => text.slice(0, MAX_TEXT) },
  docs: { usual: "list", read: oneOf(["list", "map"]) },
  term: { usual: null, read: (text) => text.slice(0, MAX_TEXT) || null },
  find: { usual: "", read: (text) => text.slice(0, MAX_TEXT) },
  page: { usual: 1, read: (text) => whole(text) || null },
  size: { usual: PAGE_SIZES[0], read: (text) => PAGE_SIZES.find((size) => String(size) === text) ?? null },
  lines: { usual: 1, read: (text) => whole(text) || null },
  sort: { usual: null, read: oneOf([...DOCUMENT_SORTS, ...TERM_SORTS]) },
  lambda: { usual: DEFAULT_LAMBDA, read: (text) => (/^(0|1|0?\.\d|1\.0|0\.0)$/.test(text) ? Number(text) : null) },
  shape: { usual: "bars", read: oneOf(SHAPES) },
  order: { usual: "share", read: oneOf(ORDERS) },
  levels: { usual: null, read: oneOf(LEVELS) },
  open: { usual: null, read: (text) => (OPEN.test(text) ? text : null) },
  measure: { usual: "share", read: oneOf(MEASURES) },
  by: { usual: "auto", read: oneOf(PERIODS) },
  mean: { usual: 1, read: (text) => MEANS.find((mean) => String(mean) === text) ?? null },
  column: { usual: 0, read: whole },
  round: { usual: 0, read: whole },
  a: { usual: null, read: (text) => text.slice(0, MAX_SIDE) || null },
  b: { usual: null, read: (text) => text.slice(0, MAX_SIDE) || null },
  against: { usual: null, read: oneOf(["before", "other", "drift", "previous"]) },
  since: { usual: null, read: day },
  number: { usual: 0, read: whole },
  wide: { usual: false, read: (text) => text === "true" || null },
  pane: { usual: "explore", read: oneOf(PANES) },
};

/** @type {View} */
export const DEFAULT_VIEW = Object.freeze(
  /** @type {any} */ (Object.fromEntries(Object.entries(PARTS).map(([name, { usual }]) => [name, usual]))),
);

/** The change of the view that clears its filters. */
export const NO_FILTERS = Object.freeze({ groups: [], from: null, to: null, min: null, max: null, status: null, box: null });

/**
 * Write a view as a hash, without default values.
 * @param {View} view
 * @returns {string} "#" and the parameters, or "#" alone
 */
export function toHash(view) {
  const parameters = new URLSearchParams();
  for (const name of Object.keys(PARTS).filter((part) => part !== "screen")) {
    const value = view[name];
    if (name === "groups") for (const group of value) parameters.append("g", `${group.column}:${group.value}`);
    else if (value !== null && value !== (name === "pane" ? usualPane(view.doc) : DEFAULT_VIEW[name])) {
      parameters.set(name, Array.isArray(value) ? value.join(name === "box" ? "," : "-") : String(value));
    }
  }
  if (view.screen === usualScreen(parameters)) return `#${parameters}`;
  return `#${[`screen=${view.screen}`, String(parameters)].filter(Boolean).join("&")}`;
}

/** Return the screen of an address that names none: of one that has other parts, as links of earlier versions, the overview. */
function usualScreen(parameters) {
  return parameters.size ? "overview" : DEFAULT_VIEW.screen;
}

/** Parse a view from a hash; anything unreadable gets its default. @param {string} hash @returns {View} */
export function fromHash(hash) {
  return settled(read(hash));
}

/**
 * Normalize a view: a search over all topics is shown on the documents screen, where alone documents are ranked by
 * meaning; the story is not of one topic.
 * @param {View} view
 * @returns {View}
 */
export function settled(view) {
  if (view.near && view.screen !== "documents") return settled({ ...view, near: "" });
  if (view.screen === "story") return view.topic === null ? view : { ...view, topic: null };
  return view.screen === "overview" && view.topic === null && view.q ? { ...view, screen: "documents" } : view;
}

/** @param {string} hash @returns {View} */
function read(hash) {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  /** @type {any} */
  const view = {};
  for (const [name, part] of Object.entries(PARTS)) {
    if (part.read) view[name] = part.read(parameters.get(name) ?? "") ?? part.usual;
  }
  const groups = parameters.getAll("g").slice(0, MAX_GROUPS).map(group).filter(Boolean);
  if (!parameters.has("screen")) view.screen = usualScreen(parameters);
  return { ...view, groups, pane: oneOf(PANES)(parameters.get("pane") ?? "") ?? usualPane(view.doc) };
}

/** A link to a document opens the document's pane, where only one pane is visible. */
function usualPane(doc) {
  return doc === null ? DEFAULT_VIEW.pane : "document";
}

function oneOf(allowed) {
  return (text) => (allowed.includes(text) ? text : null);
}

function whole(text) {
  return /^\d{1,11}$/.test(text) ? Number(text) : null;
}

function span(text) {
  const match = /^(\d{1,9})-(\d{1,9})$/.exec(text);
  return match && Number(match[1]) < Number(match[2]) ? [Number(match[1]), Number(match[2])] : null;
}

function box(text) {
  const numbers = text.split(",");
  return numbers.length === 4 && numbers.every((part) => /^-?(1|0|0?\.\d{1,4})$/.test(part)) ? numbers.map(Number) : null;
}

function group(text) {
  const match = /^(\d{1,3}):(.*)$/s.exec(text);
  return match && match[2].length <= MAX_VALUE && { column: Number(match[1]), value: match[2] };
}

function day(text) {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text < "0001") return null;
  // The browser reads the 30th of February as the first or second of March.
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null;
}

function share(text) {
  return /^(0|1|0?\.\d{1,4}|1\.0+|0\.0+)$/.test(text) ? Number(text) : null;
}
