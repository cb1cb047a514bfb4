/** The "Time" screen: every topic over time, and the documents per period. */

import { createChoice, createSelect } from "../../ui/controls.js";
import { createFigure } from "../../charts/figure.js";
import { h } from "../../lib/dom.js";
import { timeByFinalTopic } from "../../model/counts-by-final-topic.js";
import { count, plural } from "../../lib/format.js";
import { MEANS, NO_FILTERS } from "../../store/view-address.js";
import { daysBetween } from "../../model/periods.js";
import { comparison, writeSide } from "../../store/sides.js";
import { drawnOnChange } from "../../store/state.js";
import { finalIds, finalTopic } from "../../model/topics.js";
import { emptyNotice } from "../../ui/topic-links.js";
import { mainFigure, multiplesFigure } from "./figures.js";
import { timeModel } from "./model.js";

const BY = {
  day: "Days", week: "Weeks", month: "Months", quarter: "Quarters", year: "Years",
  "5-years": "5 years", "10-years": "10 years", "25-years": "25 years",
};

/** Make the screen. @type {CreatePart} */
export function createTime(actions) {
  const local = { order: "size", scale: "same", withHidden: false, all: false };
  const parts = createParts(actions, (changes) => {
    Object.assign(local, changes);
    if (last) draw(last);
  });
  let last = null;
  const draw = (state) => {
    last = state;
    drawScreen(parts, state, local, actions);
  };
  const onChange = drawnOnChange(
    ({ answers, overview, view }) => [
      answers.time, overview, view.topic, view.measure, view.mean, view.by, view.from, view.to, view.levels, view.open, view.order,
    ],
    draw,
  );
  return { element: parts.element, update: onChange };
}

function createParts(actions, change) {
  const subtitle = h("p", { class: "tx-subtitle" });
  const whole = h(
    "button",
    { type: "button", class: "tx-button tx-button-small", onclick: () => actions.go({ from: null, to: null }) },
    "Show all periods",
  );
  const compare = h("button", { type: "button", class: "tx-button tx-button-small" }, "Compare with other periods");
  const controls = createControls(actions, change);
  const notice = h("div");
  const [main, multiples] = [createFigure({ controls: [compare, whole] }), createFigure()];
  const figures = h("div", { class: "tx-time-figures" }, main.element, multiples.element);
  const title = h("h1", { class: "tx-title" }, "Topics over time");
  const element = h(
    "div",
    { class: "tx-screen tx-time" },
    h("div", { class: "tx-head" }, title, subtitle),
    controls.element,
    notice,
    figures,
  );
  return { element, subtitle, whole, compare, controls, notice, main, multiples, figures, change };
}

const MEASURES = [
  { value: "share", label: "Share", title: "Share of the documents with a topic in a period" },
  { value: "count", label: "Count", title: "Documents per topic and period" },
];
const ORDERS = [
  { value: "size", label: "Largest first" },
  {
    value: "peak",
    label: "By peak",
    title: "By the period of the largest value, among periods with at least 20 documents",
  },
];
const SCALES = [
  { value: "same", label: "Same scale", title: "Heights can be compared between topics" },
  { value: "own", label: "Own scales", title: "Each chart fills its height: compare shapes, not heights" },
];

function createControls(actions, change) {
  const measure = createChoice("Measure", MEASURES, (value) => actions.go({ measure: value }));
  const order = createChoice("Order of the topics", ORDERS, (value) => change({ order: value }));
  const scale = createChoice("Scale of the small charts", SCALES, (value) => change({ scale: value }));
  const by = createSelect("Periods", (value) => actions.go({ by: value }));
  const mean = createSelect("Moving mean", (value) => actions.go({ mean: Number(value) }));
  const element = h("div", { class: "tx-toolbar tx-wrap" }, measure.element, by.element, mean.element, order.element, scale.element);
  const update = ({ view }, answer, local) => {
    measure.update(view.measure);
    mean.update(MEANS.map((n) => [String(n), n === 1 ? "None" : `${n} periods`]), String(view.mean));
    order.update(local.order);
    scale.update(local.scale);
    const choices = answer.choices.map((value) => [value, BY[value]]);
    const auto = ["auto", `Automatic (${BY[answer.granularity].toLowerCase()})`];
    by.update([auto, ...choices], answer.choices.includes(view.by) ? view.by : "auto");
  };
  return { element, update };
}

function drawScreen(parts, state, local, actions) {
  const { answers: { time }, view } = state;
  const answer = time?.value && timeByFinalTopic(time.value, finalIds(state.overview));
  const isEmpty = !answer?.periods.length;
  parts.figures.classList.toggle("tx-stale", time?.state === "loading");
  parts.figures.hidden = parts.controls.element.hidden = isEmpty;
  parts.notice.replaceChildren(...(isEmpty ? notices(time, actions) : []));
  parts.whole.hidden = parts.compare.hidden = view.from === null && view.to === null;
  parts.compare.onclick = () => actions.go(comparison(view, writeSide({ from: view.from, to: view.to })));
  parts.subtitle.replaceChildren(isEmpty ? "" : origin(answer));
  if (isEmpty) return;
  parts.controls.update(state, answer, local);
  const model = timeModel(answer, state, view.measure, view.mean);
  const chosen = finalTopic(state.overview, view.topic)?.id ?? null;
  const shared = { model, chosen, overview: state.overview, actions, listeners: [] };
  shared.onPeriod = (period) => {
    for (const listener of shared.listeners) listener?.(period);
  };
  shared.onRange = (one, other) => actions.go({ ...daysBetween(answer, one, other), page: 1 });
  parts.main.update(mainFigure(shared));
  parts.multiples.update(multiplesFigure(shared, local, parts.change));
}

function notices(time, actions) {
  if (!time || time.state === "loading")
    return [h("p", { class: "tx-loading" }, "Counting documents per period…")];
  if (time.state === "failed") return [emptyNotice("Topics over time could not be loaded", h("p", {}, time.error))];
  const undated = time.value.n_undated;
  const why = undated
    ? `${plural(undated, "matching document")}, none with a readable date.`
    : "No documents match the filters.";
  const clear = h(
    "button",
    { type: "button", class: "tx-button", onclick: () => actions.go({ ...NO_FILTERS, q: "" }) },
    "Clear filters",
  );
  return [emptyNotice("Nothing to show over time", h("p", {}, why), clear)];
}

function origin({ periods, date_column: column, n_undated: undated, n_far: far }) {
  const dated = periods.reduce((sum, { n }) => sum + n, 0);
  const [first, last] = [periods[0].label, periods.at(-1).label];
  const span = first === last ? first : `${first} to ${last}`;
  const left = [
    undated > 0 && `${count(undated)} without a readable date`,
    far > 0 && `${count(far)} with a date far from all others`,
  ].filter(Boolean);
  const without = left.length ? ` · excluded: ${left.join(", ")}` : "";
  return `${plural(dated, "document")} by “${column}”, ${span}${without}`;
}
