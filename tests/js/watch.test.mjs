import assert from "node:assert/strict";
import { test } from "node:test";
import { createStore } from "../../resource/explorer/state.js";
import { createWatch } from "../../resource/explorer/watch.js";

test("a call refused while the data were read is asked again when they are ready, be they the same", async () => {
  const waiting = [];
  const page = { clearTimeout() {}, setTimeout: (call) => waiting.push(call) };
  const api = { get: async (path) => (path === "status" ? { state: "ready", version: "same" } : { topics: [] }) };
  const stuck = { path: "documents/1", state: "loading" };
  const store = createStore({ status: { state: "ready", version: "same" }, overview: { topics: [] }, document: stuck });
  let opened = 0;
  const watch = createWatch(store, api, page, () => (opened += 1));
  watch.lost(Object.assign(new Error("reading"), { kind: "not-ready" }));
  await waiting.pop()();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(store.get().document, null);
  assert.equal(opened, 1);
});
