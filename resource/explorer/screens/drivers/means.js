/** The mean of each topic, by its difference from the mean of all documents. */

import { foldButtons } from "../../charts/figure.js";
import { numberColumn } from "../../charts/table.js";
import { count, plural, tickInWords } from "../../lib/format.js";
import { drawBarList } from "../../panels/bar-list.js";
import { pendingNote } from "../../panels/comparison/difference.js";
import { explained } from "../../ui/popover.js";
import { inUnits, rowLink, rowName, withSign } from "./rows.js";
import { shownValues } from "./waterfall-layout.js";

const FEW = 20; // documents; the backend lets no topic with fewer differ
const MOST_ROWS = 40;

/**
 * Build the figure.
 * @param {any} answer of the backend @param {{all: boolean, change: (changes: Object) => void}} options
 * @param {Overview} overview @param {Actions} actions
 * @returns {import("../../charts/figure.js").Chart}
 */
export function meansFigure(answer, { all, change }, overview, actions) {
  const { name, topics, rules } = answer;
  const [mean, difference] = [inUnits(answer), withSign(topics.map((row) => row.difference))];
  const drawn = all ? topics : topics.slice(0, MOST_ROWS);
  const title = `Mean of ${name} by topic`;
  const chart = {
    title,
    labelHead: "Topic",
    keys: [
      { kind: "left", text: "below the mean" },
      { kind: "right", text: "above" },
      { kind: "left-open", text: "may be chance" },
    ],
    columns: [
      { key: "difference", name: "Difference", width: 66 },
      { key: "mean", name: "Mean", width: 52 },
      { key: "n", name: "Documents", width: 70 },
    ],
    stacks: true,
    tick: (value) => (value > 0 ? `+${tickInWords(value)}` : tickInWords(value)),
    domain: shownValues(topics, FEW),
    rows: drawn.map((row, i) => meanRow(row, i, { overview, mean, difference })),
  };
  return {
    title,
    note: [
      `Difference from the mean of all documents, ${mean(answer.mean)}; thin lines are 95% intervals. `,
      explained({ name: "Mean", means: rules.mean }, "What is averaged?"),
      " ",
      explained({ name: "Difference", means: rules.difference }, "How is the difference computed?"),
      pendingNote(topics, overview),
      ...foldButtons(0, false, topics.length - drawn.length, change),
    ].filter(Boolean),
    draw: (width) => drawBarList(chart, width, actions),
    table: {
      columns: [
        numberColumn("Topic", (id) => (id === null ? "–" : String(id))),
        { name: "Label" },
        numberColumn("Documents", count),
        numberColumn("Mean", mean),
        numberColumn("Mean low", mean, "Start of the 95% interval of the mean"),
        numberColumn("Mean high", mean, "End of that interval"),
        numberColumn("Difference", difference, "From the mean of all documents"),
        numberColumn("Difference low", difference, "Start of the 95% interval of the difference"),
        numberColumn("Difference high", difference, "End of that interval"),
        { name: "Differs", title: "The interval of the difference does not include 0, and there are enough documents" },
      ],
      rows: topics.map((row) => [
        row.topic, rowName(row, overview), row.n, row.mean, row.low, row.high, row.difference, row.difference_low, row.difference_high,
        row.differs ? "yes" : "no",
      ]),
    },
    file: `${name} by topic`,
  };
}

function meanRow(row, i, { overview, mean, difference }) {
  const label = rowName(row, overview);
  const interval = Number.isFinite(row.difference_low)
    ? `, 95% interval ${difference(row.difference_low)} to ${difference(row.difference_high)}`
    : "";
  return {
    key: `${row.topic ?? row.kind} ${i}`,
    topic: row.topic,
    label,
    title:
      `${row.topic === null ? "" : `Topic ${row.topic}: `}${label} – mean ${mean(row.mean)} of ${plural(row.n, "document")}, ` +
      `${difference(row.difference)} from the overall mean${interval}${row.differs ? "" : "; may be chance"}`,
    bars: [{ value: row.difference, kind: `${row.difference > 0 ? "right" : "left"}${row.differs ? "" : "-open"}` }],
    interval: { low: row.difference_low, high: row.difference_high },
    cells: { difference: difference(row.difference), mean: mean(row.mean), n: count(row.n) },
    change: rowLink(row),
  };
}
