/** Words coloured by topic: the switch, the topics to colour, and what a word shows on hover and click. */

import { h } from "../lib/dom.js";
import { redraw } from "../lib/focus.js";
import { percent, plural } from "../lib/format.js";
import { wordsByTopic } from "./word-topics.js";
import { labelOf, topicBadge } from "../ui/topic-links.js";

const FEW = 6; // topics shown before "more" is clicked

/**
 * Create the colouring of the words in a text.
 * @param {HTMLElement} holder element that holds the text
 * @param {(word: import("./word-topics.js").Word, anchor: HTMLElement) => void} openWord
 * @returns {{element: HTMLElement, update: (words: Object | null, overview: Overview) => void,
 *   dress: (part: HTMLElement) => void}} `dress` after words were added to a part of the holder
 */
export function createColouring(holder, openWord) {
  const state = { isOn: true, only: new Set(), showsAll: false, words: null, overview: null };
  const track = h("span", { class: "tx-toggle-track", "aria-hidden": "true" });
  const toggle = h("button", { type: "button", class: "tx-toggle tx-inline", role: "switch" }, track, "Colour words by topic");
  const list = h("ul", { class: "tx-word-topics", "aria-label": "Topics of the words" });
  const hint = "Most likely topic of each word in this document, p(topic | word, document). A stronger line is a higher probability.";
  const element = h("div", { class: "tx-above-3", hidden: true }, h("div", { class: "tx-colouring-head", title: hint }, toggle), list);
  const draw = () => {
    toggle.setAttribute("aria-checked", String(state.isOn));
    holder.dataset.coloured = String(state.isOn && state.words !== null);
    list.hidden = !state.isOn;
    redraw(list, ...chips(state, draw));
    dress(holder);
  };
  const dress = (part) => {
    for (const node of wordsIn(part)) {
      node.classList.toggle("tx-word-off", state.only.size > 0 && !state.only.has(Number(node.dataset.topic)));
      node.classList.toggle("tx-word-lit", node.dataset.topic === holder.dataset.lit);
    }
  };
  toggle.addEventListener("click", () => {
    state.isOn = !state.isOn;
    draw();
  });
  listenToWords(holder, state, openWord);
  listenToTopics(list, holder);
  const update = (words, overview) => {
    const topics = new Set((words?.spans ?? []).map(({ topic }) => topic));
    Object.assign(state, { words, overview, only: new Set([...state.only].filter((topic) => topics.has(topic))) });
    element.hidden = !words?.spans.length;
    draw();
  };
  return { element, update, dress };
}

function chips(state, draw) {
  const topics = wordsByTopic(state.words?.spans ?? []);
  const shown = state.showsAll ? topics : topics.filter(({ topic }, i) => i < FEW || state.only.has(topic));
  const more = topics.length > FEW && {
    label: state.showsAll ? "Fewer" : `${topics.length - shown.length} more`,
    press: () => {
      state.showsAll = !state.showsAll;
      draw();
    },
  };
  return [
    ...shown.map((entry) => h("li", {}, chip(entry, state, draw))),
    more && h("li", {}, h("button", { type: "button", class: "tx-link", onclick: more.press }, more.label)),
  ].filter(Boolean);
}

function chip({ topic, n }, { only, overview }, draw) {
  const press = () => {
    if (!only.delete(topic)) only.add(topic);
    draw();
  };
  const label = labelOf(overview, topic);
  const properties = {
    type: "button",
    class: "tx-word-topic tx-inline",
    "data-row": `topic ${topic}`,
    "data-topic": topic,
    "aria-pressed": String(only.has(topic)),
    title: `${label}: ${plural(n, "word")}. Click to colour only this topic; click others to add them.`,
    onclick: press,
  };
  const name = h("span", { class: "tx-word-topic-label tx-clip", dir: "auto" }, label);
  return h("button", properties, topicBadge(topic), name, h("span", { class: "tx-quiet" }, String(n)));
}

/** Show a word's topic on hover, and its card on a click. */
function listenToWords(holder, state, openWord) {
  holder.addEventListener("pointerover", ({ target }) => {
    const node = target.closest(".tx-word");
    if (!node || !state.isOn) return light(holder, null);
    const { term, topic, probability } = node.word;
    node.title ||= `${term}: topic ${topic}, ${labelOf(state.overview, topic)}, ${percent(probability)}`;
    return light(holder, topic);
  });
  holder.addEventListener("pointerleave", () => light(holder, null));
  holder.addEventListener("click", ({ target }) => {
    const node = target.closest(".tx-word");
    if (node && state.isOn && document.getSelection().isCollapsed) openWord(node.word, node);
  });
}

/** Highlight the words of the topic under the pointer: many topics share one grey. */
function listenToTopics(list, holder) {
  const lightOf = ({ target }) => light(holder, target.closest("[data-topic]")?.dataset.topic ?? null);
  for (const name of ["pointerover", "focusin"]) list.addEventListener(name, lightOf);
  for (const name of ["pointerleave", "focusout"]) list.addEventListener(name, () => light(holder, null));
}

/** @param {HTMLElement} holder @returns {NodeListOf<HTMLElement>} */
function wordsIn(holder) {
  return holder.querySelectorAll(".tx-word");
}

function light(holder, topic) {
  const wanted = topic === null ? null : String(topic);
  if ((holder.dataset.lit ?? null) === wanted) return;
  if (wanted === null) delete holder.dataset.lit;
  else holder.dataset.lit = wanted;
  for (const node of wordsIn(holder)) node.classList.toggle("tx-word-lit", node.dataset.topic === wanted);
}
