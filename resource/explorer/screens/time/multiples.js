/** Every topic over time, each in its own small chart: small multiples (Tufte 1983). */

import { labelsBelow, roomForLabels, tightScaleUp } from "../../charts/axis.js";
import { drawing, s } from "../../lib/svg.js";
import { fittedText, textWidth } from "../../charts/text.js";
import { hueOf } from "../../lib/palette.js";
import { rove } from "../../lib/roving.js";
import { axisLabels, tickPlaces } from "../../model/periods.js";
import { chartLink } from "../../ui/topic-links.js";
import { middles, plot } from "./plot.js";
import { valueInWords } from "./model.js";

const LEAST_WIDTH = 196;
const MOST_COLUMNS = 8;
const GAP = 20;
const LEFT = 38; // room for the axis labels
const TOP = 38; // title and readout
const PLOT_HEIGHT = 48;
const BOTTOM = 22;

/**
 * Draw the small charts.
 * @param {{model: Object, topics: any[], scale: "same" | "own", chosen: number | null, actions: Actions,
 *   onPeriod: (period: number | null) => void}} options topics in order
 * @param {number} width in CSS pixels
 * @returns {{element: SVGElement, showPeriod: (period: number | null) => void}}
 */
export function drawMultiples(options, width) {
  const { model, topics, scale } = options;
  const columns = Math.max(1, Math.min(MOST_COLUMNS, Math.floor((width + GAP) / (LEAST_WIDTH + GAP))));
  const panelWidth = (width - (columns - 1) * GAP) / columns;
  const height = TOP + PLOT_HEIGHT + BOTTOM;
  const largest = Math.max(0, ...topics.map(({ id }) => model.top(id)));
  const panels = topics.map((topic, i) => {
    const top = scale === "same" ? largest : model.top(topic.id);
    const panel = createPanel({ ...options, topic, top, panelWidth, isLowest: i + columns >= topics.length });
    const [x, y] = [(i % columns) * (panelWidth + GAP), Math.floor(i / columns) * height];
    panel.element.setAttribute("transform", `translate(${x} ${y})`);
    return panel;
  });
  const title = `Small charts of ${topics.length} topics over ${model.answer.periods.length} periods`;
  const rows = Math.ceil(topics.length / columns);
  const element = drawing(
    { width, height: rows * height, title, isInteractive: true },
    panels.map((panel) => panel.element),
  );
  rove(element, "a");
  const showPeriod = (period) => {
    for (const panel of panels) panel.showPeriod(period);
  };
  return { element, showPeriod };
}

function createPanel(options) {
  const { model, topic, top, panelWidth, chosen } = options;
  const width = panelWidth - LEFT;
  const scale = tightScaleUp(top, PLOT_HEIGHT);
  const cursor = createCursor(model, topic, width, scale);
  const readout = s("text", { class: "tx-panel-readout", x: panelWidth, y: 29, "text-anchor": "end" });
  const showPeriod = (period) => {
    readout.replaceChildren(period === null ? peakInWords(model, topic.id) : valueInWords(model, topic.id, period));
    cursor.show(period);
  };
  showPeriod(null);
  const inner = s(
    "g",
    { transform: `translate(${LEFT} ${TOP})` },
    frame(options, scale, width),
    plot({ model, values: model.values(topic.id), scale, width, hue: hueOfChart(topic) }),
    cursor.element,
  );
  const link = linkTo(options, [heading(topic, panelWidth), readout, inner, hitArea(options, width)]);
  const element = s(
    "g",
    { class: topic.id === chosen ? "tx-small-chart tx-small-chart-chosen" : "tx-small-chart" },
    link,
  );
  return { element, showPeriod };
}

function heading(topic, width) {
  const { id, label, hidden, group, isOpen, topics } = topic;
  const name = hidden ? `${label} (hidden)` : group ? `${label} (${topics.length})` : label;
  const start = group ? 16 : 16 + Math.ceil(textWidth(String(id))) + 5;
  const hue = hueOfChart(topic);
  return [
    group
      ? s("path", { class: "tx-fill", "data-hue": hue, d: isOpen ? "M1 6h10l-5 6Z" : "M3 4l6 5l-6 5Z" })
      : s("rect", { class: "tx-fill", "data-hue": hue, x: 0, y: 4, width: 10, height: 10, rx: 3 }),
    !group && s("text", { x: 16, y: 13 }, String(id)),
    fittedText(
      name,
      width - start,
      { class: "tx-mark-label tx-panel-name", x: start, y: 13 },
      { size: 13, weight: 600 },
    ),
  ];
}

function peakInWords(model, id) {
  const peak = model.peak(id);
  const value = peak === null ? null : model.values(id)[peak];
  return value === null || value === 0 ? "none" : `peak: ${model.answer.periods[peak].label} (${model.show(value)})`;
}

function frame({ model, isLowest }, scale, width) {
  const x = middles(model.answer.periods.length, width);
  const labels = axisLabels(model.answer);
  const places = tickPlaces(model.answer, roomForLabels(labels, width));
  const ticks = places.map((place) => ({ x: x(place), label: isLowest ? labels[place] : "" }));
  const [, top] = scale.domain();
  const across = [0, top].map((value) => [
    s("line", { class: value ? "tx-grid" : "tx-axis", x1: 0, x2: width, y1: scale(value), y2: scale(value) }),
    s(
      "text",
      { x: -6, y: scale(value), "text-anchor": "end", "dominant-baseline": "central" },
      shortValue(model, value),
    ),
  ]);
  return [across, labelsBelow({ places: ticks, width, y: PLOT_HEIGHT, left: LEFT })];
}

function shortValue({ measure, show }, value) {
  if (measure === "count") return show(value);
  return `${Number((value * 100).toPrecision(2))}%`;
}

/** A super-topic gives its colour to its topics. */
function hueOfChart({ id, hue, group }) {
  return hueOf(group ? group.id : (hue ?? id));
}

function createCursor(model, topic, width, scale) {
  const { id } = topic;
  const x = middles(model.answer.periods.length, width);
  const line = s("line", { class: "tx-cursor", y1: 0, y2: PLOT_HEIGHT });
  const dot = s("circle", { class: "tx-fill tx-cursor", "data-hue": hueOfChart(topic), r: 3.5 });
  const element = s("g", { class: "tx-cursor" }, line, dot);
  const show = (period) => {
    const value = period === null ? null : model.values(id)[period];
    element.setAttribute("visibility", value === null ? "hidden" : "visible");
    if (value === null) return;
    for (const end of ["x1", "x2"]) line.setAttribute(end, String(x(period)));
    dot.setAttribute("cx", String(x(period)));
    dot.setAttribute("cy", String(Math.max(0, scale(value))));
  };
  return { element, show };
}

function hitArea({ model, onPeriod, panelWidth }, width) {
  const periods = model.answer.periods.length;
  const show = (event) => onPeriod(periodAt(event, width, periods));
  return s("rect", {
    class: "tx-hit",
    x: -6,
    y: -4,
    width: panelWidth + 12,
    height: TOP + PLOT_HEIGHT + 8,
    rx: 4,
    onpointermove: show,
    onpointerleave: () => onPeriod(null),
  });

  function periodAt(event, plotWidth, n) {
    const { left, width: shown } = event.currentTarget.getBoundingClientRect();
    const along = ((event.clientX - left) / shown) * (panelWidth + 12) - 6 - LEFT;
    return Math.max(0, Math.min(n - 1, Math.floor((along / plotWidth) * n)));
  }
}

/** A click shows the topic in the large chart above; a second click shows all topics again. */
function linkTo({ topic, chosen, actions, model }, children) {
  if (topic.group) return linkToSuper(topic, model, actions, children);
  const changes = { topic: topic.id === chosen ? null : topic.id };
  const label = `Topic ${topic.id}: ${topic.label}, ${peakInWords(model, topic.id)}`;
  const current = topic.id === chosen && "true";
  const properties = { "aria-label": label, "aria-current": current, "data-keep": `topic-${topic.id}` };
  return chartLink(actions, changes, properties, children);
}

function linkToSuper({ id, label, group, isOpen, topics }, model, actions, children) {
  const properties = {
    "aria-label": `Super-topic ${label}, ${topics.length} topics, ${peakInWords(model, id)}`,
    "aria-expanded": String(isOpen),
    "data-keep": `topic-${id}`,
  };
  return chartLink(actions, group.change, properties, children);
}
