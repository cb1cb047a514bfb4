import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFAULT_VIEW, fromHash } from "../../../resource/explorer/store/view-address.js";
import { createNavigation } from "../../../resource/explorer/store/navigation.js";
import { createStore } from "../../../resource/explorer/store/state.js";

/** The actions in a page whose address holds a view. */
function going(view) {
  const store = createStore({ view: { ...DEFAULT_VIEW, ...view } });
  const page = { location: {}, history: { replaceState() {} }, addEventListener() {} };
  const actions = createNavigation(store, page, () => {});
  return { actions, view: store.get, pages: () => [store.get().view.page, store.get().view.lines] };
}

const FAR = { screen: "terms", term: "gold", page: 3, lines: 5 };

test("changing a filter starts at the first page", () => {
  const narrowing = [{ topic: 2 }, { from: "2020-01-01" }, { max: 0.5 }, { status: "ok" }, { groups: [] }];
  for (const changes of narrowing) {
    const { actions, pages } = going(FAR);
    actions.go(changes);
    assert.deepEqual(pages(), [1, 1], JSON.stringify(changes));
    assert.equal(fromHash(going(FAR).actions.hashOf(changes)).lines, 1);
  }
  for (const act of [(actions) => actions.search("silver"), (actions) => actions.chooseTopic(2)]) {
    const { actions, pages } = going(FAR);
    act(actions);
    assert.deepEqual(pages(), [1, 1]);
  }
});

test("another term starts at its first lines, and the list of terms stays at its page", () => {
  const { actions, pages } = going(FAR);
  actions.go({ term: "silver" });
  assert.deepEqual(pages(), [3, 1]);
});

test("a page is turned, and a document opened, without leaving the page", () => {
  const { actions, pages } = going(FAR);
  actions.go({ lines: 6 });
  actions.openDocument(12);
  assert.deepEqual(pages(), [3, 6]);
});

test("a search for words ends one by meaning, and the other way round", () => {
  const { actions, view } = going({ screen: "documents", near: "a harbour", page: 3 });
  actions.search("harbour");
  assert.deepEqual([view().view.q, view().view.near, view().view.page], ["harbour", "", 1]);
  actions.searchByMeaning("a harbour");
  assert.deepEqual([view().view.q, view().view.near], ["", "a harbour"]);
  actions.searchByMeaning("");
  assert.deepEqual([view().view.near, view().view.screen], ["", "documents"]);
});

test("an empty search by meaning changes nothing where there was none", () => {
  const { actions, view } = going({ screen: "terms", q: "gold", page: 3 });
  const before = view().view;
  actions.searchByMeaning("");
  assert.equal(view().view, before);
});
