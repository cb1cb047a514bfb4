/** The topic map: circle areas are shares of documents, similar topics are close together as far as a plane allows. */

import { createFigure } from "../../charts/figure.js";
import { drawing, s } from "../../lib/svg.js";
import { h } from "../../lib/dom.js";
import { decimal, percent, plural } from "../../lib/format.js";
import { largestRadius, mapHeight, placeCircles, placeLabels } from "./map-layout.js";
import { fitText, textMeasure } from "../../lib/fit-text.js";
import { topicChange } from "../../store/navigation.js";
import { hueOf } from "../../lib/palette.js";
import { drawnOnChange } from "../../store/state.js";
import { listedTopics, orderTopics } from "../../model/topic-order.js";
import { chartLink, emptyNotice, noTopicShown } from "../../ui/topic-links.js";
import { explained } from "../../ui/popover.js";
import { topicTable } from "./bars.js";

const LABEL_SIZE = 12;
const LEAST_TARGET = 12; // radius in CSS pixels of the touch target
const HEIGHTS = { least: 300, most: 620 };

/** Make the map. @type {CreatePart} */
export function createMap(actions) {
  let last = null;
  const colour = createColourChoice(() => draw(last));
  const figure = createFigure({ controls: [colour.element] });
  const none = h("div", { hidden: true });
  const element = h("div", {}, figure.element, none);
  const draw = (state) => {
    last = state;
    const listed = listedTopics(state);
    const topics = listed.filter(({ map_x: x, map_y: y }) => Number.isFinite(x) && Number.isFinite(y));
    figure.element.hidden = !topics.length;
    none.hidden = topics.length > 0;
    none.replaceChildren(listed.length ? noPositions() : noTopicShown());
    colour.update(topics);
    if (topics.length) figure.update(chartOf(topics, state.overview, colour.bySuper(), actions));
  };
  return { element, update: drawnOnChange(({ overview, answers }) => [overview, answers.counts], draw) };
}

function noPositions() {
  return emptyNotice("No map", h("p", {}, "These topics have no map positions. Run 'Discover topics' again to add them."));
}

function createColourChoice(onChange) {
  const select = h(
    "select",
    { class: "tx-select", onchange: onChange },
    h("option", { value: "topic" }, "topic"),
    h("option", { value: "super" }, "super-topic"),
  );
  const element = h("label", { class: "tx-select-label tx-detail tx-inline" }, "Colour by ", select);
  const update = (topics) => {
    element.hidden = new Set(topics.map(({ parent }) => parent ?? null)).size < 2;
  };
  return { element, update, bySuper: () => select.value === "super" };
}

function chartOf(topics, overview, bySuper, actions) {
  const table = topicTable(topics);
  const place = (name) => ({ name, isNumber: true, show: (value) => decimal(value, 3) });
  return {
    title: "Topic map",
    file: "map-of-topics",
    note: noteOf(overview),
    draw: (width) => drawMap(topics, width, bySuper, actions),
    table: {
      columns: [...table.columns.slice(0, 4), table.columns[8], place("x"), place("y")],
      rows: table.rows.map((row, i) => [...row.slice(0, 4), row[8], topics[i].map_x, topics[i].map_y]),
    },
  };
}

function noteOf({ quality }) {
  const stress = quality?.map_stress;
  const words =
    "Area: share of documents. Topics with similar words are close together, but a plane cannot show all distances " +
    "correctly; overlapping circles have no meaning.";
  if (!Number.isFinite(stress)) return `${words} See the matrix for exact similarities.`;
  const explanation = {
    name: "Map stress",
    means:
      "How far distances on the map deviate from the distances between topics: 0 is an exact fit, 1 none at all. " +
      "Above 0.2 the map is only a rough sketch: check similarities in the matrix.",
    formula: "√(1 − (Σ d·e)² ∕ (Σ d² · Σ e²)); d: Jensen–Shannon distance of two topics, e: distance on the map",
    source: "Kruskal 1964, stress-1",
    reference: "all pairs of trained topics",
  };
  return [
    `${words} Map `,
    explained(explanation, "stress"),
    `: ${decimal(stress)}${stress > 0.2 ? ", a rough sketch" : ""}. See the matrix for exact similarities.`,
  ];
}

function drawMap(topics, width, bySuper, actions) {
  const most = Math.max(14, Math.min(40, width / 18));
  const margins = { x: Math.max(most + 4, Math.min(90, width * 0.13)), y: most + 20 };
  const height = mapHeight(topics, width, margins, HEIGHTS);
  const largest = largestRadius(topics, { width, height }, most);
  const circles = placeCircles(topics, { width, height, margins, largest });
  const byId = new Map(topics.map((topic) => [topic.id, topic]));
  const measure = textMeasure({ size: LABEL_SIZE });
  const room = Math.min(170, width * 0.42);
  const shown = new Map(topics.map(({ id, label }) => [id, fitText(label, room, measure)]));
  const important = orderTopics(topics, "share").map(({ id }) => circles.find((circle) => circle.id === id));
  const labels = placeLabels(important, (id) => measure(shown.get(id)) + 4, { width, height });
  const marks = important.map((circle) =>
    mark(circle, byId.get(circle.id), labels.get(circle.id), shown.get(circle.id), bySuper, width, actions),
  );
  const title = "Topic map: circle area is the share of documents, similar topics are close together";
  return drawing({ width, height, title, isInteractive: true, kind: "tx-chart tx-map" }, marks);
}

function mark(circle, topic, label, text, bySuper, width, actions) {
  const { x, y, r } = circle;
  const group = bySuper && topic.parent_label ? ` Super-topic ${topic.parent}: ${topic.parent_label}.` : "";
  const title =
    `Topic ${topic.id}: ${topic.label} – ${percent(topic.share)}, ` +
    `${plural(topic.n_documents, "document")}. ${topic.top_terms.join(", ")}.${group}`;
  // A label without room is shown on hover and focus, on the side with more room.
  const place = label ?? { x: x < width / 2 ? x + r + 4 : x - r - 4, y, anchor: x < width / 2 ? "start" : "end" };
  return chartLink(
    actions,
    topicChange(topic.id),
    { class: "tx-map-topic", "data-hue": hueOf(bySuper ? topic.parent : topic.id), "aria-label": title },
    s("title", {}, title),
    s("circle", { class: "tx-hit", cx: x, cy: y, r: Math.max(r, LEAST_TARGET) }),
    s("circle", { class: "tx-map-circle", cx: x, cy: y, r }),
    s("text", { class: "tx-map-id", x, y, "text-anchor": "middle", "dominant-baseline": "central" }, topic.id),
    s(
      "text",
      {
        class: label ? "tx-map-label" : "tx-map-label tx-map-label-later",
        x: place.x,
        y: place.y,
        "text-anchor": place.anchor,
        "dominant-baseline": "central",
      },
      text,
    ),
  );
}
