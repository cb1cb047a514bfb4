/** The document under the pointer: its topic at once, its beginning once the backend has sent it. */

import { h } from "../../../lib/dom.js";
import { labelOf, topicBadge } from "../../../ui/topic-links.js";

const WAIT_MS = 120;
const MOST_KEPT = 300;
const GAP = 14;
const WIDTH = 260;

/**
 * Create the card.
 * @param {Actions} actions
 * @returns {{element: HTMLElement, show: (found: {row: number, topic: number, at: {x: number, y: number}} | null,
 *   overview: Overview | null, width: number) => void}}
 */
export function createHoverCard(actions) {
  const element = h("div", { class: "tx-docmap-card tx-box-strong tx-small", hidden: true, "aria-hidden": "true" });
  const answerFor = createKept(actions.ask);
  let shown = null;
  let timer = null;
  const fill = async (row, version, text) => {
    const answer = await answerFor(row, version);
    if (!answer || text !== shown?.text) return;
    const { title, key, excerpt } = answer;
    text.replaceChildren(h("span", { class: "tx-clip tx-strong", dir: "auto" }, title ?? key), h("span", { class: "tx-clamp", dir: "auto" }, excerpt || "Empty text"));
  };
  const show = (found, overview, width) => {
    element.hidden = found === null;
    if (found === null) {
      shown = null;
      clearTimeout(timer);
      return;
    }
    const left = Math.max(0, Math.min(width - WIDTH, found.at.x + GAP));
    element.style.setProperty("left", `${left}px`);
    element.style.setProperty("top", `${found.at.y + GAP}px`);
    const version = overview?.version;
    if (found.row === shown?.row && version === shown.version) return;
    clearTimeout(timer);
    const text = h("div", { class: "tx-docmap-card-text" });
    shown = { row: found.row, version, text };
    const topic = h("span", { class: "tx-text-line" }, topicBadge(found.topic), h("span", { class: "tx-clip", dir: "auto" }, labelOf(overview, found.topic)));
    element.replaceChildren(topic, text);
    timer = setTimeout(() => fill(found.row, version, text), WAIT_MS);
  };
  return { element, show };
}

/**
 * Ask for documents by their row, and keep the answers until data are read again: then a row may hold another document.
 * @param {(path: string) => Promise<any>} ask
 * @returns {(row: number, version: string | undefined) => Promise<any>} null where there is no answer
 */
export function createKept(ask) {
  const kept = new Map();
  let current = null;
  return async (row, version) => {
    if (version !== current) kept.clear();
    current = version;
    if (kept.has(row)) return kept.get(row);
    const answer = await ask(`map/${row}`).catch(() => null);
    if (answer && version === current) kept.set(row, answer);
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value);
    return answer;
  };
}
