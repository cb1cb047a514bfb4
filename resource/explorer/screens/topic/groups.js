/** The groups of documents in which a topic is over-represented. */

import { numberColumn } from "../../charts/table.js";
import { createFigure } from "../../charts/figure.js";
import { h } from "../../lib/dom.js";
import { count, decimal, factor, percent, plural } from "../../lib/format.js";
import { explained } from "../../ui/popover.js";
import { drawBarList } from "../../panels/bar-list.js";

const EXPLANATION = {
  name: "Group lift",
  means:
    "How many times more frequent the topic is in the group than in all documents with a topic: ×2 is twice as " +
    "frequent. Bars have a logarithmic scale, so ×2 and ×½ are equally long.",
  formula: "log₂[share of the topic in the group ∕ share of the topic in all documents]",
  source: null,
  reference: "groups of at least 20 documents with a topic",
};

/**
 * Make the panel.
 * @param {Actions} actions
 * @returns {{element: HTMLElement, update: (state: Object, state2: Object) => void}}
 */
export function createTopicGroups(actions) {
  const figures = [];
  const element = h("div", { class: "tx-group-rankings" });
  const update = (topic, overview) => {
    const known = (topic.groups ?? []).filter(({ log2_lift: lift }) => Number.isFinite(lift));
    // Values of different columns overlap, so each column has a ranking of its own.
    const columns = [...new Set(known.map(({ column }) => column))];
    element.hidden = !known.length;
    while (figures.length < columns.length) {
      figures.push(createFigure());
      element.append(figures.at(-1).element);
    }
    for (const [i, figure] of figures.entries()) {
      const groups = known.filter(({ column }) => column === columns[i]);
      figure.element.hidden = !groups.length;
      if (groups.length) figure.update(chartOf(topic, groups, overview, actions));
    }
  };
  return { element, update };
}

function chartOf({ id }, groups, overview, actions) {
  const name = columnOf(groups[0], overview)?.name ?? groups[0].column;
  const chart = {
    title: `Groups by ${name} in which topic ${id} is frequent`,
    labelHead: "Group",
    keys: [{ kind: null, text: "Compared with all documents" }],
    columns: [
      { key: "lift", name: "Lift", width: 42 },
      { key: "n", name: "Group size", width: 86 },
      { key: "share", name: "Share", width: 46 },
    ],
    stacks: true,
    labelShare: 0.36,
    rows: groups.map((group) => groupRow(group, id, overview)),
  };
  return {
    title: `Groups by ${name}`,
    file: `groups-of-topic-${id}-by-${name}`,
    note: [
      "Groups in which the topic is most over-represented, by ",
      explained(EXPLANATION, "lift"),
      ". Click a group to read its documents.",
    ],
    draw: (width) => drawBarList(chart, width, actions),
    table: tableOf(groups, overview),
  };
}

function tableOf(groups, overview) {
  return {
    columns: [
      { name: "Column" },
      { name: "Value" },
      numberColumn("Lift", factor),
      numberColumn("log₂ lift", (value) => decimal(value)),
      numberColumn("Documents in the group", count),
      numberColumn("Share of the topic in the group", percent),
    ],
    rows: groups.map((group) => [
      columnOf(group, overview)?.name ?? group.column,
      nameOf(group),
      2 ** group.log2_lift,
      group.log2_lift,
      group.n,
      group.share,
    ]),
  };
}

function groupRow(group, id, overview) {
  const { value, n, share, log2_lift: lift } = group;
  const column = columnOf(group, overview);
  const name = column?.name ?? group.column;
  return {
    key: `${name}: ${value}`,
    label: nameOf(group),
    title:
      `${name}: ${nameOf(group)} – ${factor(2 ** lift)} the share in all documents; ${percent(share)} of ` +
      `its ${plural(n, "document")}`,
    bars: [{ value: lift, kind: lift < 0 ? "against" : "plain" }],
    cells: { lift: factor(2 ** lift), n: count(n), share: percent(share) },
    change: column
      ? {
          screen: "documents",
          topic: id,
          groups: [{ column: column.index, value }],
          page: 1,
          sort: null,
          pane: "explore",
        }
      : null,
  };
}

function nameOf({ value }) {
  return value === "" ? "(no value)" : String(value);
}

/** Groups refer to their column by name or by number. */
function columnOf({ column }, { groups }) {
  return (groups ?? []).find(({ index, name }) => name === column || index === column) ?? null;
}
