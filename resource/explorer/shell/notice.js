/** Progress of reading the data: the notice that fills the page until it is ready, then a banner above the page. */

import { h } from "../lib/dom.js";
import { count, plural } from "../lib/format.js";
import { drawnOnChange } from "../store/state.js";

/**
 * Make the notice.
 * @param {{retry: () => void}} actions
 * @returns {{element: HTMLElement, update: (state: Pick<State, "status">) => void}}
 */
export function createNotice(actions) {
  const element = h("div", { class: "tx-notice", role: "status" });
  const draw = ({ status }) => {
    if (status.state === "failed") element.replaceChildren(...failure(status.error, actions));
    else if (status.state === "building") element.replaceChildren(...reading(status));
    else element.replaceChildren(h("p", { class: "tx-notice-title" }, "Loading…"));
  };
  return { element, update: drawnOnChange((state) => [state.status], draw) };
}

function reading({ dataset, rows_read: rowsRead }) {
  return [
    h("div", { class: "tx-spinner", "aria-hidden": "true" }),
    h("p", { class: "tx-notice-title" }, "Reading the documents"),
    h("p", { class: "tx-notice-text" }, `${dataset}: ${plural(rowsRead, "row")} so far.`),
    h("p", { class: "tx-note" }, "Needed once, and again only when the data changes."),
  ];
}

function failure(sentence, actions) {
  return [
    h("p", { class: "tx-notice-title" }, "Text Explorer could not open"),
    h("p", { class: "tx-notice-text" }, sentence),
    actions && h("button", { type: "button", class: "tx-button tx-button-strong", onclick: actions.retry }, "Try again"),
  ].filter(Boolean);
}

/**
 * Return how many rows have been read, and how many of them are listed and counted: new ones join in batches.
 * @param {number} read as last reported @param {number} listed
 * @returns {string}
 */
export function progressInWords(read, listed) {
  const covered = listed < read ? `the first ${count(listed)}` : "these rows only";
  return `Reading the documents: ${plural(Math.max(read, listed), "row")} so far. Lists and counts cover ${covered}.`;
}

/** Make the thin banner shown above the page while documents are still being read. @returns {PagePart} */
export function createBuildingLine() {
  const words = h("p", {});
  const element = h(
    "div",
    { class: "tx-building tx-line-up", hidden: true },
    h("span", { class: "tx-spinner tx-spinner-small", "aria-hidden": "true" }),
    words,
  );
  const update = drawnOnChange(
    (state) => [state.status, state.overview],
    ({ status, overview }) => {
      element.hidden = status.state !== "building" || overview === null;
      if (!element.hidden)
        words.replaceChildren(progressInWords(status.rows_read ?? 0, overview.counts.documents));
    },
  );
  return { element, update };
}
