/** Ticks beside the scroll bar of a long document: where its summary and the matches of a search stand. */

import { h } from "../../lib/dom.js";

const MOST = 300;
const PAUSE_MS = 150; // a long text grows block by block
const KINDS = ["summary", "match", "source"];

/**
 * Create the ticks. They repeat what the legend and its buttons give, and are for the pointer alone.
 * @param {HTMLElement} text holds the marks
 * @param {(mark: string) => void} show scrolls to a mark
 * @returns {{element: HTMLElement, update: () => void}} `update` after the marks have changed
 */
export function createTicks(text, show) {
  const strip = h("div", { class: "tx-ticks", "aria-hidden": "true" });
  const element = h("div", { class: "tx-ticks-holder" }, strip);
  const draw = () => {
    const scroller = element.closest(".tx-right");
    const height = scroller?.clientHeight ?? 0;
    const isLong = height > 0 && scroller.scrollHeight > 1.5 * height;
    const first = isLong ? beginnings(text) : [];
    const top = isLong ? scroller.getBoundingClientRect().top - scroller.scrollTop : 0;
    const places = first.map(({ mark }) => (mark.getBoundingClientRect().top - top) / scroller.scrollHeight);
    element.style.setProperty("--height", `${height}px`);
    strip.replaceChildren(...first.map(({ name }, i) => tick(name, places[i], show)));
  };
  let timer = null;
  const update = () => {
    clearTimeout(timer);
    timer = setTimeout(draw, PAUSE_MS);
  };
  new ResizeObserver(update).observe(text);
  return { element, update };
}

/** Return the first element of each mark; a mark has an element for each word in it. */
function beginnings(text) {
  const found = new Map();
  for (const mark of text.querySelectorAll("[data-mark]")) {
    for (const name of mark.dataset.mark.split(" ")) if (!found.has(name)) found.set(name, mark);
  }
  return [...found].slice(0, MOST).map(([name, mark]) => ({ name, mark }));
}

function tick(name, place, show) {
  const kind = KINDS.find((each) => name.startsWith(each)) ?? "match";
  const node = h("span", { class: `tx-tick tx-tick-${kind}`, onclick: () => show(name) });
  node.style.setProperty("--place", `${(place * 100).toFixed(2)}%`);
  return node;
}
