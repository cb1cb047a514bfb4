/** The trend of one topic: its share of the documents per period. */

import { area, line } from "../../charts/d3.js";
import { createFigure } from "../../charts/figure.js";
import { drawing, s } from "../../lib/svg.js";
import { timeByFinalTopic } from "../../model/counts-by-final-topic.js";
import { count, percent, plural } from "../../lib/format.js";
import { joinPeriods, trendPoints } from "../../charts/trend-layout.js";
import { assignedOf, axisLabels, FEW_DOCUMENTS as FEW, periodName, tickPlaces } from "../../model/periods.js";
import { drawnOnChange } from "../../store/state.js";
import { finalIds, finalTopic } from "../../model/topics.js";
import { hueOf } from "../../lib/palette.js";
import { viewLink } from "../../ui/topic-links.js";

const HEIGHT = 132;
const BOTTOM = 20;
const TOP = 14;
const MOST_POINTS = 60;

/** Make the panel. @type {CreatePart} */
export function createTopicTrend(actions) {
  const figure = createFigure();
  figure.element.hidden = true;
  const draw = drawnOnChange(
    ({ answers, overview, view }) => [answers.time, overview, view.topic, view.q],
    ({ answers: { time }, overview, view }) => {
      const id = finalTopic(overview, view.topic)?.id;
      const answer = time?.value && timeByFinalTopic(time.value, finalIds(overview));
      const counts = answer?.topics[id];
      figure.element.hidden = !counts || answer.periods.length < 2;
      if (figure.element.hidden) return;
      figure.element.dataset.hue = hueOf(id);
      figure.element.classList.toggle("tx-stale", time.state === "loading");
      figure.update(chartOf(id, trendPoints(answer.periods, assignedOf(answer), counts), answer, actions));
    },
  );
  return { element: figure.element, update: draw };
}

function chartOf(id, all, answer, actions) {
  const points = joinPeriods(all, MOST_POINTS);
  return {
    title: "Over time",
    file: `topic-${id}-over-time`,
    note: [
      noteOf(points, all, answer),
      viewLink(actions, { screen: "time", topic: id, pane: "explore" }, { class: "tx-link" }, "All topics over time"),
    ],
    draw: (width) => drawTrend(points, { width, ticks: points === all ? answer : null }, `Topic ${id} from ${all[0].label} to ${all.at(-1).label}`),
    table: {
      columns: [
        { name: "Period" },
        { name: "Share", isNumber: true, show: percent },
        { name: "Documents of the topic", isNumber: true, show: count },
        { name: "Documents with a topic", isNumber: true, show: count },
      ],
      rows: all.map(({ label, share, nTopic, n }) => [label, share, nTopic, n]),
    },
  };
}

function noteOf(points, all, { granularity, date_column: column, n_undated: nUndated }) {
  const together = Math.ceil(all.length / points.length);
  const period = together > 1 ? `${together} ${granularity}s` : periodName(granularity);
  const sentences = [
    `Share of the documents with a topic per ${period} whose main topic this is, by “${column}”.`,
    points.some(({ n }) => n > 0 && n < FEW) && `Hollow: fewer than ${FEW} documents with a topic.`,
    all.at(-1).partial && `${all.at(-1).label} is incomplete.`,
    nUndated > 0 && `${plural(nUndated, "document has", "documents have")} no date.`,
  ];
  return `${sentences.filter(Boolean).join(" ")} `;
}

function drawTrend(points, { width, ticks: calendar }, title) {
  const largest = Math.max(...points.map(({ share }) => share ?? 0));
  const most = largest || 1;
  const floor = HEIGHT - BOTTOM;
  const x = (i) => 1 + ((width - 2) * i) / (points.length - 1);
  const y = (share) => floor - ((floor - TOP) * share) / most;
  const known = ({ share }) => share !== null;
  const shape = area()
    .defined(known)
    .x((_, i) => x(i))
    .y0(floor)
    .y1(({ share }) => y(share));
  const edge = line()
    .defined(known)
    .x((_, i) => x(i))
    .y(({ share }) => y(share));
  return drawing(
    { width, height: HEIGHT, title },
    largest > 0 && s("line", { class: "tx-grid", x1: 0, x2: width, y1: TOP, y2: TOP }),
    largest > 0 && s("text", { x: 0, y: TOP - 4 }, percent(largest)),
    s("path", { class: "tx-trend-area", d: shape(points) }),
    s("path", { class: "tx-stroke tx-trend-line", d: edge(points) }),
    s("line", { class: "tx-axis", x1: 0, x2: width, y1: floor, y2: floor }),
    dots(points, x, y, width),
    calendar ? roundTicks(calendar, x, width) : ticks(points, x, width),
    bands(points, x, width),
  );
}

/** Draw isolated points, which no line shows, and points of few documents. */
function dots(points, x, y, width) {
  const dense = points.length > width / 6;
  return points.map((point, i) => {
    const lone =
      point.share !== null && (points[i - 1]?.share ?? null) === null && (points[i + 1]?.share ?? null) === null;
    if (point.share === null || (!lone && (dense || point.n >= FEW))) return null;
    return s("circle", { class: point.n < FEW ? "tx-trend-few" : "tx-fill", cx: x(i), cy: y(point.share), r: 2.5 });
  });
}

/** Label round years, or the first days of longer periods. */
function roundTicks(answer, x, width) {
  const labels = axisLabels(answer);
  const last = labels.length - 1;
  return tickPlaces(answer, Math.max(2, Math.floor(width / 90))).map((place) => {
    const anchor = place === 0 ? "start" : place === last ? "end" : "middle";
    return s("text", { x: x(place), y: HEIGHT - 5, "text-anchor": anchor }, labels[place]);
  });
}

/** Label joined periods at equal distances, and the last one. */
function ticks(points, x, width) {
  const room = Math.max(2, Math.floor(width / 90));
  const step = Math.max(1, Math.ceil((points.length - 1) / room));
  const last = points.length - 1;
  return points.map(({ label }, i) => {
    if (i !== last && (i % step || last - i < step * 0.7)) return null;
    const anchor = i === 0 ? "start" : i === last ? "end" : "middle";
    return s("text", { x: x(i), y: HEIGHT - 5, "text-anchor": anchor }, edgeOf(label, i === last));
  });
}

/** Return the axis label of a span of periods: its first period, or its last one at the end of the axis. */
function edgeOf(label, isLast) {
  const [first, last = first] = label.split("–");
  return isLast ? last : first;
}

/** Draw an invisible band over each period, with its values as a tooltip. */
function bands(points, x, width) {
  const step = (width - 2) / (points.length - 1);
  return points.map(({ label, share, nTopic, n, partial }, i) => {
    const known = n ? `${percent(share)}, ${count(nTopic)} of ${plural(n, "document")} with a topic` : "no document with a topic";
    const title = `${label}${partial ? " (incomplete)" : ""}: ${known}`;
    return s(
      "rect",
      { class: "tx-hit tx-trend-band", x: x(i) - step / 2, y: 0, width: step, height: HEIGHT - BOTTOM },
      s("title", {}, title),
    );
  });
}
