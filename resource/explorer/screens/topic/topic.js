/** The view of a chosen topic: its head and its panels. */

import { h } from "../../lib/dom.js";
import { redraw } from "../../lib/focus.js";
import { hueOf } from "../../lib/palette.js";
import { drawnOnChange } from "../../store/state.js";
import { emptyNotice } from "../../ui/topic-links.js";
import { createTopicTools } from "../../edits/tools.js";
import { createTermBars } from "../../panels/term-bars.js";
import { borderlineDocuments, representativeDocuments } from "./documents.js";
import { createTopicGroups } from "./groups.js";
import { createTopicHead } from "./head.js";
import { createRelatedTopics } from "./related.js";
import { topicSummary } from "./summary.js";
import { createTopicTrend } from "./trend.js";

/** Make the view of one topic. @type {CreatePart} */
export function createTopicView(actions) {
  const head = createTopicHead(actions);
  const tools = createTopicTools(actions);
  head.tools.append(tools.element);
  const fault = h("div");
  const { element: panels, charts, texts } = createPanels(actions);
  const element = h("div", { class: "tx-topic-view" }, head.element, fault, panels);
  const drawPanels = drawnOnChange(
    ({ answers, overview, view }) => [answers.topic, overview, view.doc, view.q],
    ({ answers: { topic }, overview, view }) => {
      panels.classList.toggle("tx-stale", topic?.state === "loading");
      // During a search the documents found are shown without the panels above them.
      panels.hidden = !topic?.value || view.q !== "";
      fault.replaceChildren(...(topic?.state === "failed" ? [emptyNotice(topic.error)] : []));
      if (topic?.value) drawTopic(topic.value, overview, charts, texts, actions);
    },
  );
  // The slider changes only the terms.
  const drawTerms = drawnOnChange(
    ({ answers, view }) => [answers.topic, view.lambda],
    ({ answers: { topic }, view }) => topic?.value && charts.terms.update(topic.value, view.lambda, hueOf(topic.value.id)),
  );
  const update = (state) => {
    if (!Number.isInteger(state.view.topic)) return;
    head.update(state);
    tools.update(state);
    drawPanels(state);
    drawTerms(state);
    charts.trend.update(state);
  };
  return { element, update };
}

/** Charts are in the first column, texts in the second; on a single column, topic.css orders them. */
function createPanels(actions) {
  const charts = {
    terms: createTermBars(actions),
    trend: createTopicTrend(actions),
    groups: createTopicGroups(actions),
    related: createRelatedTopics(actions),
  };
  const texts = {
    summary: section("tx-summary-panel"),
    representative: section("tx-typical-panel"),
    borderline: section("tx-borderline-panel"),
  };
  for (const [name, chart] of Object.entries(charts)) chart.element.classList.add(`tx-${name}-panel`);
  const columns = [Object.values(charts).map(({ element }) => element), Object.values(texts)];
  const element = h(
    "div",
    { class: "tx-panels" },
    ...columns.map((column) => h("div", { class: "tx-panel-column" }, ...column)),
  );
  return { element, charts, texts };
}

function section(name) {
  return h("section", { class: `tx-panel tx-figure-panel ${name}` });
}

function drawTopic(topic, overview, { groups, related }, texts, actions) {
  groups.update(topic, overview);
  related.update(topic, overview);
  const parts = {
    summary: topicSummary(topic, overview, actions),
    representative: representativeDocuments(topic, overview, actions),
    borderline: borderlineDocuments(topic, overview, actions),
  };
  for (const [name, children] of Object.entries(parts)) {
    texts[name].hidden = !children.length;
    redraw(texts[name], ...children);
  }
}
