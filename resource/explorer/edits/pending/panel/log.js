/** What people have written: who, when, what, newest first, and taking it back. */

import { h } from "../../../lib/dom.js";
import { count, plural } from "../../../lib/format.js";
import { timeWords } from "../words.js";
import { takenBack } from "../writing.js";
import { topicOf } from "../../../model/topics.js";
import { labelOf, topicBadge } from "../../../ui/topic-links.js";
import { editSentence } from "./item.js";

/**
 * Draw the history.
 * @param {State} state
 * @param {Actions} actions
 * @returns {Node[]}
 */
export function writtenEdits({ edits, overview, served, pending }, actions) {
  const title = h("h3", { class: "tx-small-title" }, "Written");
  if (!edits?.value)
    return [
      title,
      h("p", { class: "tx-quiet" }, edits?.state === "failed" ? edits.error : "Reading what was written …"),
    ];
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
        `The folder also keeps ${plural(others, "edit")} of an earlier model, not applied here.`,
      ),
    !log.length && h("p", { class: "tx-panel-note" }, "Nobody has edited the topics of this model yet."),
    h(
      "ol",
      { class: "tx-log" },
      ...log.map((edit, place) => entry(edit, place, { log, isWhole: n <= log.length, served, pending }, actions)),
    ),
    n > log.length && h("p", { class: "tx-panel-note" }, `The newest ${count(log.length)} of ${count(n)}.`),
  ].filter(Boolean);
}

/** The name of training: the one in force may be the very one that was written. */
function trainedLabel(served, id) {
  return topicOf(served, id)?.trained_label ?? labelOf(served, id);
}

function entry(edit, place, { log, isWhole, served, pending }, actions) {
  const back = takenBack(log, place, isWhole);
  const isBack = back !== null && Object.keys(back).every((part) => part in (pending[edit.topic_id] ?? {}));
  const title = `Make topic ${edit.topic_id} as it was before this edit; written with your other changes`;
  return h(
    "li",
    { class: "tx-log-entry" },
    h(
      "p",
      { class: "tx-log-who" },
      h("bdi", {}, edit.author),
      " · ",
      h("time", { datetime: edit.time, title: edit.time }, timeWords(edit.time)),
    ),
    h(
      "p",
      { class: "tx-change-words" },
      topicBadge(edit.topic_id),
      h("bdi", { class: "tx-change-topic" }, trainedLabel(served, edit.topic_id)),
      " ",
      ...editSentence(edit, served),
    ),
    back !== null &&
      !isBack &&
      h("button", { type: "button", class: "tx-link", title, onclick: () => actions.takeBack(place) }, "Take back"),
  );
}
