/** The text of the open document in the page: marks everywhere, coloured words only near what is in view. */

import { h } from "../../lib/dom.js";
import { hueOf } from "../../lib/palette.js";
import { segments } from "../../lib/segments.js";
import { strengthOf } from "../word-topics.js";
import { blocksOf, cutTo, spansByBlock } from "./blocks.js";

const MARGIN = "800px"; // above and below the view
const SLICE_MS = 15; // of work before the page may do something else
const BLOCKS_AT_ONCE = 4; // that are laid out in one go

/**
 * Create the view of a text.
 * @param {(block: HTMLElement) => void} onColoured called with a block whose words have just been coloured
 * @returns {{element: HTMLElement, draw: (text: string, marks: any[]) => void, colour: (words: any[], lines: any[]) => void,
 *   show: (mark: string) => void, whenComplete: (then: () => void) => void}} marks may have a `name`, by which `show`
 *   scrolls to their beginning; `whenComplete` calls back once the whole text is there, unless another is drawn before
 */
export function createTextView(onColoured) {
  const element = h("div", { class: "tx-text", tabindex: "-1" });
  const waiting = new Set();
  let blocks = [];
  let missing = [];
  let afterwards = [];
  let isWorking = false;
  let here = null;
  const fill = (block, spans) => {
    const nodes = spans.length ? segments(block.text, cutTo(block, spans)).map(drawSegment) : [block.text];
    block.element.replaceChildren(...nodes);
    for (const mark of here ? marksNamed(block.element, here) : []) mark.classList.add("tx-mark-here");
  };
  const work = () => {
    const until = performance.now() + SLICE_MS;
    isWorking = false;
    for (const block of waiting) {
      if (performance.now() > until) return start();
      waiting.delete(block);
      block.isColoured = true;
      fill(block, [...block.marks, ...block.words]);
      onColoured(block.element);
    }
  };
  const start = () => {
    if (isWorking || !waiting.size) return;
    isWorking = true;
    setTimeout(work);
  };
  // The margin of the column that scrolls; a browser that does not know it colours what comes into view.
  const options = /** @type {IntersectionObserverInit} */ ({ rootMargin: MARGIN, scrollMargin: MARGIN });
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const block = blocks.find((each) => each.element === target);
      if (!block) continue;
      block.isNear = isIntersecting;
      if (isDue(block)) waiting.add(block);
      else waiting.delete(block);
    }
    start();
  }, options);
  const add = (n) => {
    const parts = missing.splice(0, n);
    for (const block of parts) fill(block, block.marks);
    element.append(...parts.map((block) => block.element));
    for (const block of parts) observer.observe(block.element);
  };
  const addRest = (from) => {
    if (from !== blocks) return;
    add(BLOCKS_AT_ONCE);
    if (missing.length) setTimeout(addRest, 0, from);
    else for (const then of afterwards.splice(0)) then();
  };
  const whenComplete = (then) => {
    if (missing.length) afterwards.push(then);
    else then();
  };
  const draw = (text, marks) => {
    observer.disconnect();
    waiting.clear();
    here = null;
    const parts = blocksOf(text);
    const byBlock = spansByBlock(parts, marks);
    blocks = parts.map((part, i) => ({ ...part, element: h("div"), marks: byBlock[i], words: null, isNear: false, isColoured: false }));
    missing = [...blocks];
    afterwards = [];
    // Set before, the direction would be looked for again with each node: quadratic in the number of nodes.
    element.removeAttribute("dir");
    element.replaceChildren();
    add(BLOCKS_AT_ONCE);
    element.setAttribute("dir", "auto");
    setTimeout(addRest, 0, blocks);
  };
  const colour = (words, lines) => {
    const byBlock = spansByBlock(blocks, [...lines, ...words]);
    for (const [i, block] of blocks.entries()) {
      if (block.isColoured) fill(block, block.marks);
      Object.assign(block, { words: byBlock[i], isColoured: false });
      if (isDue(block)) waiting.add(block);
    }
    start();
  };
  const showNow = (name) => {
    here = name;
    for (const mark of element.querySelectorAll(".tx-mark-here")) mark.classList.remove("tx-mark-here");
    const found = marksNamed(element, name);
    for (const mark of found) mark.classList.add("tx-mark-here");
    if (found[0]) scrollToMiddle(found[0]);
  };
  const show = (name) => whenComplete(() => showNow(name));
  return { element, draw, colour, show, whenComplete };
}

/** Scroll the column alone: the page around it must stay where it is. @param {HTMLElement} mark */
export function scrollToMiddle(mark) {
  const column = mark.closest(".tx-right");
  if (!column) return;
  column.scrollTop += mark.getBoundingClientRect().top - column.getBoundingClientRect().top - column.clientHeight / 2;
}

function isDue({ isNear, isColoured, words }) {
  return isNear && !isColoured && words?.length > 0;
}

function marksNamed(element, name) {
  return [...element.querySelectorAll(`[data-mark~="${name}"]`)];
}

/** Screen readers announce marks, but not the topic of each word: the word list below the text has those. */
function drawSegment({ text, spans }) {
  const kinds = new Set(spans.map(({ kind }) => kind));
  const word = spans.find(({ kind }) => kind === "word")?.of;
  if (!kinds.size) return document.createTextNode(text);
  kinds.delete("word");
  const isRepeated = kinds.delete("repeated");
  const marks = [...kinds].map((kind) => `tx-mark-${kind}`);
  const classes = [kinds.size && "tx-mark", word && "tx-word", isRepeated && "tx-repeated", ...marks].filter(Boolean).join(" ");
  const names = [...new Set(spans.map(({ name }) => name).filter(Boolean))];
  const node = h(kinds.size ? "mark" : "span", { class: classes, "data-mark": names.join(" ") || null }, text);
  if (!word) return node;
  node.dataset.hue = hueOf(word.topic);
  node.dataset.topic = String(word.topic);
  node.dataset.strength = String(strengthOf(word.probability));
  return Object.assign(node, { word });
}
