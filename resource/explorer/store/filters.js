/** The active filters of a view in words, how to remove them, and how many documents match. */

import { count, percent, plural } from "../lib/format.js";
import { countsByFinalTopic } from "../model/counts-by-final-topic.js";
import { finalIds, finalTopic } from "../model/topics.js";

/** Screens that filter their documents; on those of NARROWED_TO_TOPIC the selected topic is a filter, too. */
const FILTERED = ["story", "documents", "terms", "time", "groups", "compare", "changes", "drivers"];
const NARROWED_TO_TOPIC = ["documents", "terms", "compare", "changes"];

/** With a changed filter, paging starts at the first page. */
export const FROM_THE_START = Object.freeze({ page: 1, lines: 1 });

/**
 * @typedef {Object} Filter
 * @property {string} key stable identity in the list
 * @property {string} name of the filtered property
 * @property {string} value in words
 * @property {Partial<View>} without change of the view that removes it
 * @property {Partial<View>} alone the filter by itself
 */

/** Return whether a screen filters its documents. @param {string} screen @returns {boolean} */
export function usesFilters(screen) {
  return FILTERED.includes(screen);
}

/** Return whether the selected topic filters the documents of a screen. @param {string} screen @returns {boolean} */
export function isNarrowedToTopic(screen) {
  return NARROWED_TO_TOPIC.includes(screen);
}

/**
 * List the active filters in words.
 * @param {View} view @param {Overview} overview
 * @returns {Filter[]}
 */
export function activeFilters(view, overview) {
  const without = (changes) => ({ ...changes, ...FROM_THE_START });
  const found = [];
  const add = (key, name, value, changes, alone) => found.push({ key, name, value, without: without(changes), alone });
  if (view.topic !== null && NARROWED_TO_TOPIC.includes(view.screen)) {
    add("topic", "Topic", topicName(overview, view.topic), { topic: null }, { topic: view.topic });
  }
  if (view.q) add("q", "Search", `“${view.q}”`, { q: "" }, { q: view.q });
  for (const group of view.groups) {
    const groups = changedGroups(view.groups, group.column, group.value, false);
    add(`g${group.column}:${group.value}`, groupName(overview, group.column), valueName(group.value), { groups }, { groups: [group] });
  }
  if (view.from || view.to) add("date", "Date", datesInWords(view), { from: null, to: null }, { from: view.from, to: view.to });
  if (view.min !== null || view.max !== null) {
    add("share", capital(overview.engine.probability_name), rangeInWords(view), { min: null, max: null }, { min: view.min, max: view.max });
  }
  if (view.status) add("status", "Status", view.status, { status: null }, { status: view.status });
  if (view.box) add("box", "Area", "of the document map", { box: null }, { box: view.box });
  return found;
}

/**
 * Return the change of the view that clears all filters. The topic stays where it is not a filter.
 * @param {View} view
 * @returns {Partial<View>}
 */
export function clearedFilters(view) {
  const topic = NARROWED_TO_TOPIC.includes(view.screen) ? { topic: null } : {};
  return { q: "", groups: [], from: null, to: null, min: null, max: null, status: null, box: null, ...topic, ...FROM_THE_START };
}

/**
 * Count the documents of a screen.
 * @param {View} view @param {Overview} overview
 * @param {{n: number, of: number, n_assigned: number, topics: Record<string, number>} | null} counts of the
 *   filtered documents in all topics; null without filters other than the topic
 * @returns {{n: number, of: number}}
 */
export function foundDocuments(view, overview, counts) {
  const of = counts?.of ?? overview.counts.documents;
  const all = counts?.n ?? of;
  const topic = usesFilters(view.screen) && !NARROWED_TO_TOPIC.includes(view.screen) ? null : view.topic;
  if (topic === null) return { n: all, of };
  if (topic === "none") return { n: all - (counts?.n_assigned ?? overview.counts.assigned), of };
  const final = finalTopic(overview, topic);
  const counted = countsByFinalTopic(counts, finalIds(overview));
  return { n: (counted ? counted.topics[final?.id] : final?.n_documents) ?? 0, of };
}

/**
 * Return whether pending merges change which documents belong to the selected topic: the backend lists and counts
 * documents by the written edits.
 * @param {View} view
 * @param {Overview} overview with the pending edits
 * @param {Overview} served without them
 * @returns {boolean}
 */
export function hasPendingMerge(view, overview, served) {
  return foundDocuments(view, overview, null).n !== foundDocuments(view, served, null).n;
}

/**
 * Describe how many documents match.
 * @param {{n: number, of: number}} found
 * @returns {string} as "1,204 of 11,108 documents"
 */
export function foundInWords({ n, of }) {
  return n === of ? plural(of, "document") : `${count(n)} of ${plural(of, "document")}`;
}

/**
 * Describe what a picture or file of the view shows: topic, filters, number of documents, dataset and day.
 * @param {View} view @param {Overview} overview @param {Parameters<typeof foundDocuments>[2]} counts
 * @param {Date} day
 * @returns {{line: string, name: string}} a line, and the topic for the name of a file
 */
export function captionOf(view, overview, counts, day) {
  const isTopic = Number.isInteger(view.topic);
  const filters = activeFilters(view, overview).filter(({ key }) => key !== "topic");
  const parts = [
    isTopic && `Topic ${topicName(overview, view.topic)}`,
    ...filters.map(({ name, value }) => `${name}: ${value}`),
    foundInWords(foundDocuments(view, overview, counts)),
    overview.datasets?.document_topics,
    day.toISOString().slice(0, 10),
  ];
  return { line: parts.filter(Boolean).join(" · "), name: isTopic ? `topic ${view.topic}` : "" };
}

/**
 * Add a value of a group column to the filters, or remove it.
 * @param {{column: number, value: string}[]} groups @param {number} column @param {string} value
 * @param {boolean} on
 * @returns {{column: number, value: string}[]}
 */
export function changedGroups(groups, column, value, on) {
  const others = groups.filter((group) => group.column !== column || group.value !== value);
  return on ? [...others, { column, value }] : others;
}

/** Add the first page to a change of filters. @param {Partial<View>} changes @returns {Partial<View>} */
export function filterChange(changes) {
  return { ...changes, ...FROM_THE_START };
}

/**
 * Order the two ends of a range.
 * @template {number | string} End
 * @param {End | null} low @param {End | null} high
 * @returns {(End | null)[]} ascending
 */
export function rising(low, high) {
  return low !== null && high !== null && low > high ? [high, low] : [low, high];
}

/**
 * Parse a percentage.
 * @param {string} typed as "12.5"
 * @returns {number | null} share of 0 to 1 with four digits, as in the address; null for anything but a number
 */
export function typedShare(typed) {
  const number = Number(typed);
  return typed.trim() === "" || !Number.isFinite(number) ? null : Math.round(Math.min(100, Math.max(0, number)) * 100) / 10000;
}

/** @param {Overview} overview @param {number} column index @returns {string} */
export function groupName(overview, column) {
  return overview.groups?.find(({ index }) => index === column)?.name ?? `Column ${column}`;
}

/** @param {string} value of a group @returns {string} */
export function valueName(value) {
  return value === "" ? "no value" : value;
}

/** @param {string} name @returns {string} */
export function capital(name) {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function topicName(overview, topic) {
  if (topic === "none") return "none";
  const final = finalTopic(overview, topic);
  return final ? `${final.id}: ${final.label}` : String(topic);
}

function datesInWords({ from, to }) {
  if (from && to) return from === to ? from : `${from} to ${to}`;
  return from ? `from ${from}` : `to ${to}`;
}

function rangeInWords({ min, max }) {
  if (min !== null && max !== null) return `${percent(min)} to ${percent(max)}`;
  return min !== null ? `at least ${percent(min)}` : `at most ${percent(max)}`;
}
