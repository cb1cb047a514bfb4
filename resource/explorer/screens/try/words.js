/** A tried text with its words coloured by topic, as in the reader, and the same words as a list. */

import { explanation, h } from "../../lib/dom.js";
import { percent } from "../../lib/format.js";
import { hueOf } from "../../lib/palette.js";
import { segments } from "../../lib/segments.js";
import { labelOf, topicBadge } from "../../ui/topic-links.js";
import { strengthOf, wordsByTopic } from "../../reader/word-topics.js";

/**
 * Parse the spans of the backend.
 * @param {Array<[number, number, number, number, string]>} spans start and end in code points, topic, its probability
 *   given the word and the text, term
 * @returns {{start: number, end: number, topic: number, probability: number, term: string}[]}
 */
export function wordSpans(spans) {
  return spans.map(([start, end, topic, probability, term]) => ({ start, end, topic, probability, term }));
}

/**
 * Split a text into nodes, with known words coloured.
 * @param {string} text
 * @param {any[]} spans of words
 * @param {Overview} overview
 * @returns {Node[]}
 */
export function wordNodes(text, spans, overview) {
  return segments(text, spans).map(({ text: part, spans: [word] }) => {
    if (!word) return document.createTextNode(part);
    const { topic, probability, term } = word;
    const title = `${term}: topic ${topic}, ${labelOf(overview, topic)} (${percent(probability)})`;
    return h(
      "span",
      { class: "tx-word", "data-hue": hueOf(topic), "data-strength": strengthOf(probability), title },
      part,
    );
  });
}

/**
 * List the words of each topic, for readers who cannot see colours or hover over words.
 * @param {any[]} spans @param {Overview} overview
 * @returns {HTMLElement}
 */
export function wordList(spans, overview) {
  const groups = wordsByTopic(spans).map(({ topic, terms }) =>
    h(
      "div",
      { class: "tx-above-2" },
      h("p", { class: "tx-word-group-title tx-text-line" }, topicBadge(topic), h("bdi", {}, labelOf(overview, topic))),
      h(
        "p",
        { class: "tx-quiet", dir: "auto" },
        terms.map(({ term, n }) => (n > 1 ? `${term} ×${n}` : term)).join(", "),
      ),
    ),
  );
  return explanation("Show as list", ...groups);
}
