import assert from "node:assert/strict";
import { test } from "node:test";
import { createApi, neededCalls } from "../../resource/explorer/api.js";
import { DEFAULT_VIEW } from "../../resource/explorer/hash.js";
import { neighbour } from "../../resource/explorer/navigation.js";
import { hueOf } from "../../resource/explorer/palette.js";
import { createStore, drawnOnChange } from "../../resource/explorer/state.js";

const view = (changes) => ({ ...DEFAULT_VIEW, ...changes });

test("the overview needs no further call", () => {
  assert.deepEqual(neededCalls(DEFAULT_VIEW), { topic: null, documents: null, document: null });
});

test("a topic needs its detail and its documents", () => {
  assert.deepEqual(neededCalls(view({ topic: 0, page: 2 })), {
    topic: "topics/0", documents: "documents?topic=0&page=2", document: null,
  });
});

test("the documents without a topic need no topic", () => {
  assert.deepEqual(neededCalls(view({ topic: "none" })).topic, null);
  assert.equal(neededCalls(view({ topic: "none" })).documents, "documents?topic=none&page=1");
});

test("a search is part of every call it marks, safely written", () => {
  const calls = neededCalls(view({ tab: "documents", q: "a&b=1", doc: 3 }));
  assert.equal(calls.documents, "documents?q=a%26b%3D1&page=1");
  assert.equal(calls.document, "documents/3?q=a%26b%3D1");
});

test("the backend is found through the page or the page around it", () => {
  const helper = (path) => path;
  assert.ok(createApi({ getWebAppBackendUrl: helper }));
  assert.ok(createApi({ parent: { getWebAppBackendUrl: helper } }));
});

test("a page without a backend is told so", () => {
  assert.throws(() => createApi({ parent: {} }), /does not know its backend/);
});

test("a page around of another origin is no fault", () => {
  const page = { get parent() { throw new Error("cross-origin"); } };
  assert.throws(() => createApi(page), /does not know its backend/);
});

test("a backend that is not running is told from one that refuses", async (context) => {
  const api = createApi({ getWebAppBackendUrl: (path) => `http://127.0.0.1${path}` });
  const answer = (status, body) => context.mock.method(globalThis, "fetch", async () => new Response(body, { status }));
  answer(502, "<html>");
  await assert.rejects(api.get("status"), { kind: "unreachable", message: /not running/ });
  answer(503, '{"error": "Wait."}');
  await assert.rejects(api.get("status"), { kind: "not-ready", message: "Wait." });
  answer(404, '{"error": "No topic 9."}');
  await assert.rejects(api.get("status"), { kind: "refused", message: "No topic 9." });
  answer(500, "<html>");
  await assert.rejects(api.get("status"), { kind: "refused", message: /status 500/ });
});

test("neighbours follow the list and end with it", () => {
  const topics = [{ id: 4 }, { id: 2 }, { id: 7 }];
  assert.equal(neighbour(topics, 4, 1), 2);
  assert.equal(neighbour(topics, 4, -1), null);
  assert.equal(neighbour(topics, 7, 1), null);
  assert.equal(neighbour(topics, null, 1), 4);
  assert.equal(neighbour(topics, null, -1), null);
});

test("the first twelve topics have a colour of their own, for ever", () => {
  assert.equal(hueOf(0), "0");
  assert.equal(hueOf(11), "11");
  assert.equal(hueOf(12), "rest");
  assert.equal(hueOf(null), "rest");
});

test("an update tells every listener the whole new state", () => {
  const store = createStore({ a: 1, b: 2 });
  const seen = [];
  store.subscribe((state) => seen.push(state));
  store.update({ b: 3 });
  assert.deepEqual(seen, [{ a: 1, b: 3 }]);
  assert.deepEqual(store.get(), { a: 1, b: 3 });
});

test("a view is drawn only when what it shows has changed", () => {
  let n = 0;
  const draw = drawnOnChange((state) => [state.a], () => { n += 1; });
  draw({ a: 1, b: 1 });
  draw({ a: 1, b: 2 });
  draw({ a: 2, b: 2 });
  assert.equal(n, 2);
});
