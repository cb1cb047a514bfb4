/** Join the parts: events change the state, the state is drawn by the views. */

import { createAnswers } from "./answers.js?v=0.1.0";
import { BackendError, createApi } from "./api.js?v=0.1.0";
import { h } from "./dom.js?v=0.1.0";
import { keepFocus } from "./focus.js?v=0.1.0";
import { fromHash } from "./hash.js?v=0.1.0";
import { listenToKeys } from "./keyboard.js?v=0.1.0";
import { createNavigation } from "./navigation.js?v=0.1.0";
import { createRequests } from "./requests.js?v=0.1.0";
import { createStore } from "./state.js?v=0.1.0";
import { createWatch } from "./watch.js?v=0.1.0";
import { createCentre } from "./views/centre.js?v=0.1.0";
import { createFilterBar } from "./views/filter-bar.js?v=0.1.0";
import { createNotice } from "./views/notice.js?v=0.1.0";
import { createReader } from "./views/reader.js?v=0.1.0";
import { createScreenTabs } from "./views/screen-tabs.js?v=0.1.0";
import { createSwitcher } from "./views/switcher.js?v=0.1.0";
import { createTopBar } from "./views/top-bar.js?v=0.1.0";
import { createTopicList } from "./views/topic-list.js?v=0.1.0";

/**
 * Start the explorer.
 * @param {HTMLElement} root element to fill
 * @param {Window} page
 */
export function start(root, page) {
  // Readers of the page are told its language; texts and labels have their own direction.
  page.document.documentElement.lang ||= "en";
  const store = createStore({
    view: fromHash(page.location.hash),
    status: { state: "opening" },
    overview: null,
  });
  try {
    join(root, page, store, createApi(page));
  } catch (error) {
    if (!(error instanceof BackendError)) throw error;
    const notice = createNotice(null);
    notice.update({ status: { state: "failed", error: error.message } });
    root.replaceChildren(notice.element);
  }
}

function join(root, page, store, api) {
  const watch = createWatch(store, api, page, () => refresh());
  const refresh = createAnswers(store, api, watch.lost);
  const navigation = createNavigation(store, page, () => store.get().overview && refresh());
  const actions = { ...navigation, ...createRequests(store, api), retry: watch.retry, readAgain: watch.readAgain };
  const topBar = createTopBar(actions);
  const tabs = createScreenTabs(actions);
  const filters = createFilterBar(actions);
  const switcher = createSwitcher(actions);
  const columns = [createTopicList(actions), createCentre(actions), createReader(actions)];
  const views = [tabs, filters, ...columns, switcher];
  const notice = createNotice(actions);
  const body = h("div", { class: "tx-body" }, ...columns.map(({ element }) => element));
  root.replaceChildren(topBar.element, tabs.element, filters.element, notice.element, body, switcher.element);
  const centre = () => root.querySelector(".tx-centre");
  // Who closes a document is back at its card, where it is listed.
  actions.closeDocument = () => {
    const row = store.get().view.doc;
    navigation.closeDocument();
    (root.querySelector(`.tx-card[data-row="${row}"]`) ?? centre()).focus({ preventScroll: true });
  };
  const draw = (state) => {
    const open = state.overview !== null && state.status.state === "ready";
    notice.element.hidden = open;
    for (const part of [tabs.element, filters.element, body, switcher.element]) part.hidden = !open;
    root.dataset.pane = state.view.pane;
    root.dataset.reading = String(state.view.doc !== null);
    topBar.update(state);
    if (!open) notice.update(state);
    else for (const view of views) view.update(state);
  };
  store.subscribe((state) => {
    keepFocus(page.document, root, () => draw(state), centre);
  });
  // Before the first answer, only the notice shows: buttons of a page not drawn yet would act on nothing.
  draw(store.get());
  listenToKeys(page.document, store, actions, topBar);
  watch.look();
}
