/** Join the parts: events change the state, the views draw the state. */

import { createAnswers } from "./app/answers.js";
import { BackendError, createApi, createRequests } from "./app/api.js";
import { h } from "./lib/dom.js";
import { keepFocus } from "./lib/focus.js";
import { NO_ANSWERS } from "./store/needed-answers.js";
import { listenToKeys } from "./app/keyboard.js";
import { setCaption } from "./charts/export/caption.js";
import { captionOf } from "./store/filters.js";
import { createNavigation } from "./store/navigation.js";
import { joinEdits } from "./edits/join.js";
import { createOverlay, initialEdits } from "./edits/state.js";
import { createStore } from "./store/state.js";
import { createReviewing } from "./screens/review/actions.js";
import { createTrying } from "./screens/try/actions.js";
import { createWatch, isOpen } from "./app/backend-watch.js";
import { createCentre } from "./shell/centre.js";
import { createFilterBar } from "./filters/bar.js";
import { createBuildingLine, createNotice } from "./shell/notice.js";
import { createPendingBar } from "./edits/pending/panel/bar.js";
import { createReader } from "./reader/reader.js";
import { createScreenTabs, createSwitcher } from "./shell/tabs.js";
import { createToast } from "./ui/toast.js";
import { createTopBar } from "./shell/top-bar.js";
import { createTopicList } from "./shell/topic-list.js";
import { storageOf } from "./edits/pending/storage.js";
import { createViewButtons } from "./views/buttons.js";
import { createCurrentView } from "./views/current-view.js";
import { joinViews } from "./views/join.js";

/**
 * Start the explorer.
 * @param {HTMLElement} root element to fill
 * @param {Window} page
 */
export function start(root, page) {
  // Screen readers need a language; the page around may not set one.
  page.document.documentElement.lang ||= "en";
  const currentView = createCurrentView(page, storageOf(page));
  const initial = {
    view: currentView.atStart(),
    status: { state: "opening" },
    served: null,
    answers: NO_ANSWERS,
    edits: initialEdits(),
    review: null,
    tried: null,
  };
  const store = createStore(initial, createOverlay());
  try {
    join(root, page, { store, api: createApi(page), currentView });
  } catch (error) {
    if (!(error instanceof BackendError)) throw error;
    const notice = createNotice(null);
    notice.update({ status: { state: "failed", error: error.message } });
    root.replaceChildren(notice.element);
  }
}

function join(root, page, { store, api, currentView }) {
  const toast = createToast();
  const watch = createWatch(store, api, page, {
    onOpen: () => refresh(),
    onFresh: (served) => edits.onFresh(served),
    onEdited: () => edits.onEdited(),
  });
  const refresh = createAnswers(store, api, watch.lost);
  const navigation = createNavigation(store, page, () => store.get().overview && refresh());
  /** @type {Actions} */
  const actions = { ...navigation, ...createRequests(store, api), retry: watch.retry, readAgain: watch.readAgain };
  const centre = () => root.querySelector(".tx-centre");
  // After closing a document the focus is back on its card, if listed.
  actions.closeDocument = () => {
    const row = store.get().view.doc;
    navigation.closeDocument();
    // Hidden screens may list it, too.
    const cards = [...root.querySelectorAll(`.tx-card[data-row="${row}"]`)];
    (cards.find((card) => card.offsetParent !== null) ?? centre()).focus({ preventScroll: true });
  };
  const edits = joinEdits({ page, store, api, notify: toast.notify, reopen: watch.reopen, lost: watch.lost }, actions);
  const reviewing = createReviewing(store, api, { reopen: watch.reopen, lost: watch.lost });
  // The next round has new questions; its number is part of the address.
  const nextRound = () => {
    reviewing.leaveQuiz();
    navigation.go({ round: store.get().view.round + 1 });
  };
  Object.assign(actions, createTrying(store, api), reviewing, { nextRound });
  const views = joinViews({ page, store, api, currentView, notify: toast.notify }, actions);
  const layout = layOut(root, actions, [toast.element, ...edits.elements, views.element]);
  const draw = (state) => {
    layout.draw(state);
    edits.update(state);
  };
  const refuge = () => root.querySelector("dialog[open] .tx-dialog-title") ?? centre();
  store.subscribe((state) => keepFocus(page.document, root, () => draw(state), refuge));
  // Before the first answer, only the notice is shown.
  draw(store.get());
  listenToKeys(page.document, store, actions, layout.topBar);
  watch.begin();
}

/** Put the views into the page, and return the function that draws them. */
function layOut(root, actions, overlays) {
  const pendingBar = createPendingBar(actions);
  const viewButtons = createViewButtons(actions);
  const topBar = createTopBar(actions, [viewButtons.element, pendingBar.element]);
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
    if (state.overview) setCaption(captionOf(state.view, state.overview, state.answers.counts?.value ?? null, new Date()));
    const open = state.overview !== null && isOpen(state.status);
    notice.element.hidden = open;
    for (const part of [tabs.element, filters.element, body, switcher.element]) part.hidden = !open;
    root.dataset.pane = state.view.pane;
    root.dataset.screen = state.view.screen;
    root.dataset.reading = String(state.view.doc !== null);
    root.dataset.wide = String(state.view.wide && state.view.doc !== null);
    for (const part of [topBar, viewButtons, pendingBar, building]) part.update(state);
    if (!open) notice.update(state);
    else for (const view of [tabs, filters, ...columns, switcher]) view.update(state);
  };
  return { topBar, draw };
}
