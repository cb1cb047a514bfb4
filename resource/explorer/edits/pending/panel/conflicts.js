/** Conflicts with edits that others wrote to the same topics: keep mine or theirs, topic by topic. */

import { h } from "../../../lib/dom.js";
import { redraw } from "../../../lib/focus.js";
import { timeWords } from "../words.js";
import { drawnOnChange } from "../../../store/state.js";
import { labelOf, topicBadge } from "../../../ui/topic-links.js";
import { editSentence, sentence } from "./item.js";

/** Create the section of the panel. @type {CreatePart} */
export function createConflicts(actions) {
  let choices = {};
  const list = h("div");
  const settle = () => actions.settle(choices);
  const again = h("button", { type: "button", class: "tx-button tx-button-strong", onclick: settle }, "Save again");
  const missing = h("p", { class: "tx-detail" }, "Select a version for each topic.");
  const sentenceOfAll = h("p");
  const title = h("h3", { class: "tx-small-title" }, "Conflicting edits");
  const buttons = h("div", { class: "tx-dialog-buttons" }, again);
  const parts = [title, sentenceOfAll, list, buttons, missing];
  const element = h("section", { class: "tx-conflicts", role: "alert" }, ...parts);
  const choose = (id, choice) => {
    choices = { ...choices, [id]: choice };
    tellMissing();
  };
  let topics = [];
  const tellMissing = () => {
    again.disabled = topics.some((id) => !(id in choices));
    missing.hidden = !again.disabled;
  };
  const update = drawnOnChange(
    ({ edits, overview }) => [edits.writing, edits.pending, overview],
    ({ edits: { writing, pending }, served }) => {
      element.hidden = writing.state !== "conflict";
      if (element.hidden) {
        choices = {};
        return;
      }
      topics = [...new Set(writing.conflicts.map(({ topic_id: id }) => id))];
      sentenceOfAll.replaceChildren(`${writing.error} Nothing has been saved yet.`);
      redraw(list, ...topics.map((id) => conflict(id, { writing, pending, served, choices }, choose)));
      tellMissing();
    },
  );
  return { element, update };
}

function conflict(id, { writing, pending, served, choices }, choose) {
  const theirs = writing.conflicts.filter(({ topic_id: topic }) => topic === id);
  const option = (choice, label, ...words) => {
    const input = h("input", {
      type: "radio",
      name: `tx-conflict-${id}`,
      value: choice,
      onchange: () => choose(id, choice),
    });
    input.checked = choices[id] === choice;
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
    { class: "tx-conflict tx-box-strong" },
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
