/** The card of a word: its topic in this document, its topics in the corpus, and a link to its term page. */

import { bar, h, iconButton } from "../lib/dom.js";
import { percent, plural } from "../lib/format.js";
import { hueOf } from "../lib/palette.js";
import { labelOf, topicBadge, viewLink } from "../ui/topic-links.js";

const FEW = 4; // largest topics of the term
const WIDTH = 300; // pixels, see the style sheet
const GAP = 6;

/**
 * Make the card.
 * @param {Actions} actions
 * @returns {{element: HTMLElement, open: (word: Object, anchor: HTMLElement) => void, close: () => void,
 *   update: (state: State) => void}}
 */
export function createWordCard(actions) {
  const element = h("div", { class: "tx-word-card tx-box-strong", role: "dialog", tabindex: "-1", hidden: true });
  let state = null;
  let opener = null;
  let running = null;
  const close = () => {
    running?.abort();
    const hadFocus = element.contains(document.activeElement);
    element.hidden = true;
    if (hadFocus && opener?.isConnected) (opener.matches("button") ? opener : opener.closest("[tabindex]"))?.focus({ preventScroll: true });
  };
  const open = async (word, anchor) => {
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    opener = anchor;
    const answer = h("div", { class: "tx-word-answer tx-quiet" }, "Loading…");
    element.setAttribute("aria-label", `The word “${word.term}”`);
    element.replaceChildren(...contents(word, state, answer, { ...actions, close }));
    element.hidden = false;
    place(element, anchor);
    element.focus({ preventScroll: true });
    try {
      const found = await actions.ask(`term?${new URLSearchParams({ term: word.term })}`, signal);
      if (!signal.aborted) answer.replaceChildren(...topicsOf(found, state.overview));
      element.scrollIntoView({ block: "nearest" });
    } catch (error) {
      if (!signal.aborted) answer.replaceChildren(error.message);
    }
  };
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    close();
  });
  document.addEventListener("pointerdown", (event) => {
    const target = /** @type {Node} */ (event.target);
    if (!element.hidden && !element.contains(target) && !opener?.contains(target)) close();
  });
  return { element, open, close, update: (now) => (state = now) };
}

/** Place the card below the word, within the column. */
function place(element, anchor) {
  const around = element.offsetParent.getBoundingClientRect();
  const box = anchor.getBoundingClientRect();
  const left = Math.max(0, Math.min(box.left - around.left, around.width - WIDTH));
  element.style.setProperty("--top", `${Math.round(box.bottom - around.top + GAP)}px`);
  element.style.setProperty("--left", `${Math.round(left)}px`);
}

function contents({ term, topic, probability }, { overview }, answer, actions) {
  const close = iconButton("close", "Close (Esc)", actions.close);
  const here = probability === null ? "In this document mostly topic" : `In this document ${percent(probability)} topic`;
  return [
    h("div", { class: "tx-word-card-head tx-ends" }, h("h3", { class: "tx-word-card-term", dir: "auto" }, term), close),
    h("p", { class: "tx-word-here tx-text-line" }, here, topicBadge(topic), h("span", { dir: "auto" }, labelOf(overview, topic))),
    answer,
    viewLink(actions, { screen: "terms", term, page: 1, lines: 1, pane: "explore" }, { class: "tx-link" }, "More about this term"),
  ];
}

function topicsOf({ known, count, document_count: nDocuments, topics }, overview) {
  if (!known || !topics.length) return ["This term is not in the model's vocabulary."];
  const rows = topics.slice(0, FEW).map(({ topic, share }) =>
    h(
      "li",
      { class: "tx-word-topic-row", "data-hue": hueOf(topic) },
      topicBadge(topic),
      h("span", { class: "tx-word-topic-label tx-clip", dir: "auto" }, labelOf(overview, topic)),
      h("span", {}, percent(share)),
      h("span", { class: "tx-track" }, bar(share)),
    ),
  );
  const everywhere = `${plural(count, "occurrence")} in ${plural(nDocuments, "document")}; topics overall:`;
  return [h("p", { title: "p(topic | term): share of the term's occurrences that belong to each topic" }, everywhere), h("ul", {}, ...rows)];
}
