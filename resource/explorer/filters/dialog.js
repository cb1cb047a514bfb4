/** The dialog that adds filters: one section for each kind of filter; a choice applies at once. */

import { h, iconButton } from "../lib/dom.js";
import { foundDocuments, foundInWords, isNarrowedToTopic } from "../store/filters.js";
import { drawnOnChange } from "../store/state.js";
import { dateSection, groupSection, shareSection, statusSection, topicSection } from "./sections.js";

const GAP = 6; // pixels between the button and the dialog

/**
 * Make the dialog.
 * @param {Actions} actions
 * @returns {{element: HTMLDialogElement, open: (element: HTMLElement) => void, update: (state: State) => void}}
 */
export function createFilterDialog(actions) {
  const sections = h("div", { class: "tx-filter-sections" });
  const found = h("p", { class: "tx-soft tx-small", role: "status" });
  const close = iconButton("close", "Close (Esc)", () => element.close());
  const head = h("div", { class: "tx-filter-head tx-ends" }, h("h2", { class: "tx-panel-title", id: "tx-filter-title" }, "Add filter"), close);
  const done = h("button", { type: "button", class: "tx-button tx-button-strong", onclick: () => element.close() }, "Done");
  const foot = h("div", { class: "tx-filter-foot tx-ends" }, found, done);
  const element = h("dialog", { class: "tx-filter-dialog tx-box-strong", "aria-labelledby": "tx-filter-title" }, head, sections, foot);
  let state = null;
  let made = [];
  const open = (anchor) => {
    made = possibleSections(state, actions);
    sections.replaceChildren(...made.map((section) => section.element));
    element.showModal();
    place(element, anchor);
    refresh(state);
  };
  const refresh = drawnOnChange(
    ({ view, answers }) => [view, answers.counts, made],
    (now) => {
      const { view, overview, answers: { counts } } = now;
      for (const section of made) section.update(now);
      if (counts?.state !== "loading") found.textContent = foundInWords(foundDocuments(view, overview, counts?.value ?? null));
    },
  );
  // Keys stay within the dialog: Esc closes only the dialog, j and k are letters.
  element.addEventListener("keydown", (event) => event.stopPropagation());
  element.addEventListener("click", (event) => event.target === element && isOutside(event, element) && element.close());
  const update = (now) => {
    state = now;
    if (element.open) refresh(now);
  };
  return { element, open, update };
}

/** Place the dialog below the button; on a narrow screen the style sheet moves it to the bottom. */
function place(element, anchor) {
  const box = anchor.getBoundingClientRect();
  element.style.setProperty("--top", `${Math.round(box.bottom + GAP)}px`);
  element.style.setProperty("--left", `${Math.round(box.left)}px`);
}

function isOutside({ clientX: x, clientY: y }, element) {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return x < left || x > right || y < top || y > bottom;
}

/** Return the sections for which this data has values. */
function possibleSections({ view, overview }, actions) {
  const canFilterByTopic = isNarrowedToTopic(view.screen);
  return [
    ...(overview.groups ?? []).map((group) => groupSection(group, actions)),
    overview.periods && dateSection(overview.periods, actions),
    canFilterByTopic && topicSection(overview, actions),
    shareSection(overview.engine, actions),
    (overview.statuses ?? []).length > 1 && statusSection(overview, actions),
  ].filter(Boolean);
}
