/** The two sides of a comparison: each a set of filters, written as in the address; what they are without a choice. */

import { spanChoices, spanInWords } from "../lib/spans.js";
import { shownTopics } from "../model/topics.js";
import { activeFilters } from "./filters.js";
import { DEFAULT_VIEW, fromHash, toHash } from "./view-address.js";

/** A side that is no set of filters. */
export const ALL = "all";
export const OTHERS = "others";

/** @typedef {Pick<View, "topic" | "q" | "groups" | "from" | "to" | "min" | "max" | "status" | "box">} Filters */

/** Filters that are one choice together. */
const DIMENSIONS = [["topic"], ["q"], ["from", "to"], ["min", "max"], ["status"], ["box"]];
const NAMES = /** @type {(keyof Filters)[]} */ ([...DIMENSIONS.flat(), "groups"]);

const filtersOf = (view) => /** @type {Filters} */ (Object.fromEntries(NAMES.map((name) => [name, view[name]])));

/** @param {string} side @returns {Filters} none for all documents, and for all others */
export function readSide(side) {
  return filtersOf(side === ALL || side === OTHERS ? DEFAULT_VIEW : fromHash(side));
}

/** @param {Partial<Filters>} filters @returns {string} the side as in the address */
export function writeSide(filters) {
  const text = new URLSearchParams(toHash({ ...DEFAULT_VIEW, ...filters }).slice(1));
  text.delete("screen");
  return String(text) || ALL;
}

/**
 * Return the sides of the address, or those that are shown without a choice: the two largest groups of the column with
 * the fewest values, else the last period or the largest topic against all others.
 * @param {View} view @param {Overview | null} overview
 * @returns {{a: string, b: string}}
 */
export function shownSides({ a, b }, overview) {
  if (a !== null) return { a, b: b ?? OTHERS };
  const [first, second] = overview ? firstSides(overview) : [ALL];
  return { a: first, b: b ?? second ?? OTHERS };
}

/** @param {Overview} overview */
function firstSides(overview) {
  const columns = (overview.groups ?? []).map(({ index, values }) => groupsOf(index, values)).filter((sides) => sides.length > 1);
  if (columns.length) return columns.reduce((fewest, sides) => (sides.length < fewest.length ? sides : fewest));
  const [last] = overview.periods ? spanChoices(overview.periods.first, overview.periods.last) : [];
  if (last) return [writeSide({ from: last.from, to: last.to })];
  const [largest] = [...shownTopics(overview)].sort((one, other) => other.n_documents - one.n_documents);
  return [largest ? writeSide({ topic: largest.id }) : ALL];
}

/**
 * Return a side for each value of a group column, the largest first.
 * @param {number} column index @param {{value: string}[]} values
 * @returns {string[]}
 */
export function groupsOf(column, values) {
  return values.filter(({ value }) => value !== "").map(({ value }) => writeSide({ groups: [{ column, value }] }));
}

/** Write a side as the backend reads it. @param {string} side @returns {string} */
export function sideParameter(side) {
  return side === ALL ? "" : side;
}

/**
 * Return the change of the view that compares two sides. Filters of a kind that a side has apply to it alone: with them
 * on both sides nothing would be left to compare.
 * @param {View} view @param {string} a @param {string} [b] all others by default
 * @returns {Partial<View>}
 */
export function comparison(view, a, b = OTHERS) {
  const sides = [a, b].map(readSide);
  const isUsed = (name) => sides.some((side) => side[name] !== DEFAULT_VIEW[name]);
  const dropped = DIMENSIONS.filter((names) => names.some(isUsed)).flat();
  const columns = sides.flatMap(({ groups }) => groups.map(({ column }) => column));
  return {
    screen: "compare",
    a,
    b,
    ...Object.fromEntries(dropped.map((name) => [name, DEFAULT_VIEW[name]])),
    groups: view.groups.filter(({ column }) => !columns.includes(column)),
    pane: "explore",
  };
}

/**
 * Return the change of the view that compares what a finding of the story is about: a group with all others, or the two
 * spans of a topic that rose or fell.
 * @param {View} view
 * @param {{id: string, view: {g?: string[]}, chart: {spans?: {from: string | null, to: string | null}[]} | null}} finding
 * @returns {Partial<View> | null} null for findings without two sides
 */
export function comparisonOfFinding(view, { id, view: { g = [] }, chart }) {
  const [kind, column] = id.split(":");
  const group = kind === "group" && g.find((each) => each.startsWith(`${column}:`));
  if (group) return comparison(view, writeSide({ groups: [{ column: Number(column), value: group.slice(column.length + 1) }] }));
  const spans = (chart?.spans ?? []).map(({ from, to }) => writeSide({ from, to }));
  return spans.length === 2 ? comparison(view, spans[0], spans[1]) : null;
}

/**
 * Return the change of the view that filters by a side, beside the filters of both sides.
 * @param {View} view @param {string} side @param {string} other of which "all others" are the complement
 * @param {Overview} overview
 * @returns {Partial<View> | null} null where no filters select these documents
 */
export function filteredBy(view, side, other, overview) {
  const filters = side === OTHERS ? complement(readSide(other), overview) : readSide(side);
  if (!filters) return null;
  const given = NAMES.filter((name) => name !== "groups" && filters[name] !== DEFAULT_VIEW[name]);
  const columns = filters.groups.map(({ column }) => column);
  const groups = [...view.groups.filter(({ column }) => !columns.includes(column)), ...filters.groups];
  return { ...Object.fromEntries(given.map((name) => [name, filters[name]])), groups };
}

/** Only the other values of one group column are known: values too rare to be listed are not. */
function complement(filters, overview) {
  const [first] = filters.groups;
  const column = overview.groups?.find(({ index }) => index === first?.column);
  if (!column || writeSide({ groups: filters.groups }) !== writeSide(filters)) return null;
  const taken = filters.groups.map(({ value }) => value);
  const isOne = filters.groups.every((group) => group.column === first.column);
  if (!isOne || column.n_values > column.values.length) return null;
  const left = column.values.filter(({ value }) => !taken.includes(value));
  return { ...readSide(ALL), groups: left.map(({ value }) => ({ column: first.column, value })) };
}

/** @param {string} side @param {Overview} overview @returns {string} as "Democratic, 1930–1939" */
export function sideInWords(side, overview) {
  if (side === OTHERS) return "all others";
  const filters = readSide(side);
  const listed = activeFilters({ ...DEFAULT_VIEW, ...filters, screen: "documents" }, overview);
  const words = listed.map(({ key, value }) => (key === "date" ? spanInWords(filters) : value));
  return words.join(", ") || "all documents";
}
