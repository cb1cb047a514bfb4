/** Summaries of the open document by several methods, side by side; computed when the part is opened. */

import { h } from "../../lib/dom.js";
import { plural } from "../../lib/format.js";

const SIZES = [1, 3, 5];

/**
 * Make the part.
 * @param {Actions} actions
 * @param {import("../text/text.js").ShowMethod} show marks the sentences of a method in the text, and scrolls to one of
 *   them
 * @returns {{element: HTMLElement, update: (row: number) => void}}
 */
export function createMethods(actions, show) {
  const body = h("div", { class: "tx-methods" });
  const choice = h("select", { class: "tx-pick", "aria-label": "Sentences of each summary" }, ...SIZES.map((n) => h("option", { value: n }, plural(n, "sentence"))));
  choice.value = "3";
  const details = h("details", { class: "tx-methods-part tx-small" }, h("summary", { class: "tx-word-list-title" }, "Summaries by method"), h("p", { class: "tx-above-2" }, choice), body);
  const element = h("section", { class: "tx-section" }, details);
  let row = null;
  let running = null;
  const load = async () => {
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    body.replaceChildren(h("p", { class: "tx-quiet", role: "status" }, "Summarizing…"));
    try {
      const answer = await actions.ask(`documents/${row}/summaries?n=${choice.value}`, signal);
      if (!signal.aborted) body.replaceChildren(...drawMethods(answer, show));
    } catch (error) {
      if (!signal.aborted) body.replaceChildren(error.message);
    }
  };
  details.addEventListener("toggle", () => details.open && !body.hasChildNodes() && load());
  choice.addEventListener("change", load);
  const update = (now) => {
    if (now === row) return;
    row = now;
    running?.abort();
    body.replaceChildren();
    if (details.open) load();
  };
  return { element, update };
}

function drawMethods({ methods, is_cut: isCut, language }, show) {
  const nMethods = methods.length;
  const sentence = (name) => ({ text, n_methods: n }, i, spans) =>
    h("li", {}, h("button", { type: "button", class: "tx-sentence", dir: "auto", title: `Chosen by ${n} of ${nMethods} methods. Show it in the text`, onclick: () => show(name, spans, i) }, text, h("span", { class: "tx-quiet tx-detail" }, ` ${n}/${nMethods}`)));
  const column = ({ name, sentences }) =>
    h("section", { class: "tx-method" }, h("h4", { class: "tx-method-name" }, name), h("ol", { class: "tx-sentences" }, ...sentences.map(sentence(name))));
  const note = `Language: ${language}. The fraction counts the methods that chose a sentence too.${isCut ? " Only the first 60,000 characters were read." : ""}`;
  return [h("p", { class: "tx-panel-note" }, note), h("div", { class: "tx-method-columns" }, ...methods.map(column))];
}
