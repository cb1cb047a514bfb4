/** What moved the mean between two periods: steps by topic, and their parts by share and by mean. */

import { numberColumn } from "../../charts/table.js";
import { count, plural, tickInWords } from "../../lib/format.js";
import { drawBarList } from "../../panels/bar-list.js";
import { explained } from "../../ui/popover.js";
import { inUnits, rowLink, rowName, withSign } from "./rows.js";
import { waterfall } from "./waterfall-layout.js";

const MOST_STEPS = 14;

/**
 * Build the figure.
 * @param {any} answer of the backend, with a change @param {Overview} overview @param {Actions} actions
 * @returns {import("../../charts/figure.js").Chart}
 */
export function changeFigure(answer, overview, actions) {
  const { name, topics, change, rules } = answer;
  const { then, now } = change;
  const mean = inUnits(answer);
  const signed = withSign([change.difference, ...topics.map(({ contribution }) => contribution)]);
  const parts = topics.filter(({ contribution }) => Number.isFinite(contribution));
  const steps = waterfall(parts, then.mean, MOST_STEPS);
  const title = `What changed the mean of ${name}`;
  const chart = {
    title,
    labelHead: "Topic",
    keys: [{ kind: "left", text: "lowers the mean" }, { kind: "right", text: "raises it" }],
    columns: [
      { key: "contribution", name: "Contribution", width: 82 },
      { key: "mix", name: "Mix", width: 52 },
      { key: "level", name: "Level", width: 52 },
    ],
    stacks: true,
    floats: true,
    tick: tickInWords,
    rows: [endRow("before", then, mean), ...steps.map((step) => stepRow(step, { overview, signed, now })), endRow("since", now, mean)],
  };
  return {
    title,
    note: [
      `${changeInWords(change, mean, signed)} Each bar begins where the one before ends. `,
      explained({ name: "Contribution, mix and level", means: rules.change }, "How is this computed?"),
    ],
    draw: (width) => drawBarList(chart, width, actions),
    table: changeTable(parts, { overview, mean, signed }),
    file: `change of ${name} by topic`,
  };
}

function changeInWords({ then, now, difference, low, high, mix, level }, mean, signed) {
  const interval = Number.isFinite(low) ? `, 95% interval ${signed(low)} to ${signed(high)}` : "";
  return (
    `From ${mean(then.mean)} in ${then.label} (${plural(then.n, "document")}) to ${mean(now.mean)} in ${now.label} ` +
    `(${plural(now.n, "document")}): ${signed(difference)}${interval}. Of this, ${signed(mix)} is mix (topics became more ` +
    `or less frequent) and ${signed(level)} is level (their means changed).`
  );
}

function endRow(when, { label, mean: value, n }, mean) {
  return {
    key: when,
    label: `Mean ${label}`,
    title: `Mean ${when}, ${label}: ${mean(value)} of ${plural(n, "document")}`,
    bars: [{ value, from: value, kind: "plain" }],
    cells: { contribution: mean(value), mix: "", level: "" },
    change: null,
  };
}

function stepRow({ part, n, contribution, from, to }, { overview, signed, now }) {
  const label = part === null ? plural(n, "other topic") : rowName(part, overview);
  const parts = part === null ? "" : `: ${signed(part.mix)} by mix, ${signed(part.level)} by level`;
  return {
    key: part === null ? "others" : `${part.topic ?? part.kind}`,
    topic: part?.topic ?? null,
    label,
    title: `${label}: ${signed(contribution)} to the change of the mean${parts}`,
    bars: [{ value: to, from, kind: contribution < 0 ? "left" : "right" }],
    cells: { contribution: signed(contribution), mix: part === null ? "" : signed(part.mix), level: part === null ? "" : signed(part.level) },
    change: part === null ? null : rowLink(part, { from: now.from, to: now.to }),
  };
}

function changeTable(parts, { overview, mean, signed }) {
  const ordered = [...parts].sort((one, other) => Math.abs(other.contribution) - Math.abs(one.contribution));
  return {
    columns: [
      numberColumn("Topic", (id) => (id === null ? "–" : String(id))),
      { name: "Label" },
      numberColumn("Documents before", count),
      numberColumn("Documents since", count),
      numberColumn("Mean before", mean),
      numberColumn("Mean since", mean),
      numberColumn("Mix", signed, "By the share of the topic"),
      numberColumn("Level", signed, "By the mean of the topic"),
      numberColumn("Contribution", signed, "Mix + level"),
    ],
    rows: ordered.map((row) => [
      row.topic, rowName(row, overview), row.n_then, row.n_now, row.mean_then, row.mean_now, row.mix, row.level, row.contribution,
    ]),
  };
}
