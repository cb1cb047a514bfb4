/** Names, links and numbers of the rows of both figures. */

import { decimal } from "../../lib/format.js";
import { labelOf } from "../../ui/topic-links.js";
import { digitsFor } from "./waterfall-layout.js";

const NAMES = { hidden: "Hidden topics", no_topic: "Without a topic" };

/** @param {{kind: string, topic: number | null}} row @param {Overview} overview @returns {string} */
export function rowName({ kind, topic }, overview) {
  return NAMES[kind] ?? labelOf(overview, topic);
}

/** @param {{kind: string, topic: number | null}} row @param {Partial<View>} [more] @returns {Partial<View> | null} its documents */
export function rowLink({ kind, topic }, more = {}) {
  if (kind === "hidden") return null;
  return { ...more, screen: "documents", topic: kind === "no_topic" ? "none" : topic, page: 1, sort: null, pane: "explore" };
}

/**
 * Create the function that writes a mean of the column with as many digits as its size needs.
 * @param {{topics: {mean: number | null}[]}} answer
 * @returns {(value: number | null) => string}
 */
export function inUnits({ topics }) {
  const digits = digitsFor(Math.max(0, ...topics.map(({ mean }) => Math.abs(mean ?? 0))));
  return (value) => decimal(value, digits);
}

/**
 * Create the function that writes a difference with its sign.
 * @param {number[]} differences of which the largest decides the digits
 * @returns {(value: number | null) => string}
 */
export function withSign(differences) {
  const digits = digitsFor(Math.max(0, ...differences.filter(Number.isFinite).map(Math.abs)));
  return (value) => {
    const text = decimal(value, digits);
    return value > 0 && Number(text) !== 0 ? `+${text}` : text;
  };
}
