/** The topic map: circle areas are shares of documents, similar topics are close together as far as a plane allows. */

import { createFigure } from "../../../charts/figure.js";
import { drawing, s } from "../../../lib/svg.js";
import { h } from "../../../lib/dom.js";
import { decimal, percent, plural } from "../../../lib/format.js";
import { hullOf } from "./hulls.js";
import { largestRadius, mapHeight, numbersWithRoom, overlap, placeCircles, placeLabels, zoomedCircles } from "./layout.js";
import { createZoom } from "./zoom.js";
import { fitText, textMeasure } from "../../../lib/fit-text.js";
import { topicChange } from "../../../store/navigation.js";
import { hueOf } from "../../../lib/palette.js";
import { drawnOnChange } from "../../../store/state.js";
import { rove } from "../../../lib/roving.js";
import { hasLevels, isGrouped, superTopics } from "../../../model/super-topics.js";
import { listedTopics, orderTopics } from "../../../model/topic-order.js";
import { chartLink, emptyNotice, noTopicShown } from "../../../ui/topic-links.js";
import { explained } from "../../../ui/popover.js";
import { topicTable } from "../bars.js";

const LABEL_SIZE = 12;
const MOST_LABELS = 150; // the others are shown on hover: a map has no room for more
const LEAST_TARGET = 12; // radius in CSS pixels of the touch target
const HEIGHTS = { least: 300, most: 620 };

/** Make the map. @type {CreatePart} */
export function createMap(actions) {
  let last = null;
  let frame = 0;
  const redraw = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => draw(last));
  };
  const colour = createColourChoice(() => draw(last));
  const zoom = createZoom(redraw);
  const figure = createFigure({ controls: [colour.element, zoom.element] });
  const none = h("div", { hidden: true });
  const element = h("div", {}, figure.element, none);
  const draw = (state) => {
    last = state;
    const listed = listedTopics(state);
    const topics = listed.filter(({ map_x: x, map_y: y }) => Number.isFinite(x) && Number.isFinite(y));
    figure.element.hidden = !topics.length;
    none.hidden = topics.length > 0;
    none.replaceChildren(listed.length ? noPositions() : noTopicShown());
    colour.update(state);
    if (!topics.length) return;
    const groups = colour.bySuper() ? superTopics(state, topics) : null;
    figure.update(chartOf(topics, state.overview, { groups, zoom, actions }));
  };
  const pick = ({ overview, answers, view }) => [overview, answers.counts, view.levels];
  return { element, update: drawnOnChange(pick, draw) };
}

function noPositions() {
  return emptyNotice("No map", h("p", {}, "These topics have no map positions. Run 'Discover topics' again to add them."));
}

/**
 * Create the choice of colours: by super-topic where the list is grouped, until the user chooses.
 * @param {() => void} onChange
 */
export function createColourChoice(onChange) {
  let chosen = null;
  const select = h(
    "select",
    { class: "tx-select" },
    h("option", { value: "topic" }, "topic"),
    h("option", { value: "super" }, "super-topic"),
  );
  select.addEventListener("change", () => {
    chosen = select.value;
    onChange();
  });
  const element = h("label", { class: "tx-select-label tx-detail tx-inline" }, "Colour by ", select);
  const update = (state) => {
    element.hidden = !hasLevels(state.overview);
    select.value = element.hidden ? "topic" : (chosen ?? (isGrouped(state) ? "super" : "topic"));
  };
  return { element, update, bySuper: () => select.value === "super" };
}

function chartOf(topics, overview, means) {
  const table = topicTable(topics);
  const place = (name) => ({ name, isNumber: true, show: (value) => decimal(value, 3) });
  return {
    title: "Topic map",
    file: "map-of-topics",
    note: noteOf(overview),
    draw: (width) => drawMap(topics, width, means),
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
    "correctly; overlapping circles have no meaning. Zoom with + and −, or Ctrl and the wheel; drag to move.";
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

function drawMap(topics, width, { groups, zoom, actions }) {
  const most = Math.max(14, Math.min(40, width / 18));
  const margins = { x: Math.max(most + 4, Math.min(90, width * 0.13)), y: most + 20 };
  const height = mapHeight(topics, width, margins, HEIGHTS);
  const size = { width, height };
  const largest = largestRadius(topics, size, most);
  const placed = placeCircles(topics, { ...size, margins, largest });
  const circles = new Map(zoomedCircles(placed, zoom.now(), size).map((circle) => [circle.id, circle]));
  const seen = orderTopics(topics, "share").filter(({ id }) => circles.has(id));
  const important = seen.map(({ id }) => circles.get(id));
  const areas = groups ? areasOf(groups, circles, size) : [];
  const measure = textMeasure({ size: LABEL_SIZE });
  const room = Math.min(170, width * 0.42);
  const shown = new Map(seen.slice(0, MOST_LABELS).map(({ id, label }) => [id, fitText(label, room, measure)]));
  const taken = areas.map(({ box }) => box).filter(Boolean);
  const labels = placeLabels(important, (id) => (shown.has(id) ? measure(shown.get(id)) + 4 : null), size, taken);
  const numbers = numbersWithRoom(important);
  const hues = new Map((groups ?? []).flatMap(({ id, topics: own }) => own.map((topic) => [topic.id, id])));
  const marks = seen.map((topic) =>
    mark(circles.get(topic.id), topic, {
      place: labels.get(topic.id), text: shown.get(topic.id) ?? topic.label, isLabelled: shown.has(topic.id), hasNumber: numbers.has(topic.id),
      hue: hues.get(topic.id) ?? topic.id, bySuper: groups !== null, width, actions,
    }),
  );
  const title = "Topic map: circle area is the share of documents, similar topics are close together";
  const shifted = s("g", {}, areas.map(({ hull }) => hull), marks, areas.map(({ label }) => label));
  const svg = drawing({ ...size, title, isInteractive: true, kind: "tx-chart tx-map" }, shifted);
  rove(svg, ".tx-map-topic", (from, key, links) => nearest(circles, from, key, links));
  zoom.listen(svg, (dx, dy) => shifted.setAttribute("transform", `translate(${dx} ${dy})`), size);
  return svg;
}

/** Draw the hull and the name of each super-topic; names without room are left out, those of large ones come first. */
function areasOf(groups, circles, { width, height }) {
  const font = { size: 13, weight: 650 };
  const measure = textMeasure(font);
  const boxes = [];
  return [...groups]
    .sort((a, b) => b.share - a.share)
    .map(({ id, label, topics }) => {
      const own = topics.map((topic) => circles.get(topic.id)).filter(Boolean);
      const hull = hullOf(own);
      if (!hull) return { hull: null, label: null, box: null };
      const text = fitText(label, Math.min(200, width * 0.5), measure);
      const half = measure(text) / 2 + 4;
      const x = Math.max(half, Math.min(width - half, hull.middle.x));
      const y = Math.max(12, Math.min(height - 12, Math.min(...hull.path.map((point) => point.y)) - 8));
      const box = { left: x - half, right: x + half, top: y - 9, bottom: y + 9 };
      const isFree = !boxes.some((other) => overlap(box, other));
      if (isFree) boxes.push(box);
      const d = `M${hull.path.map((point) => `${point.x.toFixed(1)},${point.y.toFixed(1)}`).join("L")}Z`;
      const at = { x, y, "text-anchor": "middle", "dominant-baseline": "central" };
      return {
        hull: s("path", { class: "tx-map-hull", "data-hue": hueOf(id), d }),
        label: isFree ? s("text", { class: "tx-map-super", "data-hue": hueOf(id), ...at }, text) : null,
        box: isFree ? box : null,
      };
    });
}

/** Return the nearest topic in the direction of an arrow key. */
function nearest(circles, from, key, links) {
  const direction = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[key];
  if (!direction) return { Home: links[0], End: links.at(-1) }[key];
  const placeOf = (link) => circles.get(Number(link.dataset.topic));
  const start = placeOf(from);
  const costs = links.map((link) => {
    const { x, y } = placeOf(link);
    const along = (x - start.x) * direction[0] + (y - start.y) * direction[1];
    const aside = Math.abs((x - start.x) * direction[1]) + Math.abs((y - start.y) * direction[0]);
    return along > 0 ? along + 2 * aside : Infinity;
  });
  const least = Math.min(...costs);
  return Number.isFinite(least) ? links[costs.indexOf(least)] : null;
}

function mark({ x, y, r }, topic, { place, text, isLabelled, hasNumber, hue, bySuper, width, actions }) {
  const group = bySuper && topic.parent_label ? ` Super-topic ${topic.parent}: ${topic.parent_label}.` : "";
  const title =
    `Topic ${topic.id}: ${topic.label} – ${percent(topic.share)}, ` +
    `${plural(topic.n_documents, "document")}. ${topic.top_terms.join(", ")}.${group}`;
  // A label without room is shown on hover and focus, on the side with more room.
  const at = place ?? { x: x < width / 2 ? x + r + 4 : x - r - 4, y, anchor: x < width / 2 ? "start" : "end" };
  const middle = { "text-anchor": "middle", "dominant-baseline": "central" };
  const label = () =>
    s(
      "text",
      {
        class: place ? "tx-map-label" : "tx-map-label tx-map-label-later",
        x: at.x,
        y: at.y,
        "text-anchor": at.anchor,
        "dominant-baseline": "central",
      },
      hasNumber ? text : `${topic.id} ${text}`,
    );
  const link = chartLink(
    actions,
    topicChange(topic.id),
    { class: "tx-map-topic", "data-hue": hueOf(hue), "data-topic": topic.id, "data-keep": `map-${topic.id}`, "aria-label": title },
    s("title", {}, title),
    r < LEAST_TARGET && s("circle", { class: "tx-hit", cx: x, cy: y, r: LEAST_TARGET }),
    s("circle", { class: "tx-map-circle", cx: x, cy: y, r }),
    hasNumber && s("text", { class: "tx-map-id", x, y, ...middle }, topic.id),
    isLabelled && label(),
  );
  if (!isLabelled)
    for (const event of ["pointerenter", "focus"]) link.addEventListener(event, () => link.append(label()), { once: true });
  return link;
}
