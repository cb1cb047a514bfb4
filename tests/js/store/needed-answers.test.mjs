import assert from "node:assert/strict";
import { test } from "node:test";
import { createApi } from "../../../resource/explorer/app/api.js";
import { NO_ANSWERS, neededCalls, reportAddress } from "../../../resource/explorer/store/needed-answers.js";
import { DEFAULT_VIEW } from "../../../resource/explorer/store/view-address.js";
import { neighbour } from "../../../resource/explorer/store/navigation.js";
import { hueOf } from "../../../resource/explorer/lib/palette.js";
import { createStore, drawnOnChange } from "../../../resource/explorer/store/state.js";

const view = (changes) => ({ ...DEFAULT_VIEW, screen: "overview", ...changes });
const able = (...names) => ({ capabilities: Object.fromEntries(names.map((name) => [name, { on: true, reason: null }])) });
/** The calls a view needs, without those it does not. */
const calls = (changes, overview = null) =>
  Object.fromEntries(Object.entries(neededCalls(view(changes), overview)).filter(([, path]) => path !== null));

test("the overview needs the terms that tell its topics apart", () => {
  assert.deepEqual(calls({}), { terms: "terms?sort=saliency" });
  assert.deepEqual(Object.keys(neededCalls(DEFAULT_VIEW, null)).sort(), Object.keys(NO_ANSWERS).sort());
});

test("suggested labels are needed where topics can be renamed", () => {
  assert.equal(calls({}, able("label_suggestions", "edit")).labelSuggestions, "label-suggestions");
  assert.equal(calls({}, able("label_suggestions")).labelSuggestions, undefined);
});

test("the story is of the documents that match the filters, whichever topic was chosen", () => {
  const needed = calls({ screen: "story", topic: 3, q: "tax" }, able("story", "story_edits"));
  assert.deepEqual(needed, { story: "story?q=tax", storyEdits: "story/edits", counts: "counts?q=tax" });
  assert.deepEqual(calls({ screen: "story" }), {});
  assert.equal(reportAddress(view({ topic: 3, q: "tax" })), "report?q=tax");
});

test("a topic needs its detail and its documents", () => {
  assert.deepEqual(calls({ topic: 0, page: 2 }), { topic: "topics/0", documents: "documents?topic=0&page=2" });
});

test("a topic over time is requested if documents have dates, without the search", () => {
  assert.equal(calls({ topic: 0, q: "x", from: "1900-01-01" }, able("time")).time, "time?from=1900-01-01");
});

test("the documents without a topic need no topic", () => {
  assert.deepEqual(calls({ topic: "none" }), { documents: "documents?topic=none&page=1" });
});

test("a search is part of every request whose answer it marks, encoded", () => {
  const needed = calls({ screen: "documents", q: "a&b=1", doc: 3 });
  assert.equal(needed.documents, "documents?q=a%26b%3D1&page=1");
  assert.equal(needed.document, "documents/3?q=a%26b%3D1");
});

test("filters narrow the documents and are counted", () => {
  const filters = { groups: [{ column: 0, value: "a b" }, { column: 1, value: "" }], from: "1861-01-01", min: 0.5 };
  const query = "from=1861-01-01&min=0.5&g=0%3Aa+b&g=1%3A";
  assert.equal(calls({ screen: "documents", ...filters }).documents, `documents?${query}&page=1`);
  assert.equal(calls(filters).counts, `counts?${query}`);
});

test("a chart of all topics is not filtered by the selected one", () => {
  assert.equal(calls({ screen: "time", topic: 3, by: "year" }, able("time")).time, "time?by=year");
  assert.equal(calls({ screen: "groups", topic: 3, column: 1 }, able("groups")).groups, "groups?column=1");
});

test("documents are counted for every topic, whichever is selected", () => {
  assert.equal(calls({ topic: 3, q: "tax" }).counts, "counts?q=tax");
  assert.equal(calls({ topic: 3 }).counts, undefined);
});

test("terms are listed until one is chosen, which is then shown with its lines in the documents", () => {
  assert.deepEqual(calls({ screen: "terms", find: "ta", topic: 2, page: 3 }), {
    proposedStopWords: "stop-words/proposed", terms: "terms?q=ta&topic=2&page=3",
  });
  assert.deepEqual(calls({ screen: "terms", find: "ta", term: "tax", page: 3, lines: 2, min: 0.5 }), {
    counts: "counts?min=0.5", term: "term?term=tax", kwic: "kwic?term=tax&page=2&min=0.5",
  });
});

test("the order of another screen is not requested", () => {
  assert.equal(calls({ screen: "documents", sort: "saliency" }).documents, "documents?page=1");
  assert.equal(calls({ screen: "terms", sort: "-date" }).terms, "terms?page=1");
  assert.equal(calls({ screen: "documents", sort: "-date", size: 50 }).documents, "documents?page=1&size=50&sort=-date");
});

test("a comparison sends both sides, each encoded as one value, and the filters of both", () => {
  const sides = { a: "g=1%3AD&q=war", b: "all" };
  const needed = calls({ screen: "compare", ...sides, topic: 3, from: "1945-01-01" }, able("compare"));
  assert.equal(needed.compare, "compare?a=g%3D1%253AD%26q%3Dwar&b=&topic=3&from=1945-01-01");
  assert.equal(calls({ screen: "compare", a: "q=war" }, able("compare")).compare, "compare?a=q%3Dwar&b=others");
});

test("changes and drivers are requested with their choices, drivers for all topics", () => {
  const choices = { since: "2014-01-01", against: "before", number: 1, topic: 3 };
  assert.equal(calls({ screen: "changes", ...choices }, able("changes")).changes, "changes?against=before&since=2014-01-01&topic=3");
  assert.equal(calls({ screen: "drivers", ...choices }, able("drivers")).drivers, "drivers?column=1&since=2014-01-01");
  assert.deepEqual(calls({ screen: "drivers" }, able()), {});
});

test("answers that the data do not allow are not requested", () => {
  assert.deepEqual(calls({ screen: "time" }, able()), {});
  assert.deepEqual(calls({ screen: "models" }, able()), { models: "models" });
});

test("the backend is found through the page or the page around it", () => {
  const helper = (path) => path;
  assert.ok(createApi({ getWebAppBackendUrl: helper }));
  assert.ok(createApi({ parent: { getWebAppBackendUrl: helper } }));
});

test("a page without a backend gets an error", () => {
  assert.throws(() => createApi({ parent: {} }), /does not have a backend/);
});

test("a parent page of another origin is no error", () => {
  const page = { get parent() { throw new Error("cross-origin"); } };
  assert.throws(() => createApi(page), /does not have a backend/);
});

test("a backend that is not running is distinguished from one that refuses", async (context) => {
  const api = createApi({ getWebAppBackendUrl: (path) => `http://127.0.0.1${path}` });
  const answer = (status, body) => context.mock.method(globalThis, "fetch", async () => new Response(body, { status }));
  answer(502, "<html>");
  await assert.rejects(api.get("status"), { kind: "unreachable", message: /not running/ });
  answer(503, '{"error": "Wait."}');
  await assert.rejects(api.get("status"), { kind: "not-ready", message: "Wait." });
  answer(404, '{"error": "No topic 9."}');
  await assert.rejects(api.get("status"), { kind: "refused", message: "No topic 9." });
  answer(409, '{"error": "Changed.", "conflicts": [1]}');
  await assert.rejects(api.post("edits"), { kind: "conflict", message: "Changed.", answer: { error: "Changed.", conflicts: [1] } });
  answer(500, "<html>");
  await assert.rejects(api.get("status"), { kind: "refused", message: /status 500/ });
});

test("neighbours follow the list and stop at its ends", () => {
  const topics = [{ id: 4 }, { id: 2 }, { id: 7 }];
  assert.equal(neighbour(topics, 4, 1), 2);
  assert.equal(neighbour(topics, 4, -1), null);
  assert.equal(neighbour(topics, 7, 1), null);
  assert.equal(neighbour(topics, null, 1), 4);
  assert.equal(neighbour(topics, null, -1), null);
});

test("the first twelve topics have their own fixed colour", () => {
  assert.equal(hueOf(0), "0");
  assert.equal(hueOf(11), "11");
  assert.equal(hueOf(12), "rest");
  assert.equal(hueOf(null), "rest");
});

test("an update passes the whole new state to every listener", () => {
  const store = createStore({ a: 1, b: 2 });
  const seen = [];
  store.subscribe((state) => seen.push(state));
  store.update({ b: 3 });
  assert.deepEqual(seen, [{ a: 1, b: 3 }]);
  assert.deepEqual(store.get(), { a: 1, b: 3 });
});

test("an update of a group keeps the rest of the group, and other groups as they are", () => {
  const store = createStore({ answers: { terms: 1, time: 2 }, edits: { seen: null } });
  const { edits } = store.get();
  store.update({ answers: { time: 3 } });
  assert.deepEqual(store.get().answers, { terms: 1, time: 3 });
  assert.equal(store.get().edits, edits);
});

test("a view is only drawn when its parts have changed", () => {
  let n = 0;
  const draw = drawnOnChange((state) => [state.a], () => { n += 1; });
  draw({ a: 1, b: 1 });
  draw({ a: 1, b: 2 });
  draw({ a: 2, b: 2 });
  assert.equal(n, 2);
});

test("documents are ranked by meaning, and drawn on a map where there are vectors", () => {
  const ranked = { screen: "documents", near: "can’t log in" };
  assert.equal(calls(ranked).documents, "documents?near=can%E2%80%99t+log+in&page=1");
  const drawn = { screen: "documents", docs: "map", box: [0, 0, 0.5, 1], topic: 3 };
  assert.equal(calls(drawn, able("meaning")).map, "map?topic=3&box=0%2C0%2C0.5%2C1");
  assert.equal(calls(drawn).map, undefined);
});

test("similar documents are looked for among those that the page shows", () => {
  const filters = { doc: 7, topic: 3, status: "ok" };
  assert.equal(calls({ screen: "documents", ...filters }).similar, "documents/7/similar?topic=3&status=ok");
  assert.equal(calls({ screen: "time", ...filters }).similar, "documents/7/similar?status=ok");
  assert.equal(calls({ screen: "overview", ...filters }).similar, "documents/7/similar");
});
