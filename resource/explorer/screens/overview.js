/** The screen "Topics": all topics, or the chosen one with its documents. */

import { h } from "../dom.js";
import { redraw } from "../focus.js";
import { drawnOnChange } from "../state.js";
import { createLater } from "../views/later.js";
import { createDocumentList } from "./document-list.js";
import { createAllTopics } from "./overview-all.js";
import { overviewHead } from "./overview-head.js";

/**
 * Make the screen.
 * @param {Object} actions
 * @returns {{element: HTMLElement, update: function(Object): void}}
 */
export function createOverview(actions) {
  const head = h("div", { class: "tx-head" });
  const all = createAllTopics(actions);
  const topic = createLater(() => import("./topic.js").then(({ createTopicView }) => createTopicView), actions);
  const documents = createDocumentList(actions);
  const element = h("div", { class: "tx-screen" }, head, all.element, topic.element, documents.element);
  const drawHead = drawnOnChange(
    (state) => [state.overview, state.view.topic],
    ({ overview, view }) =>
      redraw(head, ...(view.topic === null ? overviewHead(overview, actions) : view.topic === "none" ? leftOut() : [])),
  );
  const update = (state) => {
    const { topic: chosen } = state.view;
    all.element.hidden = chosen !== null;
    topic.element.hidden = !Number.isInteger(chosen);
    documents.element.classList.toggle("tx-documents-alone", !Number.isInteger(chosen));
    documents.element.hidden = chosen === null;
    drawHead(state);
    if (chosen === null) all.update(state);
    if (Number.isInteger(chosen)) topic.update(state);
    documents.update(state);
  };
  return { element, update };
}

function leftOut() {
  return [
    h("h1", { class: "tx-title" }, "Without a topic"),
    h(
      "p",
      { class: "tx-subtitle" },
      "A document with no text, or with no term the model knows, gets no topic rather than a made-up one.",
    ),
  ];
}
