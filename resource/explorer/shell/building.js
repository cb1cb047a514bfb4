/** A thin banner above the page while documents are still being read. */

import { h } from "../lib/dom.js";
import { plural } from "../lib/format.js";
import { drawnOnChange } from "../store/state.js";

/**
 * Make the banner.
 * @returns {PagePart}
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
          `Reading the documents: ${plural(status.rows_read ?? 0, "row")} so far. Lists and counts cover only these rows.`,
        );
    },
  );
  return { element, update };
}
