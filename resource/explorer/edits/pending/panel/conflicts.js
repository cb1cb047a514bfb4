/** What others wrote to the same topics since one's own changes were begun: keep mine or theirs, topic by topic. */

import { h } from "../../../lib/dom.js";
import { redraw } from "../../../lib/focus.js";
import { timeWords } from "../words.js";
import { drawnOnChange } from "../../../store/state.js";
import { labelOf, topicBadge } from "../../../ui/topic-links.js";
import { editSentence, sentence } from "./item.js";

/**
 * Make the part of the panel.
 * @param {Actions} actions
 * @returns {PagePart}
 */
export function createConflicts(actions) {
  let choices = {};
  const list = h("div");
  const settle = () => actions.settle(choices);
  const again = h("button", { type: "button", class: "tx-button tx-button-strong", onclick: settle }, "Write again");
  const missing = h("p", { class: "tx-field-note" }, "Choose for each topic first.");
  const sentenceOfAll = h("p");
  const title = h("h3", { class: "tx-small-title" }, "Somebody was faster");
  const buttons = h("div", { class: "tx-dialog-buttons" }, again);
  const parts = [title, sentenceOfAll, list, buttons, missing];
  const element = h("section", { class: "tx-conflicts", role: "alert" }, ...parts);
  const choose = (id, whose) => {
    choices = { ...choices, [id]: whose };
    tellMissing();
  };
  let topics = [];
  const tellMissing = () => {
    again.disabled = topics.some((id) => !(id in choices));
    missing.hidden = !again.disabled;
  };
  const update = drawnOnChange(
    (state) => [state.writing, state.pending, state.overview],
    ({ writing, pending, served }) => {
      element.hidden = writing.state !== "conflict";
      if (element.hidden) {
        choices = {};
        return;
      }
      topics = [...new Set(writing.conflicts.map(({ topic_id: id }) => id))];
      sentenceOfAll.replaceChildren(`${writing.error} Nothing was written yet.`);
      redraw(list, ...topics.map((id) => conflict(id, { writing, pending, served, choices }, choose)));
      tellMissing();
    },
  );
  return { element, update };
}

function conflict(id, { writing, pending, served, choices }, choose) {
  const theirs = writing.conflicts.filter(({ topic_id: topic }) => topic === id);
  const option = (whose, label, ...words) => {
    const input = h("input", {
      type: "radio",
      name: `tx-conflict-${id}`,
      value: whose,
      onchange: () => choose(id, whose),
    });
    input.checked = choices[id] === whose;
    return h("label", { class: "tx-conflict-option" }, input, h("span", {}, h("strong", {}, label), " ", ...words));
  };
  const said = theirs.flatMap((edit) => [
    h(
      "span",
      { class: "tx-conflict-edit" },
      h("bdi", {}, edit.author),
      `, ${timeWords(edit.time)}: `,
      ...editSentence(edit, served),
    ),
  ]);
  return h(
    "fieldset",
    { class: "tx-conflict" },
    h("legend", {}, topicBadge(id), h("bdi", {}, labelOf(served, id))),
    option("theirs", "Theirs.", ...said),
    option("mine", "Mine.", ...mine(id, pending, served)),
  );
}

function mine(id, pending, served) {
  const own = Object.entries(pending[id] ?? {}).flatMap(([part, value]) => [...sentence(id, part, value, served), " "]);
  const merges = Object.entries(pending)
    .filter(([from, changes]) => Number(from) !== id && changes.merged_into === id)
    .flatMap(([from]) => [`topic ${from} merged into it `]);
  return [...own, ...merges];
}
