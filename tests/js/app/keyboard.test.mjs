import assert from "node:assert/strict";
import { test } from "node:test";
import { listenToKeys } from "../../../resource/explorer/app/keyboard.js";

/** Press a key in a field during a search, and return which actions ran. */
function pressed(key, { isSearch }) {
  const done = [];
  let listener = null;
  const page = {
    addEventListener: (name, heed) => (listener = name === "keydown" ? heed : listener),
    querySelector: () => null,
  };
  const store = { get: () => ({ overview: {}, view: { q: "gold", doc: 3, topic: 1 } }) };
  const actions = { search: (typed) => done.push(`search ${typed}`), closeDocument: () => done.push("close") };
  listenToKeys(page, store, actions, { focusSearch() {}, isSearch: () => isSearch });
  const field = { type: "search", matches: () => true, blur: () => done.push("leave the field") };
  listener({ key, target: field, preventDefault() {} });
  return done;
}

test("Esc clears the search of the documents only in its own field", () => {
  assert.deepEqual(pressed("Escape", { isSearch: true }), ["search "]);
  assert.deepEqual(pressed("Escape", { isSearch: false }), ["leave the field"]);
});

test("letters typed into a field are not shortcuts", () => {
  assert.deepEqual(pressed("j", { isSearch: false }), []);
});
