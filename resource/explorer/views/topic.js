/** The centre when a topic is chosen: its figures, its terms and its summary. */

import { h, icon } from "../dom.js?v=0.1.0";
import { redraw } from "../focus.js?v=0.1.0";
import { percent, plural } from "../format.js?v=0.1.0";
import { neighbour, topicChange } from "../navigation.js?v=0.1.0";
import { hueOf } from "../palette.js?v=0.1.0";
import { drawnOnChange } from "../state.js?v=0.1.0";
import { emptyNotice, topicBadge, viewLink } from "./parts.js?v=0.1.0";
import { createTermBars } from "./term-bars.js?v=0.1.0";
import { topicSummary } from "./topic-summary.js?v=0.1.0";

/**
 * Make the view of one topic.
 * @param {Object} actions
 * @returns {{element: HTMLElement, update: function(Object): void}}
 */
export function createTopicView(actions) {
  const head = h("div", { class: "tx-head" });
  const summary = h("section", { class: "tx-panel" });
  const bars = createTermBars(actions);
  const fault = h("div");
  const panels = h("div", { class: "tx-panels" }, bars.element, summary);
  const element = h("div", { class: "tx-topic-view" }, head, fault, panels);
  const drawHead = drawnOnChange(
    (state) => [state.overview, state.view.topic],
    (state) => redraw(head, ...topicHead(state, actions)),
  );
  const drawPanels = drawnOnChange(
    (state) => [state.topic, state.view.lambda, state.view.doc, state.view.q],
    ({ topic, view, overview }) => {
      panels.classList.toggle("tx-stale", topic?.state === "loading");
      // Who searches wants the documents found, not to scroll past terms and summary to them.
      panels.hidden = !topic?.value || view.q !== "";
      fault.replaceChildren(...(topic?.state === "failed" ? [emptyNotice(topic.error)] : []));
      if (!topic?.value) return;
      bars.update(topic.value.terms, view.lambda, hueOf(topic.value.id));
      redraw(summary, ...topicSummary(topic.value, overview, actions));
    },
  );
  const update = (state) => {
    if (!Number.isInteger(state.view.topic)) return;
    drawHead(state);
    drawPanels(state);
  };
  return { element, update };
}

function topicHead({ overview, view }, actions) {
  const topic = overview.topics.find(({ id }) => id === view.topic);
  if (!topic) return [h("h1", { class: "tx-title" }, `Topic ${view.topic}`)];
  const facts = [
    plural(topic.n_documents, "document"),
    `${percent(topic.share)} of those with a topic`,
    topic.token_share !== null && `${percent(topic.token_share)} of all words`,
  ];
  return [
    h(
      "div",
      { class: "tx-head-row" },
      viewLink(actions, topicChange(null), { class: "tx-link tx-quiet-link" }, "All topics"),
      h("span", { class: "tx-steps" }, step(overview, view, -1, actions), step(overview, view, 1, actions)),
    ),
    h("h1", { class: "tx-title tx-title-topic" }, topicBadge(topic.id), h("span", { dir: "auto" }, topic.label)),
    h("p", { class: "tx-subtitle" }, facts.filter(Boolean).join(" · ")),
  ];
}

function step(overview, view, direction, actions) {
  const next = neighbour(overview.topics, view.topic, direction);
  const name = direction < 0 ? "Previous topic (k)" : "Next topic (j)";
  return h(
    "button",
    {
      type: "button",
      class: "tx-button tx-button-icon",
      title: name,
      disabled: next === null,
      onclick: () => actions.chooseTopic(next),
    },
    icon(direction < 0 ? "left" : "right"),
    h("span", { class: "tx-sr-only" }, name),
  );
}
