/** The head of a topic: number and label, note, merged topics, warnings, and key figures. */

import { h, icon, iconButton } from "../../lib/dom.js";
import { topicWarnings } from "../../model/topic-warnings.js";
import { explainTopic } from "../../model/explanations.js";
import { enable, redraw } from "../../lib/focus.js";
import { count, decimal, percent } from "../../lib/format.js";
import { neighbour, topicChange } from "../../store/navigation.js";
import { drawnOnChange } from "../../store/state.js";
import { listedTopics } from "../../model/topic-order.js";
import { finalTopic, mergedInto, topicOf } from "../../model/topics.js";
import { topicBadge, viewLink } from "../../ui/topic-links.js";
import { figure } from "../../panels/figure-tiles.js";

/**
 * Make the head. Its buttons are kept while topics change, so that they keep the focus.
 * @param {Actions} actions
 * @returns {{element: HTMLElement, tools: HTMLElement, update: (state: State) => void}} `tools` holds the
 *   edit buttons
 */
export function createTopicHead(actions) {
  const back = viewLink(actions, topicChange(null), { class: "tx-link tx-quiet-link" }, "All topics");
  const previous = createStep(-1, actions);
  const next = createStep(1, actions);
  const steps = h("span", { class: "tx-steps tx-line-up" }, previous.element, next.element);
  const title = h("h1", { class: "tx-title tx-title-topic tx-text-line" });
  const tools = h("div", { class: "tx-topic-tools tx-above-2" });
  const details = h("div", { class: "tx-topic-details" });
  const element = h(
    "div",
    { class: "tx-head" },
    h("div", { class: "tx-head-row" }, back, steps),
    title,
    tools,
    details,
  );
  const draw = drawnOnChange(
    ({ overview, view, answers }) => [overview, view.topic, view.order, answers.counts],
    (state) => {
      const topic = topicOf(state.overview, state.view.topic);
      title.replaceChildren(
        ...(topic ? [topicBadge(topic.id), h("span", { dir: "auto" }, topic.label)] : [`Topic ${state.view.topic}`]),
      );
      redraw(details, ...(topic ? detailsOf(topic, state.overview, actions) : []));
      const listed = listedTopics(state);
      const chosen = finalTopic(state.overview, state.view.topic)?.id ?? state.view.topic;
      enable(previous.update(listed, chosen), next.update(listed, chosen));
    },
  );
  const update = (state) => {
    draw(state);
    back.setAttribute("href", actions.hashOf(topicChange(null)));
  };
  return { element, tools, update };
}

function createStep(direction, actions) {
  const title = direction < 0 ? "Previous topic (k)" : "Next topic (j)";
  let target = null;
  const element = iconButton(direction < 0 ? "left" : "right", title, () => actions.chooseTopic(target), title);
  /** @returns {[HTMLButtonElement, boolean]} */
  const update = (topics, chosen) => {
    target = neighbour(topics, chosen, direction);
    return [element, target !== null];
  };
  return { element, update };
}

function detailsOf(topic, overview, actions) {
  const merged = mergedInto(overview, topic.id);
  const target = finalTopic(overview, topic.id);
  return [
    target.id !== topic.id &&
      h("p", { class: "tx-warning" }, "Merged into ", topicLink(target, actions), ", where its documents are counted."),
    topic.hidden && h("p", { class: "tx-warning" }, "Hidden: left out of lists and charts, but still counted."),
    topic.trained_label &&
      topic.trained_label !== topic.label &&
      h("p", { class: "tx-subtitle" }, "Label from training: ", h("span", { dir: "auto" }, topic.trained_label)),
    topic.note && h("p", { class: "tx-topic-note", dir: "auto" }, topic.note),
    // Where topics can be edited, the tools list merged topics, each with a button to separate it.
    merged.length > 0 &&
      !actions.editsOn() &&
      h(
        "p",
        { class: "tx-topic-merged tx-note tx-above-2" },
        "Merged into it: ",
        ...merged.flatMap((other, i) => [i > 0 ? ", " : "", topicLink(other, actions)]),
      ),
    ...topicWarnings(topic).map((text) => h("p", { class: "tx-warning tx-topic-warning" }, icon("flag"), h("span", {}, text))),
    facts(topic, overview),
  ].filter(Boolean);
}

function topicLink(topic, actions) {
  return viewLink(
    actions,
    topicChange(topic.id),
    { class: "tx-link", dir: "auto" },
    topicBadge(topic.id),
    ` ${topic.label}`,
  );
}

function facts(topic, overview) {
  const explain = explainTopic(overview);
  const known = Number.isFinite;
  const all = [
    figure(explain.documents, "Documents", count(topic.n_documents)),
    figure(explain.share, "Share", percent(topic.share)),
    known(topic.token_share) && figure(explain.tokenShare, "Share of words", percent(topic.token_share)),
    known(topic.coherence_npmi) && figure(explain.npmi, "NPMI", decimal(topic.coherence_npmi)),
    known(topic.coherence_cv) && figure(explain.cv, "C_v", decimal(topic.coherence_cv)),
    known(topic.exclusivity) && figure(explain.exclusivity, "Exclusivity", decimal(topic.exclusivity)),
    known(topic.effective_documents) &&
      figure(explain.effective, "Effective documents", count(Math.round(topic.effective_documents))),
    topic.review?.asked > 0 &&
      figure(explain.review, "Intruders found", `${topic.review.right} of ${topic.review.asked}`),
  ];
  return h("dl", { class: "tx-figures tx-figures-small" }, ...all.filter(Boolean));
}
