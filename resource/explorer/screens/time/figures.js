/** The two figures of the "Time" screen, with their notes and tables. */

import { foldButtons } from "../../charts/figure.js";
import { h } from "../../lib/dom.js";
import { count, percent } from "../../lib/format.js";
import { labelOf, viewLink } from "../../ui/topic-links.js";
import { topicChange } from "../../store/navigation.js";
import { drawMain } from "./main-figure.js";
import { chartsInOrder, periodInWords, periodNotes, topicsInOrder, valueInWords } from "./model.js";
import { drawMultiples } from "./multiples.js";

const MOST_CHARTS = 60; // the others are drawn on demand

/**
 * Build the figure of the documents per period, with the chosen topic.
 * @param {Object} shared model, chosen, overview, actions, listeners, onPeriod, onRange
 * @returns {import("../../charts/figure.js").Chart}
 */
export function mainFigure(shared) {
  const { model, chosen, overview, actions, listeners } = shared;
  const name = chosen === null ? null : `Topic ${chosen}: ${labelOf(overview, chosen)}`;
  const hint = "Drag over periods to filter by them, or use Shift and the arrow keys, then Enter.";
  const readout = h("span", { class: "tx-readout tx-soft" }, hint);
  listeners[0] = (period) => readout.replaceChildren(period === null ? hint : readoutOf(model, chosen, period));
  const open = name && viewLink(actions, topicChange(chosen), { class: "tx-link" }, "Open topic");
  const draw = (width) => {
    const drawn = drawMain(shared, width);
    listeners[1] = drawn.showPeriod;
    return drawn.element;
  };
  return {
    title: name ?? "Documents per period",
    note: [
      readout,
      open && " ",
      open,
      ...periodNotes(model).map((note) => h("span", { class: "tx-remark" }, note)),
    ].filter(Boolean),
    draw,
    table: mainTable(model, chosen),
    file: name ? `topic ${chosen} over time` : "documents over time",
  };
}

function readoutOf(model, chosen, period) {
  const documents = periodInWords(model, period);
  return chosen === null ? documents : `${documents}; this topic ${valueInWords(model, chosen, period)}`;
}

function mainTable({ answer, assigned, values, mean, show }, chosen) {
  const columns = [
    { name: "Period" },
    { name: "First day" },
    { name: "Documents", isNumber: true, show: count },
    { name: "With a topic", isNumber: true, show: count },
  ];
  const topic = chosen === null ? null : (answer.topics[chosen] ?? values(chosen).map(() => 0));
  if (topic)
    columns.push(
      { name: "In this topic", isNumber: true, show: count },
      { name: "Share", isNumber: true, show: percent },
    );
  if (topic && mean > 1) columns.push({ name: `Moving mean of ${mean} periods`, isNumber: true, show });
  const row = ({ label, start, n }, i) => {
    const own = topic ? [topic[i], assigned[i] ? topic[i] / assigned[i] : null] : [];
    return [label, start, n, assigned[i], ...own, ...(topic && mean > 1 ? [values(chosen)[i]] : [])];
  };
  return { columns, rows: answer.periods.map(row) };
}

/**
 * Build the figure with one small chart per topic.
 * @param {Object} shared
 * @param {{order: "size" | "peak", scale: string, withHidden: boolean, all: boolean}} local choices of the reader
 * @param {(changes: Object) => void} change called with changed local choices
 * @returns {import("../../charts/figure.js").Chart}
 */
export function multiplesFigure(shared, local, change) {
  const { model, chosen, listeners } = shared;
  const ordered = model.groups ? chartsInOrder(model, { ...local, chosen }) : topicsInOrder(model, { ...local, chosen });
  const topics = local.all ? ordered : ordered.slice(0, MOST_CHARTS);
  const folds = foldButtons(model.groups ? 0 : model.hidden.length, local.withHidden, ordered.length - topics.length, change);
  const draw = (width) => {
    const drawn = drawMultiples({ ...shared, topics, scale: local.scale }, width);
    listeners[2] = drawn.showPeriod;
    return drawn.element;
  };
  return {
    title: `${model.measure === "share" ? "Share" : "Documents"} per ${model.groups ? "super-topic" : "topic"}`,
    note: [noteOf(model, local), ...folds],
    draw,
    table: multiplesTable(model, ordered),
    file: "topics over time",
  };
}

function noteOf({ measure, mean, groups }, { scale }) {
  const what =
    measure === "share"
      ? "Of the documents with a topic in a period, the share whose main topic is this one."
      : "Documents whose main topic is this one.";
  const scales =
    scale === "same"
      ? "All charts have the same scale."
      : "Each chart has its own scale: compare shapes, not heights.";
  const means = mean > 1 ? ` Moving mean of ${mean} periods.` : "";
  const click = groups ? "Click a super-topic to show its topics, a topic to enlarge it." : "Click a chart to enlarge it.";
  return `${what}${means} ${scales} ${click}`;
}

function multiplesTable({ answer, values, show }, topics) {
  const named = topics.map(({ id, label, group }) => ({ name: group ? label : `${id} ${label}`, isNumber: true, show }));
  return {
    columns: [{ name: "Period" }, ...named],
    rows: answer.periods.map(({ label }, i) => [label, ...topics.map(({ id }) => values(id)[i])]),
  };
}
