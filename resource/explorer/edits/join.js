/** Join the parts of editing: actions, pending edits, dialogs and the panel of changes. */

import { canEdit, createEditActions } from "./actions.js";
import { createWriting } from "./writing.js";
import { topicsOfMerge } from "./merge/merging.js";
import { storageOf } from "./pending/storage.js";
import { superTopicOf, topicOf } from "../model/topics.js";
import { createNameDialog } from "./name.js";
import { createNoteDialog } from "./note.js";
import { createSuperTopicDialog, createSuperTopicNameDialog } from "./super-topics/dialogs.js";
import { createHelpDialog } from "../ui/help-dialog.js";
import { createMergeDialog } from "./merge/dialog.js";
import { createMoveDialog, named } from "./move/dialog.js";
import { createSplitDialog } from "./split/dialog.js";
import { createLabelActions } from "./suggested-label.js";
import { createPendingPanel } from "./pending/panel/panel.js";

/**
 * Create the actions of editing and the elements that show them.
 * @param {{page: Window, store: Store, api: Api, notify: Notify, reopen: Reopen, lost: (error: Error) => void}} means
 * @param {Actions} actions of the page, to which those of editing are added
 * @returns {{elements: HTMLElement[], update: (state: State) => void, onFresh: (served: Overview) => Partial<Edits>,
 *   onEdited: () => void}}
 */
export function joinEdits({ page, store, api, notify, reopen, lost }, actions) {
  const { onFresh, storeEdits, ...edits } = createEditActions(store, { storage: storageOf(page), notify });
  const writing = createWriting(store, api, {
    reopen,
    lost,
    storeEdits,
    notify: (...values) => {
      panel.close();
      return notify(...values);
    },
  });
  Object.assign(actions, edits, writing);
  const preview = (id, into, signal) => {
    const { overview, served } = store.get();
    const all = topicsOfMerge(overview, served, id, into);
    return api.get(`merge?topics=${all.join(",")}&into=${into}`, signal);
  };
  const dialogs = {
    name: createNameDialog(actions),
    note: createNoteDialog(actions),
    merge: createMergeDialog(actions, { overviewNow: () => store.get().overview, preview, similarity: () => api.get("similarity") }),
    split: createSplitDialog(actions, {
      overviewNow: () => store.get().overview,
      preview: (id, parts, signal) => api.get(`split?topic=${id}&parts=${parts}`, signal),
    }),
    move: createMoveDialog(actions, { overviewNow: () => store.get().overview }),
    superTopic: createSuperTopicDialog(actions, () => store.get().overview),
    superTopicName: createSuperTopicNameDialog(actions, () => store.get().overview),
    help: createHelpDialog(),
  };
  const panel = createPendingPanel(actions);
  Object.assign(actions, openers(store, dialogs, notify), withFeedback(store, actions, notify), createLabelActions(actions, notify), {
    openChanges: panel.open,
    openHelp: dialogs.help.open,
  });
  page.addEventListener("beforeunload", (event) => warn(event, store.get()));
  const elements = [...Object.values(dialogs), panel].map(({ element }) => element);
  const onEdited = () => {
    // A poll may find the user's own edits before writing them has finished.
    if (store.get().edits.writing.state !== "writing") notify(BY_OTHERS);
  };
  return { elements, update: panel.update, onFresh, onEdited };
}

const BY_OTHERS = "The topics were edited by someone else, or by you in another window. The page now shows those edits.";

/** Actions that open a field or a dialog; each shows the reason if topics cannot be edited. */
function openers(store, dialogs, notify) {
  const able =
    (run) =>
    (id, ...more) => {
      const topic = topicOf(store.get().overview, id);
      if (topic && canEdit(store.get(), notify)) run(topic, ...more);
    };
  return {
    editsOn: () => canEdit(store.get()),
    superTopicsOn: () => canEdit(store.get()) && superTopicFault(store.get()) === null,
    openSuperTopic: able((topic) => {
      const fault = superTopicFault(store.get());
      if (fault === null) dialogs.superTopic.openFor(topic);
      else notify(fault, { isWarning: true });
    }),
    renameSuperTopic: (id) => canEdit(store.get(), notify) && dialogs.superTopicName.openFor(id),
    startRename: able((topic) => {
      const { view } = store.get();
      if (view.screen === "overview" && view.topic === topic.id && view.pane === "explore")
        store.update({ edits: { renaming: topic.id } });
      else dialogs.name.openFor(topic);
    }),
    endRename: () => store.update({ edits: { renaming: null } }),
    openNote: able((topic) => dialogs.note.openFor(topic)),
    openSplit: able((topic) => dialogs.split.openFor(topic.id)),
    openMove: (documents, onMoved) => canEdit(store.get(), notify) && dialogs.move.openFor(documents, onMoved),
    openMerge: able((topic, into) => dialogs.merge.openFor(topic.id, into)),
  };
}

function superTopicFault({ overview }) {
  const { on, reason } = overview.capabilities?.super_topics ?? {};
  return on ? null : (reason ?? "This model has no super-topics.");
}

/** Actions that confirm what was done and offer to undo it, until another edit follows; nothing where nothing changed. */
export function withFeedback(store, actions, notify) {
  let offer = null;
  const withUndo = (sentence) => {
    const withdraw = notify(sentence, { action: { label: "Undo", run: actions.undo } });
    offer = { history: store.get().edits.history, withdraw };
  };
  store.subscribe(({ edits }) => {
    if (!offer || edits.history === offer.history) return;
    offer.withdraw();
    offer = null;
  });
  return {
    mergeWithUndo: (id, into) => {
      if (!actions.merge(id, into)) return;
      if (store.get().view.topic === id) actions.chooseTopic(into);
      withUndo(`Topic ${id} is merged into topic ${into}. Not saved yet.`);
    },
    splitWithUndo: (id, parts) => {
      if (!actions.split(id, parts)) return;
      withUndo(`Topic ${id} will be split into ${parts.parts.length} sub-topics once you save. Not saved yet.`);
    },
    unsplitWithUndo: (id) => {
      if (!actions.unsplit(id)) return;
      // Its sub-topics will be gone.
      if (store.get().view.topic !== id) actions.chooseTopic(id);
      const isWritten = topicOf(store.get().served, id)?.split_into?.length;
      withUndo(`The split of topic ${id} ${isWritten ? "will be undone once you save. Not saved yet" : "is undone"}.`);
    },
    moveWithUndo: (documents, into) => {
      if (!actions.moveDocuments(documents, into)) return false;
      const where = into === null ? "back to the topic of the model" : `to topic ${into}`;
      withUndo(`${named(documents)} will be moved ${where} once you save. Not saved yet.`);
      return true;
    },
    moveToSuperTopic: (id, parent) => {
      const { overview } = store.get();
      const [topic, target] = [topicOf(overview, id), superTopicOf(overview, parent)];
      if (!topic || !target || topic.parent === parent || !canEdit(store.get(), notify)) return;
      if (actions.setParent(id, parent)) withUndo(`Topic ${id} is moved to “${target.label}”. Not saved yet.`);
    },
    toggleHidden: (id) => {
      const topic = topicOf(store.get().overview, id);
      if (!topic || !canEdit(store.get(), notify)) return;
      if (!actions.setHidden(id, !topic.hidden)) return;
      withUndo(
        topic.hidden
          ? `Topic ${id} is shown again. Not saved yet.`
          : `Topic ${id} is hidden; its documents still count. Not saved yet.`,
      );
    },
  };
}

/** Let the browser ask before the page is left with pending edits. */
function warn(event, { edits }) {
  if (!Object.keys(edits.pending).length) return;
  event.preventDefault();
  event.returnValue = "";
}
