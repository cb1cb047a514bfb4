/** Actions that edit topics. Each is a step of the pending edits; nothing is written until the user writes back. */

import { NOT_WRITING } from "./state.js";
import { historyFrom, present, redone, redoName, undone, undoName, withStep } from "./pending/history.js";
import { named } from "./move/dialog.js";
import { withMovesOf } from "./move/moving.js";
import { modelKey, restorePending, storePending } from "./pending/storage.js";
import { canStart, currentEdits, withChange, withoutChange } from "./pending/changes.js";
import { revertedParts } from "./pending/writing.js";
import { superTopicOf, topicOf } from "../model/topics.js";

/**
 * Create the actions.
 * @param {Store} store
 * @param {{storage: Storage | null, notify: Notify}} means to store edits, and to show a sentence
 * @returns {Actions} the actions, of which those that edit return whether anything changed, and `onFresh`, to be called
 *   with each served overview
 */
export function createEditActions(store, { storage, notify }) {
  let model = null;
  const storeNow = () => {
    const { history, seen } = store.get().edits;
    if (model !== null) storePending(storage, model, { pending: present(history), seen });
  };
  const step = (name, pending) => {
    const before = store.get().edits.history;
    const history = withStep(before, name, pending);
    if (history === before) return false;
    store.update({ edits: { history, seen: seenSince(store.get()) } });
    storeNow();
    return true;
  };
  const change = (id, changes, name) => {
    if (!canEdit(store.get(), notify) || !isStarted(store.get(), changes, notify)) return false;
    const { served, answers, edits } = store.get();
    return step(name, withChange(present(edits.history), currentEdits(served, answers.edits?.value), id, changes));
  };
  const walk = (moved, name, word) => {
    if (name === null) return;
    store.update({ edits: { history: moved(store.get().edits.history) } });
    storeNow();
    notify(`${word}: ${name}`);
  };
  const onFresh = (served) => {
    const key = modelKey(served);
    if (key === model) return {};
    if (model !== null && Object.keys(store.get().edits.pending).length) notify(OTHER_MODEL, { isWarning: true });
    model = key;
    return startedFrom(restorePending(storage, model), served);
  };
  return {
    onFresh,
    storeEdits: storeNow,
    ...changesOf(store, change),
    moveDocuments: (documents, into) => {
      const { served, answers, edits } = store.get();
      if (!canEdit(store.get(), notify) || !isStarted(store.get(), { documents: null }, notify)) return false;
      const name = into === null ? `Move ${named(documents)} back` : `Move ${named(documents)} to topic ${into}`;
      const current = currentEdits(served, answers.edits.value);
      if (step(name, withMovesOf(present(edits.history), current, documents, into, served))) return true;
      notify(into === null ? "Nothing to move back." : `${named(documents)}: already in topic ${into}.`);
      return false;
    },
    dropChange: (id, part) =>
      step(`Remove an edit of topic ${id}`, withoutChange(present(store.get().edits.history), id, part)),
    dropAll: () => step("Remove all edits", {}),
    undo: () => walk(undone, undoName(store.get().edits.history), "Undone"),
    redo: () => walk(redone, redoName(store.get().edits.history), "Redone"),
  };
}

function isStarted(state, changes, notify) {
  const started = canStart(state, changes);
  if (!started) notify("The edits are still loading. Try again in a moment.", { isWarning: true });
  return started;
}

/** Edits of others conflict only if they were written after the first pending edit was made. */
function seenSince({ edits: { pending, seen }, served }) {
  return Object.keys(pending).length ? seen : (served.edits?.version ?? null);
}

function startedFrom(found, served) {
  const seen = found?.seen ?? served.edits?.version ?? null;
  return { history: historyFrom(found?.pending), seen, writing: NOT_WRITING };
}

function changesOf(store, change) {
  return {
    setName: (id, label) => {
      const trained = topicOf(store.get().served, id)?.trained_label;
      return change(id, { label: otherThan(trained, label) }, `Rename topic ${id}`);
    },
    setNote: (id, note) => change(id, { note: note.trim() || null }, `Note on topic ${id}`),
    setHidden: (id, hidden) => change(id, { hidden }, `${hidden ? "Hide" : "Show"} topic ${id}`),
    merge: (id, into) => change(id, { merged_into: into }, `Merge topic ${id} into ${into}`),
    split: (id, parts) => change(id, { split: parts }, `Split topic ${id}`),
    unsplit: (id) => change(id, { split: null }, `Undo the split of topic ${id}`),
    unmerge: (id) => change(id, { merged_into: null }, `Unmerge topic ${id}`),
    setParent: (id, parent) => change(id, parentChange(store.get().overview, id, parent), `Move topic ${id} to a super-topic`),
    setParentLabel: (parent, label) => {
      // The name is kept with the first topic that was trained in it.
      const topic = store.get().served.topics.find(({ trained_parent: trained }) => trained === parent);
      const trained = superTopicOf(store.get().served, parent)?.trained_label;
      return Boolean(topic) && change(topic.id, { parent_label: otherThan(trained, label) }, "Rename a super-topic");
    },
    revertEdit: (index) => {
      const { log, n_log: n = log.length } = store.get().answers.edits.value;
      return change(
        log[index].topic_id,
        revertedParts(log, index, n <= log.length),
        `Revert an edit of topic ${log[index].topic_id}`,
      );
    },
  };
}

/** Return a name as edits hold it: null is the one of the training. */
function otherThan(trained, label) {
  const name = label?.trim() ?? null;
  return name === trained ? null : name;
}

function parentChange(overview, id, parent) {
  return { parent: topicOf(overview, id)?.trained_parent === parent ? null : parent };
}

const OTHER_MODEL =
  "The model was trained again. Your unsaved edits belonged to the previous topics and were discarded.";

/**
 * Return whether topics can be edited; if not, show the reason.
 * @param {State} state @param {Notify} [notify]
 * @returns {boolean}
 */
export function canEdit({ overview }, notify = () => () => {}) {
  const edit = overview?.capabilities?.edit;
  if (edit?.on) return true;
  notify(edit?.reason ?? "Topics cannot be edited here.", { isWarning: true });
  return false;
}
