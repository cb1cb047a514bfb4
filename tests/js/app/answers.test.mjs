import assert from "node:assert/strict";
import { test } from "node:test";
import { createAnswers } from "../../../resource/explorer/app/answers.js";
import { NO_ANSWERS } from "../../../resource/explorer/store/needed-answers.js";
import { DEFAULT_VIEW } from "../../../resource/explorer/store/view-address.js";
import { createStore } from "../../../resource/explorer/store/state.js";

const settle = () => new Promise((resolve) => setImmediate(resolve));
const fault = (kind) => Object.assign(new Error(kind), { kind });
const status = { state: "ready", version: "same" };
const overview = { topics: [], capabilities: { words: { on: true, reason: null } } };

/** Answers of a document with given responses; `lost` holds the errors that concern the whole page. */
function asking(get) {
  const lost = [];
  const store = createStore({ view: { ...DEFAULT_VIEW, doc: 3 }, overview, status, answers: NO_ANSWERS });
  const refresh = createAnswers(store, { get }, (error) => lost.push(error.kind));
  return { store, refresh, lost };
}

test("words wait for the model while the document is already shown", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let isLoaded = false;
  const { store, refresh, lost } = asking(async (path) => {
    if (path === "status") return status;
    if (path.endsWith("/words") && !isLoaded) throw fault("not-ready");
    return { path };
  });
  refresh();
  await settle();
  assert.equal(store.get().answers.document.state, "ready");
  assert.equal(store.get().answers.words.state, "loading");
  isLoaded = true;
  context.mock.timers.tick(1000);
  await settle();
  assert.deepEqual(store.get().answers.words.value, { path: "documents/3/words" });
  assert.deepEqual(lost, []);
});

test("words of a document closed in the meantime are not requested again", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const asked = [];
  const { store, refresh } = asking(async (path) => {
    asked.push(path);
    throw fault("not-ready");
  });
  refresh();
  await settle();
  store.update({ view: DEFAULT_VIEW });
  refresh();
  context.mock.timers.tick(1000);
  await settle();
  assert.deepEqual(asked.filter((path) => path.endsWith("/words")), ["documents/3/words"]);
});

test("a document that fails while the data are read makes the whole page wait", async () => {
  const { refresh, lost } = asking(async (path) => {
    if (path === "documents/3") throw fault("not-ready");
    return { state: "building", usable: false };
  });
  refresh();
  await settle();
  assert.deepEqual(lost, ["not-ready"]);
});
