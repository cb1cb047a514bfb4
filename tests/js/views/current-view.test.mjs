import assert from "node:assert/strict";
import { test } from "node:test";

import { toHash } from "../../../resource/explorer/store/view-address.js";
import { createStore } from "../../../resource/explorer/store/state.js";
import { createCurrentView, hashAtStart } from "../../../resource/explorer/views/current-view.js";
import { suggestedName } from "../../../resource/explorer/views/suggested-name.js";

const ORIGIN = "https://dss.example.com";

/** A window with what the page uses of it; timers run at once. */
function windowAt(path, hash = "", parent = null) {
  const listeners = {};
  const win = /** @type {any} */ ({
    origin: ORIGIN,
    location: { origin: ORIGIN, pathname: path, search: "", hash },
    history: {
      state: { own: "state" },
      replaceState(state, _title, url) {
        win.replaced = state;
        win.location.hash = url.includes("#") ? url.slice(url.indexOf("#")) : "";
      },
    },
    setTimeout: (run) => run(),
    clearTimeout() {},
    addEventListener(kind, run) {
      listeners[kind] ??= new Set();
      listeners[kind].add(run);
    },
    removeEventListener: (kind, run) => listeners[kind].delete(run),
    fire: (kind) => [...(listeners[kind] ?? [])].map((run) => run()),
    listeners,
  });
  win.parent = parent ?? win;
  return win;
}

function tabStorage() {
  const kept = new Map();
  return /** @type {any} */ ({ getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) });
}

const OUTER = "/projects/CARS/webapps/AbC_topics/view";
const INNER = "/webapps/CARS/AbC";

function started(page, storage = tabStorage()) {
  const currentView = createCurrentView(page, storage);
  const store = createStore({ view: currentView.atStart() });
  const go = (view) => store.update({ view });
  currentView.follow(store, go);
  return { currentView, store, go };
}

test("a link to a view of a framed page opens the outer page", () => {
  const page = windowAt(INNER, "", windowAt(OUTER));
  assert.equal(started(page).currentView.linkTo("#screen=time&q=a%26b"), `${ORIGIN}${OUTER}#screen=time&q=a~26b`);
});

test("what the link holds is read from the outer page's fragment, even if its router decodes it once more", () => {
  const link = `#${decodeURIComponent("screen=time&q=a~26b~25+c")}`;
  const { store } = started(windowAt(INNER, "", windowAt(OUTER, link)));
  assert.equal(store.get().view.screen, "time");
  assert.equal(store.get().view.q, "a&b% c");
});

test("the outer page's fragment follows the view, and its state stays", () => {
  const outer = windowAt(OUTER);
  const { store, go } = started(windowAt(INNER, "", outer));
  assert.equal(outer.location.hash, "");
  go({ ...store.get().view, screen: "terms" });
  assert.equal(outer.location.hash, "#screen=terms");
  assert.deepEqual(outer.replaced, { own: "state" });
});

test("another link in the same outer page opens its view, until the frame is gone", () => {
  const outer = windowAt(OUTER);
  const page = windowAt(INNER, "", outer);
  const { store } = started(page);
  outer.location.hash = "#screen=groups";
  outer.fire("hashchange");
  assert.equal(store.get().view.screen, "groups");
  page.fire("pagehide");
  assert.equal(outer.listeners.hashchange.size, 0);
});

test("an outer page that puts its own address back keeps it, and the view is there after a reload", () => {
  const outer = windowAt(OUTER, "#screen=terms");
  const storage = tabStorage();
  const page = windowAt(INNER, "", outer);
  const { store, go } = started(page, storage);
  go({ ...store.get().view, screen: "time" });
  outer.location.hash = "#screen=terms";
  go({ ...store.get().view, screen: "groups" });
  assert.equal(outer.location.hash, "#screen=terms");
  page.fire("pagehide");
  assert.equal(started(windowAt(INNER, "", outer), storage).store.get().view.screen, "groups");
});

test("a frame that is loaded again without a fragment shows the last view of its webapp only", () => {
  const storage = tabStorage();
  const { store, go } = started(windowAt(INNER, "", windowAt(OUTER)), storage);
  go({ ...store.get().view, screen: "time" });
  assert.equal(started(windowAt(INNER, "", windowAt(OUTER)), storage).store.get().view.screen, "time");
  const other = windowAt("/webapps/CARS/Other", "", windowAt("/projects/CARS/webapps/Other/view"));
  assert.equal(started(other, storage).store.get().view.screen, "story");
});

test("a page alone, in a dashboard or in a page of another origin links to itself", () => {
  const unreadable = windowAt(INNER);
  Object.defineProperty(unreadable, "parent", { value: Object.defineProperty({}, "location", { get() { throw new Error("SecurityError"); } }) });
  const pages = [windowAt(INNER), windowAt(INNER, "", windowAt("/projects/CARS/dashboards/d1/view/p1")), unreadable];
  const links = pages.map((page) => started(page).currentView.linkTo("#q=a%26b"));
  assert.deepEqual(links, Array(3).fill(`${ORIGIN}${INNER}#q=a%26b`));
});

test("storage that is missing, forbidden or written by others is no fault", () => {
  const forbidden = /** @type {any} */ ({ getItem() { throw new Error("denied"); }, setItem() { throw new Error("full"); } });
  const odd = /** @type {any} */ ({ getItem: () => '{"view": 7}', setItem() {} });
  const screens = [null, forbidden, odd].map((storage) => {
    const { store, go } = started(windowAt(INNER, "", windowAt(OUTER)), /** @type {any} */ (storage));
    go({ ...store.get().view, screen: "time" });
    return store.get().view.screen;
  });
  assert.deepEqual(screens, ["time", "time", "time"]);
});

test("the page's own fragment comes first, then a new link, then the view that was kept", () => {
  const kept = { view: "#screen=time", outer: "#screen=terms" };
  assert.equal(hashAtStart("#screen=try", "#screen=terms", kept), "#screen=try");
  assert.equal(hashAtStart("#", "#screen=groups", kept), "#screen=groups");
  assert.equal(hashAtStart("", "#screen=terms", kept), "#screen=time");
  assert.equal(hashAtStart("", "", kept), "#screen=time");
  assert.equal(hashAtStart("", "#screen=terms", null), "#screen=terms");
  assert.equal(hashAtStart("", "", null), "");
});

test("Back leads to the view the page started with", () => {
  const page = windowAt(INNER, "", windowAt(OUTER, "#screen=terms"));
  const { store } = started(page);
  assert.equal(page.location.hash, toHash(store.get().view));
});

test("the proposed name says what is shown", () => {
  const overview = /** @type {any} */ ({ topics: [{ id: 3, label: "peace, war" }] });
  const view = (parts) => /** @type {any} */ ({ screen: "time", topic: null, groups: [], q: "", term: null, ...parts });
  assert.equal(suggestedName({ overview, view: view({}) }), "Time");
  assert.equal(
    suggestedName({ overview, view: view({ topic: 3, q: "army", groups: [{ column: 0, value: "Lincoln" }] }) }),
    "Time: peace, war, Lincoln, “army”",
  );
  assert.equal(suggestedName({ overview, view: view({ q: "x".repeat(200) }) }).length, 100);
});
