/** Join the parts: events change the state, the state is drawn by the views. */

import { createAnswers } from "./answers.js?v=0.1.0";
import { BackendError, createApi } from "./api.js?v=0.1.0";
import { h } from "./dom.js?v=0.1.0";
import { keepFocus } from "./focus.js?v=0.1.0";
import { fromHash } from "./hash.js?v=0.1.0";
import { listenToKeys } from "./keyboard.js?v=0.1.0";
import { createNavigation } from "./navigation.js?v=0.1.0";
import { joinEdits } from "./edits-join.js?v=0.1.0";
import { createOverlay, initialEdits } from "./edits-state.js?v=0.1.0";
import { createRequests } from "./requests.js?v=0.1.0";
import { createStore } from "./state.js?v=0.1.0";
import { createReviewing } from "./screens/review-actions.js?v=0.1.0";
import { createTrying } from "./screens/try-actions.js?v=0.1.0";
import { createWatch, isOpen } from "./watch.js?v=0.1.0";
import { createBuildingLine } from "./views/building.js?v=0.1.0";
import { createCentre } from "./views/centre.js?v=0.1.0";
import { createFilterBar } from "./views/filter-bar.js?v=0.1.0";
import { createNotice } from "./views/notice.js?v=0.1.0";
import { createPendingBar } from "./views/pending-bar.js?v=0.1.0";
import { createReader } from "./views/reader.js?v=0.1.0";
import { createScreenTabs } from "./views/screen-tabs.js?v=0.1.0";
import { createSwitcher } from "./views/switcher.js?v=0.1.0";
import { createToast } from "./views/toast.js?v=0.1.0";
import { createTopBar } from "./views/top-bar.js?v=0.1.0";
import { createTopicList } from "./views/topic-list.js?v=0.1.0";

/**
 * Start the explorer.
 * @param {HTMLElement} root element to fill
 * @param {Window} page
 */
export function start(root, page) {
  // The page around is made by others; where it names no language, screen readers must be told ours.
  page.document.documentElement.lang ||= "en";
  const initial = { view: fromHash(page.location.hash), status: { state: "opening" }, ...initialEdits() };
  const store = createStore(initial, createOverlay());
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
  const toast = createToast();
  const watch = createWatch(store, api, page, {
    onOpen: () => refresh(),
    onFresh: (served) => edits.onFresh(served),
    onEdited: () => edits.onEdited(),
  });
  const refresh = createAnswers(store, api, watch.lost);
  const navigation = createNavigation(store, page, () => store.get().overview && refresh());
  const actions = { ...navigation, ...createRequests(store, api), retry: watch.retry, readAgain: watch.readAgain };
  const centre = () => root.querySelector(".tx-centre");
  // Who closes a document is back at its card, where it is listed.
  actions.closeDocument = () => {
    const row = store.get().view.doc;
    navigation.closeDocument();
    // Other screens may list it, too, and are hidden.
    const cards = [...root.querySelectorAll(`.tx-card[data-row="${row}"]`)];
    (cards.find((card) => card.offsetParent !== null) ?? centre()).focus({ preventScroll: true });
  };
  const edits = joinEdits({ page, store, api, tell: toast.tell, reopen: watch.reopen, lost: watch.lost }, actions);
  const reviewing = createReviewing(store, api, { reopen: watch.reopen, lost: watch.lost });
  // The next round has other questions; its number is part of the address.
  const nextRound = () => {
    reviewing.leaveQuiz();
    navigation.go({ round: store.get().view.round + 1 });
  };
  Object.assign(actions, createTrying(store, api), reviewing, { nextRound });
  const layout = lay(root, actions, [toast.element, ...edits.elements]);
  const draw = (state) => {
    layout.draw(state);
    edits.update(state);
  };
  const refuge = () => root.querySelector("dialog[open] .tx-dialog-title") ?? centre();
  store.subscribe((state) => keepFocus(page.document, root, () => draw(state), refuge));
  // Before the first answer, only the notice shows: buttons of a page not drawn yet would act on nothing.
  draw(store.get());
  listenToKeys(page.document, store, actions, layout.topBar);
  watch.look();
}

/** Put the views into the page, and give what draws them. */
function lay(root, actions, overlays) {
  const pendingBar = createPendingBar(actions);
  const topBar = createTopBar(actions, [pendingBar.element]);
  const tabs = createScreenTabs(actions);
  const filters = createFilterBar(actions);
  const building = createBuildingLine();
  const switcher = createSwitcher(actions);
  const columns = [createTopicList(actions), createCentre(actions), createReader(actions)];
  const notice = createNotice(actions);
  const body = h("div", { class: "tx-body" }, ...columns.map(({ element }) => element));
  root.replaceChildren(
    topBar.element,
    tabs.element,
    building.element,
    filters.element,
    notice.element,
    body,
    switcher.element,
    ...overlays,
  );
  const draw = (state) => {
    const open = state.overview !== null && isOpen(state.status);
    notice.element.hidden = open;
    for (const part of [tabs.element, filters.element, body, switcher.element]) part.hidden = !open;
    root.dataset.pane = state.view.pane;
    root.dataset.screen = state.view.screen;
    root.dataset.reading = String(state.view.doc !== null);
    for (const part of [topBar, pendingBar, building]) part.update(state);
    if (!open) notice.update(state);
    else for (const view of [tabs, filters, ...columns, switcher]) view.update(state);
  };
  return { topBar, draw };
}
