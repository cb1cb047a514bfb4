/** The table of the heat map, one row per topic and group. */

import { count, percent } from "../../lib/format.js";

const COLUMNS = [
  { name: "Topic", isNumber: true },
  { name: "Label" },
  { name: "Group" },
  { name: "Documents", isNumber: true, show: count },
  {
    name: "Expected",
    isNumber: true,
    title: "Documents of the group × share of the topic overall",
    show: (value) => value.toFixed(1),
  },
  { name: "Share in the group", isNumber: true, show: percent },
  { name: "Share overall", isNumber: true, show: percent },
  {
    name: "log2 lift",
    isNumber: true,
    title: "log2((documents + ½) / (expected + ½))",
    show: (value) => value.toFixed(2),
  },
];

/**
 * Build the table.
 * @param {{topics: any[], groups: any[], cells: any[][]}} shown in the heat map
 * @returns {{columns: import("../../charts/table.js").Column[], rows: any[][]}}
 */
export function groupsTable({ topics, groups, cells }) {
  const row = (topic, group, { n, expected, share, overall, log2 }) => [
    topic.id,
    topic.label,
    group.kind === "value" ? group.value : group.kind,
    n,
    rounded(expected),
    share,
    overall,
    rounded(log2),
  ];
  return {
    columns: COLUMNS,
    rows: topics.flatMap((topic, r) => groups.map((group, c) => row(topic, group, cells[r][c]))),
  };
}

function rounded(value) {
  return Math.round(value * 10_000) / 10_000;
}
