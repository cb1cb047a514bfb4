/** The heat map of the "Groups" screen: lifts as colours, each cell linked to its documents. */

import { foldButtons } from "../../charts/figure.js";
import { legendDrawing, legendList } from "../../charts/matrix/legend.js";
import { matrixPicture } from "../../charts/matrix/picture.js";
import { drawMatrix } from "../../charts/matrix/matrix.js";
import { explanation, h } from "../../lib/dom.js";
import { count, percent, plural } from "../../lib/format.js";
import { orderedGroups } from "./order.js";
import { FEW_DOCUMENTS, liftCells, liftClass } from "../../model/lift.js";
import { finalTopic, hiddenTopics, shownTopics } from "../../model/topics.js";
import { comparison, writeSide } from "../../store/sides.js";
import { topicBadge } from "../../ui/topic-links.js";
import { groupsTable } from "./table.js";

const MOST_TOPICS = 100; // the others are drawn on demand

const KEYS = [
  ["-4", "×0.25"],
  ["-3", ""],
  ["-2", "×0.5"],
  ["-1", ""],
  ["0", "×1"],
  ["1", ""],
  ["2", "×2"],
  ["3", ""],
  ["4", "×4"],
].map(([level, label]) => ({ level, label }));
const WORDS = { ends: ["under-represented", "over-represented"], few: `fewer than ${FEW_DOCUMENTS} documents` };
// Shares from which on a cell has the next darker colour.
const PARTS = [0.02, 0.05, 0.1, 0.2, 0.4];
const PART_KEYS = ["", ...PARTS.map((part) => `${part * 100}%`)].map((label, i) => ({ level: `part-${i}`, label }));
const PART_WORDS = { ends: ["rare in the group", "frequent in the group"], few: WORDS.few };
const OTHERS = { "other values": "Other values", "no value": "No value" };

/**
 * Build the heat map.
 * @param {Object} answer of the backend
 * @param {State} state
 * @param {{order: "alike" | "size" | "name", colour: "lift" | "share", withHidden: boolean, all: boolean}} local choices
 * @param {Actions} actions
 * @param {(changes: Object) => void} change called with changed local choices
 * @returns {import("../../charts/figure.js").Chart}
 */
export function groupsFigure(answer, state, local, actions, change) {
  const hidden = hiddenTopics(state.overview);
  // Largest first, because only the first ones are shown where there are too many.
  const candidates = [...shownTopics(state.overview), ...(local.withHidden ? hidden : [])].sort(
    (a, b) => b.n_documents - a.n_documents || a.id - b.id,
  );
  const wanted = local.all ? candidates : candidates.slice(0, MOST_TOPICS);
  const { topics, places } = orderedGroups(answer, wanted, local.order);
  const cells = liftCells(answer, topics.map(({ id }) => id)).map((row) => places.map((place) => row[place]));
  const groups = places.map((place) => answer.values[place]);
  const chosen = finalTopic(state.overview, state.view.topic)?.id ?? null;
  const matrix = matrixOf({ answer, topics, groups, cells, chosen, view: state.view, actions, colour: local.colour });
  const [keys, words] = local.colour === "share" ? [PART_KEYS, PART_WORDS] : [KEYS, WORDS];
  return {
    title: `Topics by ${answer.name}`,
    note: [...notes(local.colour), ...foldButtons(hidden.length, local.withHidden, candidates.length - wanted.length, change)],
    draw: (width) => h("div", {}, legendList(keys, words), drawMatrix(matrix, width)),
    picture: (width) => matrixPicture(matrix, width, legendDrawing(keys, words)),
    table: groupsTable({ topics, groups, cells }),
    file: `topics by ${answer.name}`,
  };
}

/**
 * Return the displayed name of a value of the column.
 * @param {{value: string, kind: string}} group
 * @returns {string}
 */
export function groupName({ value, kind }) {
  return OTHERS[kind] ?? (value === "" ? "No value" : value);
}

function matrixOf({ answer, topics, groups, cells, chosen, view, actions, colour }) {
  return {
    caption: `Over- and under-representation of ${topics.length} topics in ${groups.length} groups`,
    corner: "Documents",
    rows: topics.map((topic) => ({
      name: topic.hidden ? `${topic.label} (hidden)` : topic.label,
      topic: topic.id,
      isChosen: topic.id === chosen,
      detail: count(answer.totals[answer.ids.indexOf(topic.id)] ?? 0),
    })),
    columns: groups.map((group) => ({ name: groupName(group), detail: count(group.n), link: compareLink(group, answer.column, view, actions) })),
    cells: cells.map((row, r) =>
      row.map((cell, c) => matrixCell(cell, topics[r], groups[c], { answer, view, actions, colour })),
    ),
    hint: "Hover over a cell, or move to it with Tab and the arrow keys, to read its figures; open it to see its documents. Click the name of a column to compare it with all others.",
    badge: topicBadge,
  };
}

function matrixCell(cell, topic, group, { answer, view, actions, colour }) {
  const changes = changesFor(topic, group, answer.column, view);
  return {
    ...(colour === "share" ? shareLook(cell) : { level: String(liftClass(cell.log2)), text: cell.n ? ratioText(cell.log2) : "none" }),
    isFew: cell.isFew,
    told: inWords(cell, topic, group),
    href: changes && actions.hashOf(changes),
    open: changes && (() => actions.go(changes)),
  };
}

function compareLink({ value, kind }, column, view, actions) {
  if (kind === "other values") return null;
  const changes = comparison(view, writeSide({ groups: [{ column, value: kind === "no value" ? "" : value }] }));
  return { href: actions.hashOf(changes), title: "Click to compare with all others", open: () => actions.go(changes) };
}

function shareLook({ share, n }) {
  return { level: `part-${PARTS.filter((least) => share >= least).length}`, text: n ? percent(share) : "none" };
}

/** Return the link to the documents of a cell; all "other values" together cannot be a filter. */
function changesFor(topic, { value, kind }, column, view) {
  if (kind === "other values") return null;
  const others = view.groups.filter((group) => group.column !== column);
  const groups = [...others, { column, value: kind === "no value" ? "" : value }];
  return { screen: "documents", topic: topic.id, groups, page: 1, sort: null, pane: "explore" };
}

/** Write a lift for a cell, as "×2.4", "×0.63" or "×0.04". */
function ratioText(log2) {
  const ratio = 2 ** log2;
  if (ratio >= 9.95) return `×${Math.round(ratio)}`;
  return ratio < 0.95 ? `×${ratio < 0.005 ? ratio.toPrecision(1) : ratio.toFixed(2)}` : `×${ratio.toFixed(1)}`;
}

/** Write a lift in words, as "2.4× more than expected" or "19× less than expected". */
function ratioInWords(log2) {
  const times = 2 ** Math.abs(log2);
  const rounded = times >= 9.95 ? String(Math.round(times)) : times.toFixed(1);
  if (rounded === "1.0") return "about as expected";
  return `${rounded}× ${log2 > 0 ? "more" : "less"} than expected`;
}

function inWords({ n, nGroup, expected, share, overall, log2, isFew }, topic, group) {
  const found = `${plural(n, "document")} of ${count(nGroup)} (${percent(share)})`;
  const rounded = expected < 10 ? expected.toFixed(1) : count(Math.round(expected));
  const usual = `overall ${percent(overall)}, so ${rounded} expected`;
  const few = isFew ? "; few documents, may be chance" : "";
  return `${topic.id} ${topic.label} × ${groupName(group)}: ${found}; ${usual}: ${ratioInWords(log2)}${few}`;
}

function notes(colour) {
  const formula =
    "Colour is lift: documents found ÷ documents expected if the topic were as frequent in the group as overall, " +
    "with half a document added to both: log2((n + ½) / (e + ½)), e = documents of the group × share of the topic overall " +
    "(Norén et al. 2013). " +
    "Only documents with a topic are counted, each under its main topic. " +
    `Hatched cells: fewer than ${FEW_DOCUMENTS} documents both found and expected. ` +
    "“Similar together” orders rows and columns by the first principal component of the lifts, then reverses parts " +
    "while that brings similar ones closer.";
  const details = explanation("How is this computed?", h("p", {}, formula));
  const meaning = { lift: "Blue: the topic is under-represented in the group; orange: over-represented.", share: "The darker, the more documents of the group have this main topic." };
  return [meaning[colour], details];
}
