import assert from "node:assert/strict";
import { test } from "node:test";
import { createStore } from "../../../resource/explorer/store/state.js";
import { createWatch } from "../../../resource/explorer/app/backend-watch.js";

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A watch with given answers; `waiting` holds the next poll. */
function watching(state, answers) {
  const seen = { opened: 0, edited: 0, waiting: [], asked: [] };
  const page = { clearTimeout() {}, setTimeout: (call) => seen.waiting.push(call) };
  const get = async (path) => {
    seen.asked.push(path);
    return answers[path];
  };
  const store = createStore({ answers: {}, ...state });
  const listeners = { onOpen: () => (seen.opened += 1), onEdited: () => (seen.edited += 1) };
  return { seen, store, watch: createWatch(store, { get }, page, listeners) };
}

const ready = (changes) => ({ state: "ready", version: "same", edits_version: "a", ...changes });

test("a request refused during reading is repeated when the same data are ready", async () => {
  const stuck = { path: "documents/1", state: "loading", value: null };
  const state = { status: ready(), served: { topics: [] }, answers: { document: stuck } };
  const { seen, store, watch } = watching(state, { status: ready(), overview: { topics: [] } });
  watch.lost(Object.assign(new Error("reading"), { kind: "not-ready" }));
  await seen.waiting.pop()();
  await settle();
  assert.equal(store.get().answers.document, null);
  assert.equal(seen.opened, 1);
});

test("documents read so far are shown while the rest is read, then all", async () => {
  const answers = {
    status: { state: "building", usable: true, version: "half", rows_read: 10 },
    overview: { topics: [1] },
  };
  const { seen, store, watch } = watching({ status: { state: "opening" }, served: null }, answers);
  await watch.poll();
  assert.deepEqual(store.get().served, { topics: [1] });
  answers.status = { ...answers.status, rows_read: 20 };
  await watch.poll();
  assert.equal(seen.opened, 1);
  assert.equal(store.get().status.rows_read, 20);
  Object.assign(answers, { status: ready({ version: "whole" }), overview: { topics: [1, 2] } });
  await watch.poll();
  assert.deepEqual(store.get().served, { topics: [1, 2] });
  assert.equal(seen.opened, 2);
});

test("nothing is shown while nothing usable has been read", async () => {
  const { seen, store, watch } = watching(
    { status: { state: "opening" }, served: null },
    { status: { state: "building", usable: false } },
  );
  await watch.poll();
  assert.equal(store.get().served, null);
  assert.deepEqual(seen.asked, ["status"]);
});

test("edits of others are fetched, and the old answers stay visible until the new ones arrive", async () => {
  const terms = { path: "terms", state: "ready", value: { terms: [] } };
  const answers = { status: ready({ edits_version: "b" }), overview: { topics: ["renamed"] } };
  const { seen, store, watch } = watching({ status: ready(), served: { topics: [] }, answers: { terms } }, answers);
  await watch.poll();
  assert.deepEqual(store.get().answers.terms, { path: null, state: "loading", value: { terms: [] } });
  assert.deepEqual([seen.opened, seen.edited], [1, 1]);
  await watch.poll();
  assert.deepEqual([seen.opened, seen.edited], [1, 1]);
});

test("own edits arrive with the new overview in one step, and are not reported as edits of others", async () => {
  const answers = { status: ready({ edits_version: "b" }), overview: { topics: ["mine"] } };
  const { seen, store, watch } = watching({ status: ready(), served: { topics: [] }, edits: { history: "pending" } }, answers);
  const steps = [];
  store.subscribe(({ served, edits }) => steps.push([served.topics[0], edits.history]));
  await watch.reopen(() => ({ history: "written" }));
  assert.deepEqual(steps, [["mine", "written"]]);
  assert.equal(seen.edited, 0);
});

test("a page that could not reach its backend polls again and restores what was shown", async () => {
  const answers = { overview: { topics: [1] } };
  const state = { status: ready(), served: { topics: [1] }, view: "as before" };
  const { seen, store, watch } = watching(state, answers);
  answers.status = Promise.reject(Object.assign(new Error("The backend cannot be reached."), { kind: "unreachable" }));
  await watch.poll();
  assert.equal(store.get().status.state, "failed");
  answers.status = ready();
  await seen.waiting.pop()();
  assert.deepEqual([store.get().status.state, store.get().view, seen.opened], ["ready", "as before", 1]);
});

const opening = { status: { state: "opening" }, served: null };

test("at the start, the overview comes with the status", async () => {
  const overview = { version: "same", edits: { version: "a" }, topics: ["early"] };
  const { seen, store, watch } = watching(opening, { "status?with=overview": ready({ overview }) });
  await watch.begin();
  assert.deepEqual(seen.asked, ["status?with=overview"]);
  assert.deepEqual(store.get().served.topics, ["early"]);
  assert.deepEqual(store.get().status, ready());
});

for (const [what, overview] of [
  ["other data", { version: "older", edits: { version: "a" } }],
  ["other edits", { version: "same", edits: { version: "older" } }],
]) {
  test(`an overview of ${what} than the status names is asked for again`, async () => {
    const answers = { "status?with=overview": ready({ overview }), overview: { topics: ["new"] } };
    const { seen, store, watch } = watching(opening, answers);
    await watch.begin();
    assert.deepEqual(seen.asked, ["status?with=overview", "overview"]);
    assert.deepEqual(store.get().served.topics, ["new"]);
  });
}

test("at the start there need not be an overview", async () => {
  const status = { state: "building", usable: false };
  const { seen, store, watch } = watching(opening, { "status?with=overview": { ...status, overview: null } });
  await watch.begin();
  assert.equal(store.get().status.state, "building");
  assert.equal(seen.opened, 0);
});
