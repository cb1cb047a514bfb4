/** The order of rows and columns of the heat map. */

import { liftCells } from "../../model/lift.js";
import { seriated, transposed } from "../../model/seriation.js";

export const ORDERS = ["alike", "size", "name"];

const MAX_LIFT = 2; // a quarter and four times; beyond, extremes of few documents would decide the order

/**
 * Order topics and values; "other values" and "no value" come last.
 * @param {any} answer of the backend, see `groups`
 * @param {{id: number, label: string, n_documents: number}[]} topics shown
 * @param {"alike" | "size" | "name"} order
 * @returns {{topics: any[], places: number[]}} places of the values in the answer
 */
export function orderedGroups(answer, topics, order) {
  const all = answer.values.map((_, index) => index);
  const isValue = (index) => answer.values[index].kind === "value";
  const [values, others] = [all.filter(isValue), all.filter((index) => !isValue(index))];
  const inOrder = { alike: byLikeness, size: bySize, name: byName }[order](answer, topics, values);
  return { topics: inOrder.topics, places: [...inOrder.places, ...others] };
}

function byLikeness(answer, topics, values) {
  const lifts = liftCells(answer, topics.map(({ id }) => id)).map((row) => values.map((index) => damped(row[index])));
  return { topics: seriated(lifts).map((i) => topics[i]), places: seriated(transposed(lifts)).map((i) => values[i]) };
}

function damped({ log2 }) {
  return Math.max(-MAX_LIFT, Math.min(MAX_LIFT, log2));
}

function bySize({ values: all }, topics, values) {
  return {
    topics: [...topics].sort((a, b) => b.n_documents - a.n_documents || a.id - b.id),
    places: [...values].sort((a, b) => all[b].n - all[a].n || a - b),
  };
}

function byName({ values: all }, topics, values) {
  // Numbers within names count as numbers, so that 9 comes before 10.
  const { compare } = new Intl.Collator("en", { numeric: true });
  return {
    topics: [...topics].sort((a, b) => compare(a.label, b.label) || a.id - b.id),
    places: [...values].sort((a, b) => compare(all[a].value, all[b].value) || a - b),
  };
}
