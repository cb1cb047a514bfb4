/** The note above the document map: what is drawn, what its greys mean, and how it is made. */

import { count, decimal, percent, plural } from "../../../lib/format.js";
import { hueOf, N_HUES } from "../../../lib/palette.js";
import { explained } from "../../../ui/popover.js";

/**
 * @typedef {Object} MapFacts
 * @property {number} n documents
 * @property {number} n_placed documents with a place on the map
 * @property {number} n_drawn
 * @property {number} n_matching documents with a place that match the filters
 * @property {number} n_matching_drawn
 * @property {any} quality
 */

/**
 * @typedef {Object} MapTopic
 * @property {string} label
 * @property {number} hue
 * @property {number | null} near topic of the nearest island
 */

/**
 * Write the note.
 * @param {MapFacts} answer
 * @param {MapTopic[]} topics the largest first
 * @param {boolean} bySuper whether colours are those of super-topics
 * @param {(topic: number) => string} labelOfTopic
 * @returns {(string | HTMLElement)[]}
 */
export function noteOf(answer, topics, bySuper, labelOfTopic) {
  const [first] = topics;
  const near = first && first.near !== null ? ` The largest is “${first.label}”, next to “${labelOfTopic(first.near)}”.` : "";
  const facts = factsInWords(answer, topics, bySuper).join(" ");
  return [
    `An island for each topic, its area the number of documents; similar documents are side by side.${near} ${facts} `,
    explained(howItIsMade(answer.quality), "How is it made?"),
  ];
}

/**
 * List what is left out or hard to see on the map.
 * @param {MapFacts} answer @param {{hue: number}[]} topics @param {boolean} bySuper
 * @returns {string[]} sentences
 */
export function factsInWords({ n, n_placed: placed, n_drawn: drawn, n_matching: matching, n_matching_drawn: matchingDrawn }, topics, bySuper) {
  const left = n - placed;
  const matches =
    matchingDrawn < matching
      ? `${count(matchingDrawn)} of ${count(matching)} that match the filters are among them`
      : `${plural(matching, "document")} ${matching === 1 ? "matches" : "match"} the filters`;
  return [
    drawn < placed && `${count(drawn)} of ${plural(placed, "document")} are drawn, evenly spaced in the dataset.`,
    matching < placed && `${matches}; the others are pale.`,
    left > 0 && `${plural(left, "document")} without an embedding or a topic ${left === 1 ? "is" : "are"} left out.`,
    topics.some(({ hue }) => hueOf(hue) === "rest") && `${bySuper ? "Topics of super-topics" : "Topics"} beyond the first ${N_HUES} are grey.`,
  ].filter(Boolean);
}

function howItIsMade({ trustworthiness, same_topic: same, n }) {
  const judged = Number.isFinite(trustworthiness)
    ? ` Trustworthiness of this map: ${decimal(trustworthiness, 2)}; 1 means that all neighbours on the map are neighbours in meaning. ${percent(same)} of neighbours have the same topic.`
    : "";
  return {
    name: "Document map",
    means:
      `Islands of topics with similar embeddings are close, as far as a plane and their sizes allow. Within an island, documents stand by the two directions in which its embeddings differ most; they are spread evenly, the typical ones in the middle. Distances between islands, and gaps, have no exact meaning.${judged}`,
    formula: "classical scaling of the mean embeddings, pushed apart; principal components within each topic",
    reference: judged && `10 neighbours of ${count(n)} documents`,
    source: "Venna and Kaski 2001, trustworthiness",
  };
}
