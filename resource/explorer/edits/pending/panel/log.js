/** The written edits: who, when and what, newest first, each with a button to revert it. */

import { h } from "../../../lib/dom.js";
import { count, plural } from "../../../lib/format.js";
import { timeWords } from "../words.js";
import { revertedParts } from "../writing.js";
import { topicOf } from "../../../model/topics.js";
import { labelOf, topicBadge } from "../../../ui/topic-links.js";
import { editSentence } from "./item.js";

/**
 * Draw the history.
 * @param {State} state @param {Actions} actions
 * @returns {Node[]}
 */
export function writtenEdits({ answers: { edits }, edits: { pending }, overview, served }, actions) {
  const title = h("h3", { class: "tx-small-title" }, "Saved");
  if (!edits?.value)
    return [title, h("p", { class: "tx-quiet" }, edits?.state === "failed" ? edits.error : "Loading the edits…")];
  const { log, n_log: n = log.length } = edits.value;
  const warnings = overview.edits?.warnings ?? edits.value.warnings ?? [];
  const others = overview.edits?.n_of_other_models ?? 0;
  return [
    title,
    ...warnings.map((warning) => h("p", { class: "tx-warning" }, warning)),
    others > 0 &&
      h(
        "p",
        { class: "tx-panel-note" },
        `The folder also has ${plural(others, "edit")} of an earlier model, not applied here.`,
      ),
    !log.length && h("p", { class: "tx-panel-note" }, "No edits of this model yet."),
    h(
      "ol",
      { class: "tx-above-2" },
      ...log.map((edit, index) => entry(edit, index, { log, isWhole: n <= log.length, served, pending }, actions)),
    ),
    n > log.length && h("p", { class: "tx-panel-note" }, `The newest ${count(log.length)} of ${count(n)}.`),
  ].filter(Boolean);
}

/** Return the trained label; the current one may be the result of this very edit. */
function trainedLabel(served, id) {
  return topicOf(served, id)?.trained_label ?? labelOf(served, id);
}

function entry(edit, index, { log, isWhole, served, pending }, actions) {
  const back = revertedParts(log, index, isWhole);
  const isBack = back !== null && Object.keys(back).every((part) => part in (pending[edit.topic_id] ?? {}));
  const title = `Restore topic ${edit.topic_id} to before this edit; saved with your other edits`;
  return h(
    "li",
    { class: "tx-log-entry" },
    h(
      "p",
      { class: "tx-detail" },
      h("bdi", {}, edit.author),
      " · ",
      h("time", { datetime: edit.time, title: edit.time }, timeWords(edit.time)),
    ),
    h(
      "p",
      { class: "tx-change-words tx-anywhere" },
      topicBadge(edit.topic_id),
      h("bdi", { class: "tx-soft" }, trainedLabel(served, edit.topic_id)),
      " ",
      ...editSentence(edit, served),
    ),
    back !== null &&
      !isBack &&
      h("button", { type: "button", class: "tx-link", title, onclick: () => actions.revertEdit(index) }, "Revert"),
  );
}
