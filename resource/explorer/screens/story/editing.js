/** Readers' changes of the story: saved with the model, or else kept in this browser tab. */

import { modelKey } from "../../edits/pending/storage.js";
import { h } from "../../lib/dom.js";
import { createDialog } from "../../ui/dialog.js";
import { changedEdits, NO_EDITS, parseEdits } from "./findings.js";

const KEY = "text-explorer-story";

/**
 * Create the changes.
 * @param {Actions} actions
 * @param {() => void} onChange called when what is kept in the browser has changed
 * @param {(sentence: string) => void} report shows why a change was not saved, "" when one was
 * @returns {{edits: (state: State) => import("./findings.js").StoryEdits, whyLocal: (state: State) => string | null,
 *   edit: (state: State, change: object) => Promise<void>}} `whyLocal` says why changes are not saved, null where they are
 */
export function createStoryEditing(actions, onChange, report) {
  const local = { key: null, edits: NO_EDITS };
  const localEdits = (served) => {
    const key = `${KEY} ${modelKey(served)}`;
    if (local.key !== key) Object.assign(local, { key, edits: parseEdits(readBrowser(key)) });
    return local.edits;
  };
  const edits = (state) =>
    whyLocal(state) === null ? (state.answers.storyEdits?.value ?? NO_EDITS) : localEdits(state.served);
  const edit = async (state, change) => {
    report("");
    if (whyLocal(state) === null) {
      await actions.send("storyEdits", "story/edits", change).catch((error) => report(`Not saved. ${error.message}`));
      return;
    }
    const now = new Date().toISOString();
    local.edits = changedEdits(localEdits(state.served), change, { id: now, time: now });
    if (!writeBrowser(local.key, JSON.stringify(local.edits))) report("This browser keeps changes until the page is left.");
    onChange();
  };
  return { edits, whyLocal, edit };
}

function whyLocal({ overview, answers: { storyEdits } }) {
  const capability = overview.capabilities?.story_edits;
  if (!capability?.on) return capability?.reason ?? "";
  if (storyEdits?.state === "failed") return storyEdits.error;
  const writable = storyEdits?.value?.writable;
  return writable && !writable.on ? writable.reason : null;
}

function readBrowser(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null; // a sandboxed frame or a browser that forbids it
  }
}

function writeBrowser(key, text) {
  try {
    sessionStorage.setItem(key, text);
    return true;
  } catch {
    return false; // full or forbidden
  }
}

const LONGEST_COMMENT = 2_000; // characters, as in the backend

/**
 * Create the dialog for a comment.
 * @param {(comment: {finding: string, comment: string, about: string}) => void} save
 * @returns {{element: HTMLElement, openFor: (id: string, sentence: string) => void}}
 */
export function createCommentDialog(save) {
  let about = { finding: "", about: "" };
  const sentence = h("p", { class: "tx-panel-note", dir: "auto" });
  const text = h("textarea", {
    class: "tx-field tx-note-field", rows: "5", dir: "auto", "data-first": true, "aria-label": "Comment", maxlength: LONGEST_COMMENT, required: true,
  });
  const dialog = createDialog({ title: "Comment", kind: "small" });
  const submit = (event) => {
    event.preventDefault();
    if (!text.value.trim()) return;
    save({ ...about, comment: text.value });
    text.value = "";
    dialog.close();
  };
  const buttons = h(
    "div",
    { class: "tx-dialog-buttons" },
    h("button", { class: "tx-button tx-button-strong" }, "Save comment"),
    h("button", { type: "button", class: "tx-button", onclick: () => dialog.close() }, "Cancel"),
  );
  dialog.body.append(h("form", { onsubmit: submit }, sentence, text, buttons));
  const openFor = (finding, words) => {
    about = { finding, about: words };
    sentence.replaceChildren(words);
    dialog.open();
  };
  return { element: dialog.element, openFor };
}
