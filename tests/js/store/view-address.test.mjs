import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFAULT_VIEW, fromHash, toHash } from "../../../resource/explorer/store/view-address.js";

test("the default view has an empty hash", () => {
  assert.equal(toHash(DEFAULT_VIEW), "#");
  assert.deepEqual(fromHash(""), { ...DEFAULT_VIEW });
});

test("an address without a screen, as earlier versions wrote it, opens the topics", () => {
  for (const hash of ["#topic=3", "#shape=map", "#g=0:a", "#doc=3"]) assert.equal(fromHash(hash).screen, "overview");
  assert.equal(toHash({ ...DEFAULT_VIEW, screen: "overview" }), "#screen=overview");
  assert.equal(toHash({ ...DEFAULT_VIEW, doc: 3, pane: "document" }), "#screen=story&doc=3");
  for (const hash of ["#", "#screen=overview", "#screen=story&doc=3", "#topic=3", "#screen=story&q=tax"]) {
    assert.equal(toHash(fromHash(hash)), hash);
  }
});

test("the story is not of one topic", () => {
  assert.equal(fromHash("#screen=story&topic=3").topic, null);
});

test("a view survives the round trip through the hash", () => {
  const view = {
    screen: "documents", topic: 3, doc: 12, at: [104, 220], q: "gold & “coin” #1 😀", page: 2, lambda: 0.3, pane: "document",
    groups: [{ column: 0, value: "a:b & c" }, { column: 0, value: "" }, { column: 11, value: "😀" }],
    from: "1861-03-04", to: "1865-04-15", min: 0.25, max: 1, status: "ok", term: "new york", sort: "-probability",
    shape: "map", order: "coherence", measure: "count", by: "10-years", mean: 5, column: 2, round: 3, find: "new", size: 50, lines: 4, wide: true,
    a: "g=0%3Aa%26b", b: "all", against: "other", since: "2014-01-01", number: 1,
    levels: "flat", open: "0-3-11", box: [-1, -0.25, 0.5, 1], near: "can’t log in", docs: "map",
  };
  assert.deepEqual(fromHash(toHash(view)), view);
});

test("topic zero and lambda zero are values, not gaps", () => {
  const view = { ...DEFAULT_VIEW, screen: "overview", topic: 0, doc: 0, lambda: 0, pane: "document" };
  assert.equal(toHash(view), "#topic=0&doc=0&lambda=0");
  assert.deepEqual(fromHash("#topic=0&doc=0&lambda=0"), view);
});

test("a link to a document shows the document, unless it names another pane", () => {
  assert.equal(fromHash("#doc=3").pane, "document");
  const view = { ...DEFAULT_VIEW, screen: "overview", doc: 3, pane: "explore" };
  assert.equal(toHash(view), "#doc=3&pane=explore");
  assert.deepEqual(fromHash(toHash(view)), view);
});

test("the documents without a topic have a hash of their own", () => {
  assert.equal(fromHash("#topic=none").topic, "none");
});

test("unreadable parts get their defaults", () => {
  const hash = "#topic=x&doc=-1&at=9-3&page=0&lambda=7&screen=evil&g=x:1&from=2020-13-01&min=2&sort=1;drop&shape=pie&order=1&by=eon&column=-1&pane=none&unknown=1";
  assert.deepEqual(fromHash(hash), { ...DEFAULT_VIEW });
});

test("a search too long for the backend is cut", () => {
  assert.equal(fromHash(`#q=${"x".repeat(500)}`).q.length, 200);
});

test("a search over all topics is shown on the documents screen", () => {
  assert.equal(fromHash("#q=river").screen, "documents");
  assert.equal(fromHash("#topic=3&q=river").screen, "overview");
  assert.equal(fromHash("#screen=time&q=river").screen, "time");
});

test("all group values that can be chosen are restored from the address", () => {
  const groups = Array.from({ length: 120 }, (_, i) => ({ column: 0, value: `${i} ${"long ".repeat(200)}` }));
  const view = { ...DEFAULT_VIEW, groups, status: "failed: ".repeat(100) };
  assert.deepEqual(fromHash(toHash(view)), view);
});

test("a day that does not exist is no day", () => {
  for (const day of ["2021-02-29", "2020-02-30", "2020-04-31", "0000-01-01"]) assert.equal(fromHash(`#from=${day}`).from, null);
  assert.equal(fromHash("#from=2020-02-29").from, "2020-02-29");
});

test("documents are ranked by meaning on their own screen alone", () => {
  assert.equal(fromHash("#screen=documents&near=gold").near, "gold");
  assert.equal(fromHash("#screen=time&near=gold").near, "");
});

test("an area of the map that is not four numbers on the map is none", () => {
  for (const box of ["0,0,1", "0,0,1,2", "a,b,c,d", "0,0,1,1,1", "0,0,1,Infinity"]) assert.equal(fromHash(`#screen=time&box=${box}`).box, null);
});
