/** The "Topics" screen: all topics, or the chosen one with its documents. */

import { h } from "../../lib/dom.js";
import { redraw } from "../../lib/focus.js";
import { drawnOnChange } from "../../store/state.js";
import { createLater } from "../../ui/later.js";
import { createDocumentList } from "../documents/list.js";
import { createAllTopics } from "./all.js";
import { overviewHead } from "../../panels/figure-tiles.js";

/** Make the screen. @type {CreatePart} */
export function createOverview(actions) {
  const head = h("div", { class: "tx-head" });
  const all = createAllTopics(actions);
  const topic = createLater(() => import("../topic/topic.js").then(({ createTopicView }) => createTopicView), actions);
  const documents = createDocumentList(actions);
  const element = h("div", { class: "tx-screen" }, head, all.element, topic.element, documents.element);
  const drawHead = drawnOnChange(
    (state) => [state.overview, state.view.topic],
    ({ overview, view }) =>
      redraw(head, ...(view.topic === null ? overviewHead(overview, actions) : view.topic === "none" ? withoutTopicHead() : [])),
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

function withoutTopicHead() {
  return [
    h("h1", { class: "tx-title" }, "Without a topic"),
    h(
      "p",
      { class: "tx-subtitle" },
      "Documents without text, or without any term the model knows, get no topic rather than an arbitrary one.",
    ),
  ];
}
