/** What a side of a comparison can be, and the first one of each kind. */

import { spanChoices } from "../../lib/spans.js";
import { shownTopics } from "../../model/topics.js";
import { ALL, groupsOf, OTHERS, readSide, writeSide } from "../../store/sides.js";

/**
 * Return the kind of a side.
 * @param {string} side
 * @returns {string} "group 0" for a value of column 0, "period", "search", "topic", "all", "others", else "several"
 */
export function kindOf(side) {
  if (side === ALL || side === OTHERS) return side;
  const { topic, q, groups, from, to, min, max, status } = readSide(side);
  const kinds = [
    topic !== null && "topic",
    q !== "" && "search",
    (from !== null || to !== null) && "period",
    (min !== null || max !== null || status !== null) && "several",
    ...groups.map(({ column }) => `group ${column}`),
  ].filter(Boolean);
  return kinds.length === 1 ? kinds[0] : kinds.length ? "several" : ALL;
}

/**
 * List the kinds that these data have.
 * @param {Overview} overview
 * @param {string} kind of the present side
 * @param {boolean} withOthers whether all others are one
 * @returns {string[][]} pairs of kind and name
 */
export function kindChoices(overview, kind, withOthers) {
  return [
    ...(overview.groups ?? []).map(({ index, name }) => [`group ${index}`, name]),
    overview.periods && ["period", "Dates"],
    ["search", "Search"],
    ["topic", "Topic"],
    withOthers && ["others", "All other documents"],
    ["all", "All documents"],
    kind === "several" && ["several", "Several filters"],
  ].filter(Boolean);
}

/**
 * Return the first side of a kind that is not the other side.
 * @param {string} kind @param {string} other @param {Overview} overview
 * @returns {string | null} null for a search, which has to be typed
 */
export function firstOfKind(kind, other, overview) {
  if (kind === ALL || kind === OTHERS) return kind;
  return choicesOf(kind, overview).map(([side]) => side).find((side) => side !== other) ?? null;
}

/**
 * List the sides of a kind.
 * @param {string} kind @param {Overview} overview
 * @returns {string[][]} pairs of side and name; none for a search
 */
export function choicesOf(kind, overview) {
  if (kind === "topic") {
    const ordered = [...shownTopics(overview)].sort((one, other) => other.n_documents - one.n_documents);
    return ordered.map(({ id, label }) => [writeSide({ topic: id }), `${id}: ${label}`]);
  }
  if (kind === "period") {
    const spans = overview.periods ? spanChoices(overview.periods.first, overview.periods.last) : [];
    return spans.map(({ from, to, label }) => [writeSide({ from, to }), label]);
  }
  const column = overview.groups?.find(({ index }) => `group ${index}` === kind);
  const values = (column?.values ?? []).filter(({ value }) => value !== "");
  return column ? groupsOf(column.index, values).map((side, i) => [side, values[i].value]) : [];
}
