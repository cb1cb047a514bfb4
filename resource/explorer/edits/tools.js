/** The tools in the head of a topic: rename, merge, hide, note; its suggested label, merged topics and unwritten changes. */

import { h } from "../lib/dom.js";
import { redraw } from "../lib/focus.js";
import { plural } from "../lib/format.js";
import { partName } from "./pending/words.js";
import { drawnOnChange } from "../store/state.js";
import { isSplit, mergedInto, topicOf } from "../model/topics.js";
import { topicChange } from "../store/navigation.js";
import { createNameForm } from "./name.js";
import { suggestedLabel } from "./suggested-label.js";
import { labelOf, topicBadge, viewLink } from "../ui/topic-links.js";

/**
 * Create the tools in the head of a topic, `.tx-head`, whose title is replaced by the field while renaming.
 * @type {CreatePart}
 */
export function createTopicTools(actions) {
  const form = createNameForm(actions);
  const buttons = h("div", { class: "tx-edit-buttons tx-wrap" });
  const merged = h("div", { class: "tx-edit-merged tx-wrap tx-small tx-above-2" });
  const suggested = h("div", { class: "tx-suggestion tx-small tx-above-2" });
  const element = h("div", { class: "tx-above-2" }, form.element, buttons, suggested, merged);
  const draw = drawnOnChange(
    ({ overview, view, answers }) => [overview, view.topic, answers.labelSuggestions],
    ({ overview, view, answers }) => {
      const topic = topicOf(overview, view.topic);
      element.hidden = !topic || overview.capabilities?.edit?.on !== true;
      if (element.hidden) return;
      redraw(buttons, ...toolsOf(topic, overview, actions));
      redraw(suggested, ...suggestedLabel(topic, answers.labelSuggestions?.value ?? null, actions));
      redraw(merged, ...splitTopics(topic, overview, actions), ...mergedTopics(topic, overview, actions));
    },
  );
  const update = (state) => {
    draw(state);
    form.update(state);
  };
  return { element, update };
}

function toolsOf(topic, overview, actions) {
  const { id, hidden, note, split_from: whole, unwritten: own = [] } = topic;
  // A split that is undone changes its sub-topics too.
  const isUndone = topicOf(overview, whole ?? null)?.unwritten?.includes("split");
  const unwritten = isUndone ? [...new Set([...own, "split"])] : own;
  const isWhole = !isSplit(topic) && !own.includes("split");
  // A fixed name keeps the focus on a button whose label changes.
  const tool = (name, label, title, onclick) =>
    h("button", { type: "button", class: "tx-button tx-button-small", "data-tool": name, title, onclick }, label);
  if ((topic.belongs_to ?? id) !== id) {
    return [tool("out", "Unmerge", `Separate topic ${id} again`, () => actions.unmerge(id))];
  }
  return [
    tool("name", "Rename", "Rename this topic (e)", () => actions.startRename(id)),
    isWhole && tool("merge", "Merge…", "Merge this topic into another one (m)", () => actions.openMerge(id)),
    isWhole && tool("split", "Split…", "Split this topic into sub-topics", () => actions.openSplit(id)),
    Number.isInteger(whole) && tool("unsplit", "Undo split", UNDOING, () => actions.unsplitWithUndo(whole)),
    (isSplit(topic) || topic.pending_parts) && tool("unsplit", "Undo split", UNDOING, () => actions.unsplitWithUndo(id)),
    !isSplit(topic) && tool("hide", hidden ? "Show" : "Hide", hidden ? SHOWING : HIDING, () => actions.toggleHidden(id)),
    tool("note", note ? "Edit note" : "Note", "Add a note about this topic", () => actions.openNote(id)),
    overview.capabilities.super_topics?.on === true &&
      tool("super", "Super-topic…", `Move this topic to another super-topic (s). Now: ${topic.parent_label}`, () =>
        actions.openSuperTopic(id),
      ),
    unwritten.length > 0 && unwrittenMark(unwritten, actions),
  ].filter(Boolean);
}

const UNDOING = "Put the sub-topics together again";
const SHOWING = "Show this topic in lists and charts again (h)";
const HIDING = "Hide this topic in lists and charts; its documents still count (h)";

function unwrittenMark(parts, actions) {
  const names = parts.map(partName).join(", ");
  const properties = {
    type: "button",
    class: "tx-unwritten",
    title: "Review the edits that are not saved yet",
    onclick: () => actions.openChanges(),
  };
  return h("button", properties, `Not saved yet: ${names}`);
}

/** Link the sub-topics of a split topic, or name the topic that a sub-topic comes from and link its other parts. */
function splitTopics({ id, split_from: whole = null, split_into: own = [], pending_parts: pending = [] }, overview, actions) {
  if (pending.length) return [h("span", { class: "tx-quiet" }, "Will be split into"), h("ul", { class: "tx-edit-members tx-wrap" }, ...pending.map(pendingPart))];
  const parent = topicOf(overview, whole);
  const parts = (parent?.split_into ?? own).filter((part) => part !== id);
  if (!parts.length) return [];
  const items = parts.map((part) =>
    h(
      "li",
      { class: "tx-edit-member tx-inline" },
      topicBadge(part),
      viewLink(actions, topicChange(part), { class: "tx-link tx-edit-member-label tx-clip", dir: "auto" }, labelOf(overview, part)),
    ),
  );
  const words = parent ? ["Part of topic ", h("bdi", {}, `${parent.id}, ${parent.label}`), ", with"] : ["Split into"];
  return [h("span", { class: "tx-quiet" }, ...words), h("ul", { class: "tx-edit-members tx-wrap" }, ...items)];
}

function pendingPart({ label, n_documents: n, top_terms: terms }) {
  return h(
    "li",
    { class: "tx-edit-member tx-inline", title: terms.join(", ") },
    h("span", { class: "tx-edit-member-label tx-clip", dir: "auto" }, label),
    h("span", { class: "tx-quiet" }, plural(n, "document")),
  );
}

function mergedTopics(topic, overview, actions) {
  const merged = mergedInto(overview, topic.id);
  if (!merged.length) return [];
  const items = merged.map(({ id, label }) =>
    h(
      "li",
      { class: "tx-edit-member tx-inline" },
      topicBadge(id),
      h("span", { class: "tx-edit-member-label tx-clip", dir: "auto" }, label),
      h(
        "button",
        { type: "button", class: "tx-link", title: `Separate topic ${id} again`, onclick: () => actions.unmerge(id) },
        "Unmerge",
      ),
    ),
  );
  return [h("span", { class: "tx-quiet" }, "Merged in"), h("ul", { class: "tx-edit-members tx-wrap" }, ...items)];
}
