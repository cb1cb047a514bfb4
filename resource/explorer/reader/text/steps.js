/** The legend of the marks in a text; of those that are many, buttons lead to the next and the one before. */

import { h, iconButton } from "../../lib/dom.js";

const ONE = { summary: "sentence", match: "match" };

/**
 * Create the legend.
 * @param {(mark: string) => void} show scrolls to a mark
 * @returns {{element: HTMLElement, update: (keys: {kind: string | null, text: string, n?: number}[]) => void}} `n` marks
 *   of a kind are called `kind-0` and so on
 */
export function createLegend(show) {
  const element = h("ul", { class: "tx-legend tx-detail" });
  const draw = ({ kind, text, n = 0 }) => {
    const item = h("li", { class: kind && `tx-key-${kind}` }, text);
    if (n > 1) item.append(createSteps(kind, n, show));
    return item;
  };
  return { element, update: (keys) => element.replaceChildren(...keys.map(draw)) };
}

function createSteps(kind, n, show) {
  let now = -1;
  const where = h("span", { class: "tx-steps-place", role: "status" });
  const step = (by) => {
    now = now < 0 ? (by > 0 ? 0 : n - 1) : (now + by + n) % n;
    where.textContent = `${now + 1} of ${n}`;
    show(`${kind}-${now}`);
  };
  const button = (icon, name, by) => iconButton(icon, `${name} ${ONE[kind]}`, () => step(by));
  return h("span", { class: "tx-mark-steps tx-line-up" }, button("left", "Previous", -1), where, button("right", "Next", 1));
}
