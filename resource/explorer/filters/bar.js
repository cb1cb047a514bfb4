/** The filter bar below the tabs: active filters as removable chips, the button that adds one, and the match count. */

import { h, icon } from "../lib/dom.js";
import { redraw } from "../lib/focus.js";
import { activeFilters, clearedFilters, foundDocuments, foundInWords, usesFilters } from "../store/filters.js";
import { comparison, writeSide } from "../store/sides.js";
import { drawnOnChange } from "../store/state.js";
import { createFilterDialog } from "./dialog.js";

/** Make the bar. @type {CreatePart} */
export function createFilterBar(actions) {
  const chips = h("ul", { class: "tx-filters", "aria-label": "Filters" });
  const dialog = createFilterDialog(actions);
  const add = h("button", { type: "button", class: "tx-button tx-button-add", "aria-haspopup": "dialog" }, icon("plus"), "Add filter");
  add.addEventListener("click", () => dialog.open(add));
  const clear = h("button", { type: "button", class: "tx-link" }, "Clear all");
  const found = h("p", { class: "tx-found", role: "status", "aria-live": "polite" });
  const bar = h("div", { class: "tx-filter-bar tx-wrap" }, chips, add, clear, found, dialog.element);
  const element = h("div", { class: "tx-filter-place" }, bar);
  const draw = drawnOnChange(
    ({ view, overview, answers }) => [view, overview, answers.counts],
    ({ view, overview, answers: { counts } }) => {
      const filters = activeFilters(view, overview);
      bar.hidden = !isNeeded(view, filters);
      redraw(chips, ...filters.map((filter) => chip(filter, view, actions, overview.capabilities?.compare?.on === true)));
      clear.hidden = filters.length < 2;
      clear.onclick = () => {
        actions.go(clearedFilters(view));
        add.focus();
      };
      drawFound(found, view, overview, counts);
    },
  );
  const update = (state) => {
    draw(state);
    dialog.update(state);
  };
  return { element, update };
}

/** The overview shows active filters but offers none: most of what it shows comes from the model, unfiltered. */
function isNeeded({ screen }, filters) {
  return usesFilters(screen) || (screen === "overview" && filters.length > 0);
}

function chip({ key, name, value, without, alone }, view, actions, canCompare) {
  const label = `Remove the filter ${name}: ${value}`;
  const remove = h(
    "button",
    { type: "button", class: "tx-filter-remove", "data-row": `filter ${key}`, "aria-label": label, title: label, onclick: () => actions.go(without) },
    icon("close"),
  );
  return h(
    "li",
    { class: "tx-filter" },
    h("span", { class: "tx-filter-name tx-clip", dir: "auto" }, name),
    h("span", { class: "tx-filter-value tx-clip tx-strong", dir: "auto", title: value }, value),
    canCompare && compareButton(key, `${name}: ${value}`, () => actions.go(comparison(view, writeSide(alone)))),
    remove,
  );
}

function compareButton(key, what, onclick) {
  const label = `Compare ${what} with all others`;
  const properties = { type: "button", class: "tx-filter-remove", "data-row": `compare ${key}`, "aria-label": label, title: label, onclick };
  return h("button", properties, icon("compare"));
}

/** Show how many documents match; while they are counted, the previous number is dimmed. */
function drawFound(found, view, overview, counts) {
  found.classList.toggle("tx-stale", counts?.state === "loading");
  if (counts?.state === "loading") return;
  if (counts?.state === "failed") {
    found.textContent = counts.error;
    return;
  }
  found.textContent = foundInWords(foundDocuments(view, overview, counts?.value ?? null));
}
