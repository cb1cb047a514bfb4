/** The number of known words in the document and, on demand, the words by topic; reachable by keyboard. */

import { h } from "../lib/dom.js";
import { count } from "../lib/format.js";
import { wordsByTopic } from "./word-topics.js";
import { labelOf, topicBadge } from "../ui/topic-links.js";

/**
 * Make the list.
 * @param {(word: {term: string, topic: number, probability: null}, anchor: HTMLElement) => void} openWord
 * @returns {{element: HTMLElement, update: (words: Object | null, state: Object) => void}}
 */
export function createWordList(openWord) {
  const heading = h("summary", { class: "tx-word-list-title" });
  const body = h("div", { class: "tx-word-list-body" });
  const details = h("details", { class: "tx-word-list tx-small tx-above-4" }, heading, body);
  const why = h("p", { class: "tx-panel-note" });
  const element = h("div", {}, details, why);
  let drawLater = null;
  // A long text has thousands of buttons: create them only when the list opens.
  details.addEventListener("toggle", () => details.open && drawLater?.());
  const update = (words, { overview, answers: { words: answer } }) => {
    details.hidden = !words?.nWords;
    why.textContent = words === null ? reason(overview, answer) : "";
    if (words === null) return;
    heading.textContent = `${count(words.nKnown)} of ${count(words.nWords)} words known to the model`;
    drawLater = () => {
      drawLater = null;
      body.replaceChildren(...contents(words, overview, openWord));
    };
    if (details.open) drawLater();
  };
  return { element, update };
}

function reason({ capabilities }, answer) {
  if (answer?.state === "failed") return answer.error;
  if (answer?.state === "loading") return "Colouring words by topic… The first document takes longer, while the model loads.";
  const words = capabilities?.words;
  return words?.on === false ? `Words are not coloured by topic. ${words.reason ?? ""}`.trim() : "";
}

function contents({ spans, unknown }, overview, openWord) {
  return [
    ...wordsByTopic(spans).map(({ topic, terms }) =>
      h(
        "div",
        { class: "tx-above-2" },
        h("p", { class: "tx-word-group-title tx-text-line" }, topicBadge(topic), h("span", { dir: "auto" }, labelOf(overview, topic))),
        h("ul", { class: "tx-word-terms" }, ...terms.map((entry) => h("li", {}, termButton(entry, topic, openWord)))),
      ),
    ),
    unknown.length > 0 && h("p", { class: "tx-panel-note" }, "Unknown: ", h("span", { dir: "auto" }, unknown.join(", ")), "."),
    h("p", { class: "tx-panel-note" }, "The model ignores stop words, and words found in too few or too many of the training documents."),
  ].filter(Boolean);
}

function termButton({ term, n }, topic, openWord) {
  const button = h("button", { type: "button", class: "tx-link", dir: "auto" }, n > 1 ? `${term} ×${n}` : term);
  button.addEventListener("click", () => openWord({ term, topic, probability: null }, button));
  return button;
}
