/** The list of stop words for the next training, saved in the model folder or as a file. */

import { saveCsv } from "../../charts/export/save.js";
import { h, icon } from "../../lib/dom.js";
import { redraw } from "../../lib/focus.js";
import { plural } from "../../lib/format.js";
import { drawnOnChange } from "../../store/state.js";
import { countChanges, EMPTY_QUEUE, leftAfterSaving, listedWords, stopWordsCsv, withoutWord, withWord, withWords } from "./stop-words.js";

const WHAT_FOR = "Ignored in the next training: use the list as the input 'Stop words' of 'Discover topics'. The current model does not change.";

/** Make the list. @type {CreatePart} */
export function createStopWords(actions) {
  let state = { queue: EMPTY_QUEUE, saved: [] };
  const change = (queue) => actions.set({ edits: { stopWords: queue } });
  const sum = h("summary", { class: "tx-stop-title tx-inline" });
  const chips = h("ul", { class: "tx-stop-chips", "aria-label": "Stop words" });
  const form = addForm((word) => change(withWord(state.queue, state.saved, word)));
  const tools = h("div", { class: "tx-stop-tools tx-wrap" });
  const status = h("p", { class: "tx-panel-note", role: "status" });
  const body = h("div", { class: "tx-stop-body" }, h("p", { class: "tx-panel-note" }, WHAT_FOR), chips, form, tools, status);
  const element = h("details", { class: "tx-stop tx-small tx-above-3" }, sum, body);
  const changeAndShow = (queue) => {
    change(queue);
    element.open = true;
  };
  actions.changeStopWord = (word, on) => changeAndShow((on ? withWord : withoutWord)(state.queue, state.saved, word));
  actions.addStopWords = (words) => changeAndShow(withWords(state.queue, state.saved, words));
  const update = drawnOnChange(
    ({ answers, edits, overview }) => [answers.stopWords, edits.stopWords, overview],
    ({ answers: { stopWords }, edits: { stopWords: queue = EMPTY_QUEUE }, overview }) => {
      state = { queue, saved: (stopWords?.value?.words ?? []).map(({ word }) => word) };
      const listed = listedWords(queue, state.saved);
      sum.replaceChildren(...headline(listed, countChanges(queue)));
      redraw(chips, ...listed.map((entry) => chip(entry, authorOf(stopWords, entry.word), state, change)));
      redraw(tools, ...buttons({ listed, state, stopWords, overview }, actions, status, () => state.queue));
    },
  );
  return { element, update };
}

function headline(listed, nChanges) {
  const n = listed.filter(({ state }) => state !== "removed").length;
  const changes = nChanges ? h("span", { class: "tx-stop-changes" }, plural(nChanges, "unsaved change")) : "";
  return [n ? plural(n, "stop word") : "Stop words", changes];
}

function authorOf(stopWords, word) {
  const entry = stopWords?.value?.words.find((other) => other.word === word);
  return entry?.author ? `Added by ${entry.author}${entry.time ? `, ${entry.time.slice(0, 10)}` : ""}` : null;
}

function chip({ word, state: kind }, author, { queue, saved }, change) {
  const isRemoved = kind === "removed";
  const label = isRemoved ? `Keep ${word}` : `Remove ${word}`;
  const press = () => change(isRemoved ? withWord(queue, saved, word) : withoutWord(queue, saved, word));
  const button = h(
    "button",
    { type: "button", class: "tx-filter-remove", "data-row": `stop ${word}`, title: label, "aria-label": label, onclick: press },
    icon(isRemoved ? "again" : "close"),
  );
  const what = { saved: "", added: ", not saved yet", removed: ", to be removed" }[kind];
  const note = h("span", { class: "tx-sr-only" }, what);
  return h("li", { class: "tx-stop-chip", "data-state": kind, title: author }, h("span", { dir: "auto" }, word), note, button);
}

function addForm(add) {
  const input = h("input", { class: "tx-input", dir: "auto", maxlength: "200", placeholder: "Add a word", "aria-label": "Word to add" });
  const submit = (event) => {
    event.preventDefault();
    add(input.value);
    input.value = "";
  };
  return h("form", { class: "tx-wrap", onsubmit: submit }, input, h("button", { type: "submit", class: "tx-button" }, "Add"));
}

/** Create the buttons: Save where saving is allowed, and always the download. */
function buttons({ listed, state, stopWords, overview }, actions, status, queueNow) {
  const nChanges = countChanges(state.queue);
  const reason = whyNot(stopWords, overview);
  const save = h("button", { type: "button", class: "tx-button tx-button-strong" }, "Save");
  save.disabled = nChanges === 0;
  save.onclick = () => saveQueue(state.queue, queueNow, actions, status, save);
  const file = h("button", { type: "button", class: "tx-button", onclick: () => saveCsv("stop words", stopWordsCsv(listed)) }, "Download CSV");
  file.disabled = !listed.some(({ state: kind }) => kind !== "removed");
  const notes = [reason, ...(stopWords?.value?.warnings ?? []), stopWords?.value?.dataset_error].filter(Boolean);
  return [reason === null && save, file, ...notes.map((note) => h("p", { class: "tx-panel-note" }, note))].filter(Boolean);
}

/** Return why the list cannot be saved, as a sentence; null where it can. */
function whyNot(stopWords, { capabilities }) {
  const capability = capabilities?.stop_words;
  if (!capability?.on) return capability?.reason ?? "The list cannot be saved here. Download it instead.";
  if (stopWords?.state === "failed") return stopWords.error;
  const writable = stopWords?.value?.writable;
  return writable && !writable.on ? writable.reason : null;
}

/** Save the queue; words added while it is being saved stay in it. */
async function saveQueue(queue, queueNow, actions, status, button) {
  button.disabled = true;
  status.textContent = "Saving…";
  try {
    const kept = await actions.send("stopWords", "stop-words", queue);
    actions.set({ edits: { stopWords: leftAfterSaving(queueNow(), queue) } });
    status.textContent = kept.dataset && !kept.dataset_error ? `Saved, also in the dataset ${kept.dataset}.` : "Saved in the model folder.";
  } catch (error) {
    status.textContent = `Not saved. ${error.message}`;
    button.disabled = false;
  }
}
