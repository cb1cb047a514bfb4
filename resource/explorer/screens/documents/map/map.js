/** The document map: an island for each topic, and similar documents side by side. */

import { createFigure } from "../../../charts/figure.js";
import { numberColumn } from "../../../charts/table.js";
import { h } from "../../../lib/dom.js";
import { count, plural } from "../../../lib/format.js";
import { superTopics } from "../../../model/super-topics.js";
import { finalTopic } from "../../../model/topics.js";
import { drawnOnChange } from "../../../store/state.js";
import { emptyNotice, labelOf } from "../../../ui/topic-links.js";
import { createColourChoice } from "../../overview/map/map.js";
import { createZoom } from "../../overview/map/zoom.js";
import { createHoverCard } from "./hover-card.js";
import { createLegend } from "./legend.js";
import { noteOf } from "./note.js";
import { mapPicture } from "./picture.js";
import { countByTopic, neighbours, readPoints } from "./points.js";
import { createSurface } from "./surface.js";

const MOST_ZOOM = 200;
const HEIGHTS = { least: 300, most: 600 };
const BESIDE = { from: 600, legend: 190, gap: 16 }; // CSS pixels
const LISTED = 3;

/** Make the map. @type {CreatePart} */
export function createDocumentMap(actions) {
  const own = { state: null, points: null, answer: null, selecting: false };
  const zoom = createZoom(() => {
    surface.zoomed();
    inView.hidden = zoom.now().k === 1;
  }, MOST_ZOOM);
  const choose = (box) => {
    setSelecting(false);
    actions.go({ box, page: 1 });
  };
  const surface = createSurface(zoom, {
    isSelecting: () => own.selecting,
    onBox: choose,
    onOpen: (row) => actions.openDocument(row),
    onHover: (found) => card.show(found, own.state?.overview ?? null, holder.clientWidth),
  });
  const card = createHoverCard(actions);
  const legend = createLegend(actions, surface.light);
  const holder = h("div", { class: "tx-docmap-holder" }, surface.element, card.element);
  const frame = h("div", { class: "tx-docmap" }, holder, legend.element);
  const colour = createColourChoice(() => draw(own.state));
  const button = (words, title, onclick) => h("button", { type: "button", class: "tx-button tx-button-small", title, onclick }, words);
  const area = button("Select area", "Drag a rectangle on the map to list its documents (or hold Shift)", () => setSelecting(!own.selecting));
  const inView = button("List documents in view", "Filter by the part of the map that is shown (Enter)", () => choose(surface.view()));
  inView.hidden = true;
  const setSelecting = (on) => {
    own.selecting = on;
    area.setAttribute("aria-pressed", String(on));
    surface.element.classList.toggle("tx-docmap-selecting", on);
  };
  setSelecting(false);
  const figure = createFigure({ controls: [colour.element, area, inView, zoom.element] });
  const notice = h("div");
  const element = h("div", { class: "tx-docmap-part" }, notice, figure.element);
  // Otherwise the page would handle Esc as well, and close the open document.
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !(surface.cancel() || own.selecting)) return;
    event.preventDefault();
    event.stopPropagation();
    setSelecting(false);
  });
  const draw = (state) => {
    own.state = state;
    const { map } = state.answers;
    const hasPoints = Boolean(map?.value?.n_drawn);
    figure.element.hidden = !hasPoints;
    figure.element.classList.toggle("tx-stale", map?.state === "loading");
    notice.replaceChildren(...(hasPoints ? [] : notices(state)));
    if (!hasPoints) return;
    colour.update(state);
    if (own.answer !== map.value) Object.assign(own, { answer: map.value, points: readPoints(map.value.points) });
    const drawn = drawnOf(own, state, colour.bySuper());
    const topics = topicsOf(drawn);
    surface.update(drawn, nameOf(own.answer, topics));
    legend.update(topics, state.view);
    const resize = (width) => {
      const beside = width >= BESIDE.from;
      const room = beside ? width - BESIDE.legend - BESIDE.gap : width;
      const height = Math.round(Math.max(HEIGHTS.least, Math.min(HEIGHTS.most, room)));
      frame.classList.toggle("tx-docmap-beside", beside);
      frame.style.setProperty("--tx-docmap-height", `${height}px`);
      surface.resize(Math.floor(room), height);
      return frame;
    };
    figure.update(chartOf({ drawn, topics, answer: own.answer, bySuper: colour.bySuper(), resize }, state));
  };
  const pick = ({ answers, overview, view }) => [answers.map, overview, view.doc, view.box, view.topic, view.levels, view.docs];
  return { element, update: drawnOnChange(pick, draw) };
}

function notices({ answers: { map }, overview }) {
  const { on, reason } = overview.capabilities?.meaning ?? { on: false, reason: "" };
  if (!on) return [emptyNotice("No document map", h("p", {}, reason))];
  if (map?.state === "failed") return [emptyNotice("The document map could not be loaded", h("p", {}, map.error))];
  if (map?.state !== "ready") return [h("p", { class: "tx-loading" }, "Drawing the documents…")];
  return [emptyNotice("No document map", h("p", {}, "No document has both an embedding and a topic."))];
}

/** Join the points with the topics as the page has them, pending merges included. @returns {import("./surface.js").Drawn} */
function drawnOf({ points, answer }, state, bySuper) {
  const { overview, view } = state;
  const final = new Map([...new Set([...points.topic, ...answer.islands.map(({ topic }) => topic)])].map((topic) => [topic, finalTopic(overview, topic)?.id ?? topic]));
  const isMerged = [...final].some(([topic, into]) => topic !== into);
  const topic = isMerged ? points.topic.map((one) => final.get(one)) : points.topic;
  const islands = answer.islands.map((island) => ({ ...island, topic: final.get(island.topic) }));
  const groups = bySuper ? superTopics(state, overview.topics) : [];
  const hues = new Map([...final.values()].map((one) => [one, one]));
  for (const { id, topics } of groups) for (const one of topics) hues.set(one.id, id);
  const labels = new Map([...final.values()].map((one) => [one, labelOf(overview, one)]));
  return { points: isMerged ? { ...points, topic } : points, islands, labels, hues, open: view.doc, box: view.box };
}

function topicsOf({ points, labels, hues, islands }) {
  const near = neighbours(islands);
  return [...countByTopic(points)]
    .filter(([topic]) => topic >= 0)
    .map(([topic, { n, matching }]) => ({ topic, label: labels.get(topic) ?? `Topic ${topic}`, hue: hues.get(topic) ?? topic, n, matching, near: near.get(topic) ?? null }))
    .sort((one, other) => other.matching - one.matching || other.n - one.n || one.topic - other.topic);
}

function nameOf({ n_drawn: n }, topics) {
  const largest = topics.slice(0, LISTED).map(({ label }) => label).join("; ");
  return (
    `Document map of ${plural(n, "document")} in ${plural(topics.length, "topic")}. Largest islands: ${largest}. ` +
    "Plus and minus zoom, Shift and the arrow keys move, Enter lists the documents in view of a zoomed map. The table has all topics."
  );
}

function chartOf({ drawn, topics, answer, bySuper, resize }, state) {
  const title = "Document map";
  const named = (topic) => (topic === null ? "–" : `${topic} ${labelOf(state.overview, topic)}`);
  return {
    title,
    file: "document-map",
    note: noteOf(answer, topics, bySuper, (topic) => labelOf(state.overview, topic)),
    draw: resize,
    picture: () => mapPicture(drawn, title),
    table: {
      columns: [
        numberColumn("Topic"), { name: "Label" }, numberColumn("Documents drawn", count), numberColumn("Matching the filters", count),
        { name: "Nearest island" },
      ],
      rows: topics.map(({ topic, label, n, matching, near }) => [topic, label, n, matching, named(near)]),
    },
  };
}
