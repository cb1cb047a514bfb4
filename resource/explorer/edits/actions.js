/** What a reader can do to topics, each as a step of what is pending; nothing of it is written before they say so. */

import { NOT_WRITING } from "./state.js";
import { historyFrom, present, redone, redoName, undone, undoName, withStep } from "./pending/history.js";
import { keep, kept, modelKey } from "./pending/storage.js";
import { editsInForce, withChange, withoutChange } from "./pending/changes.js";
import { takenBack } from "./pending/writing.js";

/**
 * Make the actions.
 * @param {Store} store
 * @param {{storage: Storage | null, tell: Tell}} means to keep edits, to show a sentence
 * @returns {Actions} the actions, and `onFresh`, to be called with each overview served
 */
export function createEditActions(store, { storage, tell }) {
  let model = null;
  const keepNow = () => {
    const { history, seen } = store.get();
    if (model !== null) keep(storage, model, { pending: present(history), seen });
  };
  const step = (name, pending) => {
    store.update({ history: withStep(store.get().history, name, pending), seen: seenSince(store.get()) });
    keepNow();
  };
  const change = (id, changes, name) => {
    if (!canEdit(store.get(), tell)) return;
    const { served, edits, history } = store.get();
    step(name, withChange(present(history), editsInForce(served, edits?.value ?? null), id, changes));
  };
  const walk = (moved, name, word) => {
    if (name === null) return;
    store.update({ history: moved(store.get().history) });
    keepNow();
    tell(`${word}: ${name}`);
  };
  const onFresh = (served) => {
    const key = modelKey(served);
    if (key === model) return {};
    if (model !== null && Object.keys(store.get().pending).length) tell(OTHER_MODEL, { isWarning: true });
    model = key;
    return begunAnew(kept(storage, model), served);
  };
  return {
    onFresh,
    keepEdits: keepNow,
    ...changesOf(store, change),
    dropChange: (id, part) =>
      step(`Remove a change of topic ${id}`, withoutChange(present(store.get().history), id, part)),
    dropAll: () => step("Remove all changes", {}),
    undo: () => walk(undone, undoName(store.get().history), "Undone"),
    redo: () => walk(redone, redoName(store.get().history), "Done again"),
  };
}

/** A conflict is with what others wrote after the first of the pending edits was made. */
function seenSince({ pending, seen, served }) {
  return Object.keys(pending).length ? seen : (served.edits?.version ?? null);
}

function begunAnew(found, served) {
  const seen = found?.seen ?? served.edits?.version ?? null;
  return { history: historyFrom(found?.pending), seen, writing: NOT_WRITING };
}

function changesOf(store, change) {
  return {
    setName: (id, label) => change(id, { label: label?.trim() ?? null }, `Rename topic ${id}`),
    setNote: (id, note) => change(id, { note: note.trim() || null }, `Note on topic ${id}`),
    setHidden: (id, hidden) => change(id, { hidden }, `${hidden ? "Hide" : "Show"} topic ${id}`),
    merge: (id, into) => change(id, { merged_into: into }, `Merge topic ${id} into ${into}`),
    takeOut: (id) => change(id, { merged_into: null }, `Take topic ${id} out`),
    takeBack: (place) => {
      const { log, n_log: n = log.length } = store.get().edits.value;
      change(
        log[place].topic_id,
        takenBack(log, place, n <= log.length),
        `Take back an edit of topic ${log[place].topic_id}`,
      );
    },
  };
}

const OTHER_MODEL =
  "The topics were trained anew. Your changes that were not written spoke of the topics before, and are gone.";

/**
 * Tell whether topics can be edited; where not, say why.
 * @param {State} state
 * @param {Tell} [tell]
 * @returns {boolean}
 */
export function canEdit({ overview }, tell = () => {}) {
  const edit = overview?.capabilities?.edit;
  if (edit?.on) return true;
  tell(edit?.reason ?? "Topics cannot be edited here.", { isWarning: true });
  return false;
}
