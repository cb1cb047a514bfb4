/** The centre column: the overview or a topic, and below it the documents. */

import { h } from "../dom.js?v=0.1.0";
import { redraw } from "../focus.js?v=0.1.0";
import { drawnOnChange } from "../state.js?v=0.1.0";
import { createDocuments } from "./documents.js?v=0.1.0";
import { createTabs, overviewHead, prevalence } from "./overview.js?v=0.1.0";
import { createTopicView } from "./topic.js?v=0.1.0";

/**
 * Make the centre.
 * @param {Object} actions
 * @returns {{element: HTMLElement, update: function(Object): void}}
 */
export function createCentre(actions) {
  const head = h("div");
  const tabs = createTabs(actions);
  const bars = h("div");
  const topic = createTopicView(actions);
  const documents = createDocuments(actions);
  const top = h("div", { class: "tx-head" }, head, tabs.element);
  const element = h("main", { class: "tx-centre", tabindex: "-1" }, top, bars, topic.element, documents.element);
  const drawOverview = drawnOnChange(
    (state) => [state.overview, state.view.tab, state.view.topic, state.view.q],
    (state) => {
      const { overview, view } = state;
      redraw(head, ...(view.topic === null ? overviewHead(state, actions) : view.topic === "none" ? leftOut() : []));
      tabs.update(state);
      redraw(bars, ...(view.topic === null && view.tab === "topics" ? [prevalence(overview, actions)] : []));
    },
  );
  const scrollUp = drawnOnChange(
    (state) => [state.view.topic, state.view.tab],
    () => element.scrollTo({ top: 0 }),
  );
  const update = (state) => {
    if (!state.overview) return;
    const { view } = state;
    topic.element.hidden = !Number.isInteger(view.topic);
    documents.element.classList.toggle("tx-documents-alone", !Number.isInteger(view.topic));
    documents.element.hidden = view.topic === null && view.tab === "topics";
    drawOverview(state);
    topic.update(state);
    documents.update(state);
    scrollUp(state);
  };
  return { element, update };
}

function leftOut() {
  return [
    h("h1", { class: "tx-title" }, "Without a topic"),
    h("p", { class: "tx-subtitle" }, "A document with no text, or with no term the model knows, gets no topic rather than a made-up one."),
  ];
}
