/** The summary of the open document as a text on top: each sentence leads to its place in the text. */

import { h } from "../../lib/dom.js";
import { segments } from "../../lib/segments.js";

const SHORT = 900; // characters of a text that is seen whole, with its summary marked

/**
 * Create the list of sentences.
 * @param {(mark: string) => void} show scrolls to a mark
 * @returns {{element: HTMLElement, update: (opened: {text: string, summary: any}) => void}}
 */
export function createSummaryList(show) {
  const title = h("h3", { class: "tx-small-title" }, "Summary");
  const list = h("ol", { class: "tx-sentences", dir: "auto" });
  const whole = h("p", { class: "tx-sentences-whole", dir: "auto" });
  const element = h("section", { class: "tx-summary-list tx-above-3", "aria-label": "Summary" }, title, list, whole);
  const update = ({ text, summary }) => {
    const spans = summary?.spans ?? [];
    const isShort = text.length < SHORT || spans.reduce((sum, { start, end }) => sum + end - start, 0) > text.length * 0.6;
    element.hidden = spans.length ? isShort : !summary?.text;
    whole.hidden = spans.length > 0;
    whole.textContent = spans.length ? "" : (summary?.text ?? "");
    const link = (sentence, i) =>
      h("li", {}, h("button", { type: "button", class: "tx-sentence", title: "Show it in the text", onclick: () => show(`summary-${i}`) }, sentence));
    list.replaceChildren(...(element.hidden ? [] : sentencesOf(text, spans).map(link)));
  };
  return { element, update };
}

/**
 * Return the texts of some spans, on one line each.
 * @param {string} text @param {{start: number, end: number}[]} spans in code points, in order, apart from each other
 * @returns {string[]}
 */
export function sentencesOf(text, spans) {
  const marked = segments(text, spans.map((span) => ({ ...span, kind: "summary" })));
  return marked.filter(({ spans: over }) => over.length).map((segment) => segment.text.replace(/\s+/g, " ").trim());
}
