/** The buttons that turn the pages of a list; they are kept while pages change, so that they keep the focus. */

import { h, icon } from "../lib/dom.js";
import { enable } from "../lib/focus.js";
import { count } from "../lib/format.js";

/**
 * Make the pager.
 * @param {string} name of the items
 * @param {(page: number) => void} turn called with the page to show
 * @returns {{element: HTMLElement,
 *   update: (answer: {page: number, pages: number, size: number, total: number}) => void}}
 */
export function createPager(name, turn) {
  let page = 1;
  const button = (step, ...children) =>
    h("button", { type: "button", class: "tx-button", onclick: () => turn(page + step) }, ...children);
  const previous = button(-1, icon("left"), "Previous");
  const next = button(1, "Next", icon("right"));
  const place = h("span", { class: "tx-pager-place" });
  // Hidden until a list is loaded.
  const element = h("nav", { class: "tx-pager tx-note tx-ends tx-above-4", "aria-label": `Pages of ${name}`, hidden: true }, previous, place, next);
  const update = (answer) => {
    const { pages, size, total } = answer;
    page = answer.page;
    element.hidden = pages === 1 && page === 1;
    const first = Math.min((page - 1) * size + 1, total);
    place.textContent = `${count(first)}–${count(Math.min(page * size, total))} of ${count(total)}`;
    enable([previous, page > 1], [next, page < pages]);
  };
  return { element, update };
}
