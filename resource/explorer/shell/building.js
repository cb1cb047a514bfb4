/** A slim line over the page while documents are still being read: what is listed is what has been read so far. */

import { h } from "../lib/dom.js";
import { plural } from "../lib/format.js";
import { drawnOnChange } from "../store/state.js";

/**
 * Make the line.
 * @returns {{element: HTMLElement, update: function(Object): void}}
 */
export function createBuildingLine() {
  const words = h("p", {});
  const element = h(
    "div",
    { class: "tx-building", hidden: true },
    h("span", { class: "tx-spinner tx-spinner-small", "aria-hidden": "true" }),
    words,
  );
  const update = drawnOnChange(
    (state) => [state.status, state.overview === null],
    ({ status, overview }) => {
      element.hidden = status.state !== "building" || overview === null;
      if (!element.hidden)
        words.replaceChildren(
          `Reading the documents: ${plural(status.rows_read ?? 0, "row")} so far; lists and counts show those.`,
        );
    },
  );
  return { element, update };
}
