/** The backend answers that a view needs. All addresses are here; the views only read the answers. */

import { isNarrowedToTopic, usesFilters } from "./filters.js";
import { shownSides, sideParameter } from "./sides.js";
import { DEFAULT_VIEW, DOCUMENT_SORTS, TERM_SORTS } from "./view-address.js";

/**
 * Return the address of each answer a view needs, null where it needs none.
 * @param {View} view
 * @param {Overview | null} overview its capabilities decide what is available
 * @returns {Record<string, string | null>} by the name of the answer in the store
 */
export function neededCalls(view, overview) {
  return { ...NO_ANSWERS, ...onEveryScreen(view, overview), ...SCREENS[view.screen]?.(view, overview) };
}

const can = (overview, name) => overview?.capabilities?.[name]?.on === true;

function onEveryScreen(view, overview) {
  const search = new URLSearchParams(view.q ? { q: view.q } : {});
  return {
    // Counted by topic without filtering by topic: the list shows all topics.
    counts: isFiltered(view) ? address("counts", filterParameters({ ...view, topic: null })) : null,
    document: view.doc === null ? null : address(`documents/${view.doc}`, search),
    words: view.doc !== null && can(overview, "words") ? `documents/${view.doc}/words` : null,
    similar: view.doc === null ? null : address(`documents/${view.doc}/similar`, shownFilters(view)),
    edits: can(overview, "edit") ? "edits" : null,
    stopWords: can(overview, "stop_words") ? "stop-words" : null,
    labelSuggestions: can(overview, "label_suggestions") && can(overview, "edit") ? "label-suggestions" : null,
  };
}

/** All answers by name, none of them needed; all depend on the version of the data. */
export const NO_ANSWERS = Object.freeze({
  counts: null, document: null, words: null, similar: null, edits: null, stopWords: null, labelSuggestions: null, topic: null, documents: null,
  similarity: null, terms: null, term: null, kwic: null, proposedStopWords: null, time: null, groups: null, models: null, otherModel: null,
  review: null, reviewResults: null, story: null, storyEdits: null,
  compare: null, changes: null, drivers: null, map: null,
});

const SCREENS = {
  story: (view, overview) => ({
    story: can(overview, "story") ? address("story", filterParameters({ ...view, topic: null })) : null,
    storyEdits: can(overview, "story_edits") ? "story/edits" : null,
  }),
  overview: (view, overview) => ({
    topic: Number.isInteger(view.topic) ? `topics/${view.topic}` : null,
    documents: view.topic === null ? null : documents(view),
    terms: view.topic === null ? address("terms", given({ sort: "saliency" })) : null,
    similarity: view.topic === null && view.shape === "matrix" ? "similarity" : null,
    time: Number.isInteger(view.topic) && can(overview, "time") ? address("time", filterParameters({ ...view, topic: null, q: "" })) : null,
  }),
  documents: (view, overview) => ({
    documents: documents(view),
    map: view.docs === "map" && can(overview, "meaning") ? address("map", filterParameters(view)) : null,
  }),
  terms: (view) => ({
    terms: view.term ? null : termsAddress(view),
    proposedStopWords: view.term ? null : "stop-words/proposed",
    term: view.term ? address("term", given({ term: view.term })) : null,
    kwic: view.term ? address("kwic", given({ term: view.term, page: view.lines }), filterParameters(view)) : null,
  }),
  time: (view, overview) => ({
    time: can(overview, "time") ? address("time", given({ by: view.by }), filterParameters({ ...view, topic: null })) : null,
  }),
  groups: (view, overview) => ({
    groups: can(overview, "groups") ? address("groups", given({ column: view.column }), filterParameters({ ...view, topic: null })) : null,
  }),
  compare: (view, overview) => ({
    compare: can(overview, "compare") ? address("compare", bothSides(view, overview), filterParameters(view)) : null,
  }),
  changes: (view, overview) => ({
    changes: can(overview, "changes")
      ? address("changes", given({ against: view.against, since: view.since }), filterParameters(view))
      : null,
  }),
  drivers: (view, overview) => ({
    drivers: can(overview, "drivers")
      ? address("drivers", given({ column: view.number, since: view.since }), filterParameters({ ...view, topic: null }))
      : null,
  }),
  models: (_view, overview) => ({ models: "models", otherModel: can(overview, "other_model") ? "models/other" : null }),
  try: () => ({}),
  review: (view, overview) => ({
    review: can(overview, "review") ? address("review", given({ round: view.round })) : null,
    reviewResults: can(overview, "review") ? "review/results" : null,
  }),
};

function bothSides(view, overview) {
  const { a, b } = shownSides(view, overview);
  return new URLSearchParams({ a: sideParameter(a), b: sideParameter(b) });
}

function documents(view) {
  const size = view.size === DEFAULT_VIEW.size ? null : view.size;
  return address("documents", filterParameters(view), given({ near: view.near, page: view.page, size, sort: known(view.sort, DOCUMENT_SORTS) }));
}

/** The filters that the page shows on the screen. */
function shownFilters(view) {
  if (!usesFilters(view.screen)) return new URLSearchParams();
  return filterParameters(isNarrowedToTopic(view.screen) ? view : { ...view, topic: null });
}

/** Return the address of the list of terms, or of the file of all of them. @param {View} view @param {string} [path] @returns {string} */
export function termsAddress(view, path = "terms") {
  const page = path === "terms" ? view.page : null;
  return address(path, given({ q: view.find, topic: view.topic, page, sort: known(view.sort, TERM_SORTS) }));
}

/** A hand-typed address may contain the order of another screen. */
const known = (sort, sorts) => (sorts.includes(sort) ? sort : null);

function address(path, ...parameters) {
  const query = parameters.map(String).filter(Boolean).join("&");
  return query ? `${path}?${query}` : path;
}

/** Return the address of the report of the documents that match the filters. @param {View} view @returns {string} */
export const reportAddress = (view) => address("report", filterParameters({ ...view, topic: null }));

/** Write the filters of a view as the backend reads them. @param {View} view @returns {URLSearchParams} */
export function filterParameters(view) {
  const parameters = given({
    topic: view.topic, q: view.q, from: view.from, to: view.to, min: view.min, max: view.max, status: view.status, box: view.box,
  });
  for (const { column, value } of view.groups) parameters.append("g", `${column}:${value}`);
  return parameters;
}

/** @param {View} view @returns {boolean} whether it filters documents, other than by topic */
export function isFiltered(view) {
  return view.q !== "" || view.groups.length > 0 || [view.from, view.to, view.min, view.max, view.status, view.box].some((part) => part !== null);
}

function given(values) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== "") parameters.set(name, String(value));
  }
  return parameters;
}
