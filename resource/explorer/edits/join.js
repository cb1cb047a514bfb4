/** Join the parts of editing: what a reader does, what is pending, the dialogs and the panel that show it. */

import { canEdit, createEditActions } from "./actions.js";
import { createWriting } from "./writing.js";
import { topicsOfMerge } from "./merge/merging.js";
import { storageOf } from "./pending/storage.js";
import { topicOf } from "../model/topics.js";
import { createNameDialog } from "./name.js";
import { createNoteDialog } from "./note.js";
import { createHelpDialog } from "../ui/help-dialog.js";
import { createMergeDialog } from "./merge/dialog.js";
import { createPendingPanel } from "./pending/panel/panel.js";

/**
 * Make the actions of editing and what shows them.
 * @param {{page: Window, store: Store, api: Api, tell: Tell, reopen: Reopen, lost: (error: Error) => void}} means
 * @param {Actions} actions of the page, to which those of editing are added
 * @returns {{elements: HTMLElement[], update: (state: State) => void, onFresh: (served: Overview) => Partial<State>,
 *   onEdited: () => void}}
 */
export function joinEdits({ page, store, api, tell, reopen, lost }, actions) {
  const { onFresh, keepEdits, ...edits } = createEditActions(store, { storage: storageOf(page), tell });
  const writing = createWriting(store, api, {
    reopen,
    lost,
    keepEdits,
    tell: (...said) => {
      panel.close();
      tell(...said);
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
    merge: createMergeDialog(actions, { overviewNow: () => store.get().overview, preview }),
    help: createHelpDialog(),
  };
  const panel = createPendingPanel(actions);
  Object.assign(actions, opening(store, dialogs, tell), told(store, actions, tell), {
    openChanges: panel.open,
    openHelp: dialogs.help.open,
  });
  page.addEventListener("beforeunload", (event) => warn(event, store.get()));
  const elements = [...Object.values(dialogs), panel].map(({ element }) => element);
  const onEdited = () => {
    // A look at the backend may find one's own edits before their writing has ended.
    if (store.get().writing.state !== "writing") tell(BY_OTHERS);
  };
  return { elements, update: panel.update, onFresh, onEdited };
}

const BY_OTHERS = "Somebody has written changes to the topics; the page shows them now.";

/** What opens a field or a dialog; each says why where topics cannot be edited. */
function opening(store, dialogs, tell) {
  const able =
    (run) =>
    (id, ...more) => {
      const topic = topicOf(store.get().overview, id);
      if (topic && canEdit(store.get(), tell)) run(topic, ...more);
    };
  return {
    editsOn: () => canEdit(store.get()),
    startRename: able((topic) => {
      const { view } = store.get();
      if (view.screen === "overview" && view.topic === topic.id && view.pane === "explore")
        store.update({ renaming: topic.id });
      else dialogs.name.openFor(topic);
    }),
    endRename: () => store.update({ renaming: null }),
    openNote: able((topic) => dialogs.note.openFor(topic)),
    openMerge: able((topic, into) => dialogs.merge.openFor(topic.id, into)),
  };
}

/** What is told when it is done, with the way back. */
function told(store, actions, tell) {
  const withUndo = (sentence) => tell(sentence, { action: { label: "Undo", run: actions.undo } });
  return {
    mergeAndTell: (id, into) => {
      actions.merge(id, into);
      if (store.get().view.topic === id) actions.chooseTopic(into);
      withUndo(`Topic ${id} is merged into topic ${into}. Not written yet.`);
    },
    toggleHidden: (id) => {
      const topic = topicOf(store.get().overview, id);
      if (!topic || !canEdit(store.get(), tell)) return;
      actions.setHidden(id, !topic.hidden);
      withUndo(
        topic.hidden
          ? `Topic ${id} is shown again. Not written yet.`
          : `Topic ${id} is hidden; its documents still count. Not written yet.`,
      );
    },
  };
}

/** The browser asks whether to leave while something would have to be done again in another tab. */
function warn(event, { pending }) {
  if (!Object.keys(pending).length) return;
  event.preventDefault();
  event.returnValue = "";
}
