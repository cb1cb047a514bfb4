/** A text whose words wear the colours of their topics. */

import { h, measured } from "../dom.js?v=0.1.0";
import { percent } from "../format.js?v=0.1.0";
import { hueOf } from "../palette.js?v=0.1.0";
import { segments } from "../segments.js?v=0.1.0";
import { labelOf } from "../views/parts.js?v=0.1.0";

/**
 * Read the spans as the backend writes them.
 * @param {Array<[number, number, number, number, string]>} spans start and end in code points, topic, its probability
 *   given the word and the text, term
 * @returns {Array<{start: number, end: number, topic: number, probability: number, term: string}>}
 */
export function wordSpans(spans) {
  return spans.map(([start, end, topic, probability, term]) => ({ start, end, topic, probability, term }));
}

/**
 * Cut a text into nodes.
 * @param {string} text
 * @param {Array<Object>} spans of words
 * @param {Object} overview
 * @returns {Array<Node>}
 */
export function wordNodes(text, spans, overview) {
  return segments(text, spans).map(({ text: part, spans: [word] }) => {
    if (!word) return document.createTextNode(part);
    const { topic, probability, term } = word;
    const title = `${term}: topic ${topic}, ${labelOf(overview, topic)} (${percent(probability)})`;
    return measured(h("span", { class: "tx-try-word", "data-hue": hueOf(topic), title }, part), "--strength", probability);
  });
}
