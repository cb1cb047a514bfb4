/** The "Groups" screen: topics over- and under-represented in each value of a group column. */

import { createChoice, createSelect } from "../../ui/controls.js";
import { createFigure } from "../../charts/figure.js";
import { h } from "../../lib/dom.js";
import { groupsByFinalTopic } from "../../model/counts-by-final-topic.js";
import { plural } from "../../lib/format.js";
import { NO_FILTERS } from "../../store/view-address.js";
import { comparison, groupsOf } from "../../store/sides.js";
import { drawnOnChange } from "../../store/state.js";
import { finalIds } from "../../model/topics.js";
import { emptyNotice } from "../../ui/topic-links.js";
import { groupsFigure } from "./figure.js";

/** Make the screen. @type {CreatePart} */
export function createGroups(actions) {
  const local = { order: "alike", colour: "lift", withHidden: false, all: false };
  const change = (changes) => {
    Object.assign(local, changes);
    if (last) draw(last);
  };
  const parts = createParts(actions, change);
  let last = null;
  const draw = (state) => {
    last = state;
    drawScreen(parts, state, local, actions, change);
  };
  // The chosen topic is marked in the heat map; the filters are part of its links.
  const update = drawnOnChange(({ answers, overview, view }) => [answers.groups, overview, view], draw);
  return { element: parts.element, update };
}

function createParts(actions, change) {
  const subtitle = h("p", { class: "tx-subtitle" });
  const column = createSelect("Column", (value) => actions.go({ column: Number(value) }));
  const order = createChoice(
    "Order of rows and columns",
    [
      { value: "alike", label: "Similar together", title: "Topics and groups with similar patterns are next to each other" },
      { value: "size", label: "Largest first" },
      { value: "name", label: "By name" },
    ],
    (value) => change({ order: value }),
  );
  const colour = createChoice(
    "Colour of the cells",
    [
      { value: "lift", label: "More or less than overall", title: "How the share in the group compares with that in all documents" },
      { value: "share", label: "Share of the group", title: "Share of the group's documents whose main topic this is" },
    ],
    (value) => change({ colour: value }),
  );
  const compare = h("button", { type: "button", class: "tx-button", title: "Compare two groups, or one with all others" }, "Compare groups");
  const toolbar = h("div", { class: "tx-toolbar tx-wrap" }, column.element, order.element, colour.element, compare);
  const notice = h("div");
  const figure = createFigure();
  const title = h("h1", { class: "tx-title" }, "Topics by group");
  const element = h(
    "div",
    { class: "tx-screen" },
    h("div", { class: "tx-head" }, title, subtitle),
    toolbar,
    notice,
    figure.element,
  );
  return { element, subtitle, column, order, colour, compare, notice, figure };
}

function drawScreen(parts, state, local, actions, change) {
  const { answers: { groups }, overview, view } = state;
  const answer = groups?.value && groupsByFinalTopic(groups.value, finalIds(overview));
  const isEmpty = !answer || answer.totals.every((n) => n === 0);
  const columns = overview.groups ?? [];
  parts.column.update(columns.map(({ index, name }) => [String(index), name]), String(view.column));
  parts.order.update(local.order);
  const [first, second] = groupsOf(view.column, columns.find(({ index }) => index === view.column)?.values ?? []);
  parts.compare.hidden = !second;
  parts.compare.onclick = () => actions.go(comparison(view, first, second));
  parts.colour.update(local.colour);
  parts.figure.element.classList.toggle("tx-stale", groups?.state === "loading");
  parts.figure.element.hidden = isEmpty;
  parts.notice.replaceChildren(...(isEmpty ? notices(groups, actions) : []));
  parts.subtitle.replaceChildren(
    isEmpty ? "" : `${plural(answer.n, "document")} by “${answer.name}”: topics over- and under-represented in each group`,
  );
  if (!isEmpty) parts.figure.update(groupsFigure(answer, state, local, actions, change));
}

function notices(groups, actions) {
  if (!groups || groups.state === "loading")
    return [h("p", { class: "tx-loading" }, "Counting documents per group…")];
  if (groups.state === "failed") return [emptyNotice("Groups could not be loaded", h("p", {}, groups.error))];
  const clear = h(
    "button",
    { type: "button", class: "tx-button", onclick: () => actions.go({ ...NO_FILTERS, q: "" }) },
    "Clear filters",
  );
  return [emptyNotice("No documents with a topic match the filters", clear)];
}
