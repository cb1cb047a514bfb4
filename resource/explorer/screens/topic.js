/** The centre when a topic is chosen: its figures, its terms and its summary. */

import { h, icon } from "../dom.js?v=0.1.0";
import { enable, redraw } from "../focus.js?v=0.1.0";
import { percent, plural } from "../format.js?v=0.1.0";
import { neighbour, topicChange } from "../navigation.js?v=0.1.0";
import { hueOf } from "../palette.js?v=0.1.0";
import { drawnOnChange } from "../state.js?v=0.1.0";
import { emptyNotice, topicBadge, viewLink } from "../views/parts.js?v=0.1.0";
import { createTopicTools } from "../views/edit-tools.js?v=0.1.0";
import { createTermBars } from "./term-bars.js?v=0.1.0";
import { topicSummary } from "./topic-summary.js?v=0.1.0";

/**
 * Make the view of one topic.
 * @param {Object} actions
 * @returns {{element: HTMLElement, update: function(Object): void}}
 */
export function createTopicView(actions) {
  const head = createHead(actions);
  const summary = h("section", { class: "tx-panel" });
  const bars = createTermBars(actions);
  const fault = h("div");
  const panels = h("div", { class: "tx-panels" }, bars.element, summary);
  const element = h("div", { class: "tx-topic-view" }, head.element, fault, panels);
  const drawHead = drawnOnChange((state) => [state.overview, state.view.topic], head.update);
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
    head.updateLink();
    head.updateTools(state);
    drawPanels(state);
  };
  return { element, update };
}

/** Its buttons stay while topics change, and the keyboard on them. */
function createHead(actions) {
  const back = viewLink(actions, topicChange(null), { class: "tx-link tx-quiet-link" }, "All topics");
  const previous = createStep(-1, actions);
  const next = createStep(1, actions);
  const steps = h("span", { class: "tx-steps" }, previous.element, next.element);
  const title = h("h1", { class: "tx-title tx-title-topic" });
  const subtitle = h("p", { class: "tx-subtitle" });
  const tools = createTopicTools(actions);
  const element = h("div", { class: "tx-head" }, h("div", { class: "tx-head-row" }, back, steps), title, subtitle, tools.element);
  const update = ({ overview, view }) => {
    const topic = overview.topics.find(({ id }) => id === view.topic);
    title.replaceChildren(...titleOf(topic, view.topic));
    subtitle.replaceChildren(topic ? factsOf(topic) : "");
    enable(previous.update(overview, view), next.update(overview, view));
  };
  const updateLink = () => back.setAttribute("href", actions.hashOf(topicChange(null)));
  return { element, update, updateLink, updateTools: tools.update };
}

function titleOf(topic, id) {
  return topic ? [topicBadge(topic.id), h("span", { dir: "auto" }, topic.label)] : [`Topic ${id}`];
}

function factsOf({ n_documents: nDocuments, share, token_share: tokenShare }) {
  const facts = [
    plural(nDocuments, "document"),
    `${percent(share)} of those with a topic`,
    tokenShare !== null && `${percent(tokenShare)} of all words`,
  ];
  return facts.filter(Boolean).join(" · ");
}

function createStep(direction, actions) {
  const title = direction < 0 ? "Previous topic (k)" : "Next topic (j)";
  let target = null;
  const element = h(
    "button",
    { type: "button", class: "tx-button tx-button-icon", title, onclick: () => actions.chooseTopic(target) },
    icon(direction < 0 ? "left" : "right"),
    h("span", { class: "tx-sr-only" }, title),
  );
  const update = (overview, view) => {
    target = neighbour(overview.topics, view.topic, direction);
    return [element, target !== null];
  };
  return { element, update };
}
