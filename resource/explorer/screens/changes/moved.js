/** The documents that have another topic than in the other run. */

import { numberColumn } from "../../charts/table.js";
import { count, percent, plural } from "../../lib/format.js";
import { drawBarList } from "../../panels/bar-list.js";
import { topicChange } from "../../store/navigation.js";
import { explained } from "../../ui/popover.js";
import { labelOf } from "../../ui/topic-links.js";

const MOST_ROWS = 15;

/**
 * Build the figure.
 * @param {any} answer of the backend, with `moved` @param {Overview} overview @param {Actions} actions
 * @returns {import("../../charts/figure.js").Chart}
 */
export function movedFigure({ moved, topics, other_name: other, rules }, overview, actions) {
  const labels = new Map(topics.map((topic) => [topic.other, topic.other_label]));
  const here = (id) => (id === null ? "no topic" : labelOf(overview, id));
  const there = (id) => (id === null ? "no topic" : `${id}: ${labels.get(id) ?? ""}`);
  const cells = moved.cells.filter((cell) => cell.moved);
  const chart = {
    title: "Documents that moved",
    labelHead: "Topic now, and before",
    keys: [],
    columns: [{ key: "n", name: "Documents", width: 70 }],
    stacks: true,
    labelShare: 0.5,
    rows: cells.slice(0, MOST_ROWS).map(({ topic, other: from, n }) => ({
      key: `${topic} ${from}`,
      topic,
      label: here(topic),
      detail: `was ${there(from)}`,
      title: `${plural(n, "document")} moved from ${there(from)} to ${topic === null ? "" : `${topic}: `}${here(topic)}`,
      bars: [{ value: n, kind: "topic" }],
      cells: { n: count(n) },
      change: topic === null ? null : topicChange(topic),
    })),
  };
  const { low, high } = moved.interval;
  const lost = moved.n_lost ? ` ${plural(moved.n_lost, "document")} of this model ${moved.n_lost === 1 ? "is" : "are"} not in the other.` : "";
  return {
    title: chart.title,
    note: [
      `${count(moved.n_moved)} of ${plural(moved.n, "document")} in both models (${percent(moved.share)}, 95% interval ${percent(low)} to ${percent(high)}) ` +
        `have a topic that is not the match of their topic in ${other}.${lost} `,
      explained({ name: "Documents that moved", means: rules.moved }, "How is this computed?"),
    ],
    draw: cells.length ? (width) => drawBarList(chart, width, actions) : null,
    table: {
      columns: [
        numberColumn("Topic", (id) => (id === null ? "–" : String(id))),
        { name: "Label" },
        numberColumn("Other topic", (id) => (id === null ? "–" : String(id))),
        { name: "Label of the other topic" },
        numberColumn("Documents", count),
        { name: "Moved" },
      ],
      rows: moved.cells.map((cell) => [cell.topic, here(cell.topic), cell.other, labels.get(cell.other) ?? null, cell.n, cell.moved ? "yes" : "no"]),
    },
    file: "documents that moved",
  };
}
