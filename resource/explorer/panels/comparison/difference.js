/** The chart of topics by the difference of their shares on two sides, with intervals. */

import { foldButtons } from "../../charts/figure.js";
import { numberColumn } from "../../charts/table.js";
import { h } from "../../lib/dom.js";
import { count, decimal, percent, plural, tickInWords } from "../../lib/format.js";
import { finalIds } from "../../model/topics.js";
import { drawBarList } from "../bar-list.js";
import { explained } from "../../ui/popover.js";
import { labelOf } from "../../ui/topic-links.js";

const MOST_ROWS = 40; // the others are drawn on demand

/**
 * @typedef {Object} Side
 * @property {string} name in words
 * @property {string} brief heading of its column
 * @property {"a" | "b"} key in the backend's answer
 * @property {string} more legend of its bars
 * @property {string} [letter] shown before the name
 * @property {boolean} [isNow] words without occurrences on the other side are new
 */

/**
 * @typedef {Object} DifferenceRow
 * @property {number | null} topic of this model
 * @property {string} [label] by default that of the topic
 * @property {string} [change] in a word
 * @property {{n: number, share: number | null}} left
 * @property {{n: number, share: number | null}} right
 * @property {number | null} difference right minus left
 * @property {number | null} low end of its interval
 * @property {number | null} high
 * @property {boolean} differs
 * @property {Partial<View> | null} to where a click leads
 */

/**
 * Build the figure.
 * @param {{rows: DifferenceRow[], left: Side, right: Side, title: string, note: any[], rule: string, file: string,
 *   all: boolean, change: (changes: Object) => void, extra?: {columns: any[], cells: (row: any) => any[]}}} options
 *   `extra` columns of the table
 * @param {Overview} overview @param {Actions} actions
 * @returns {import("../../charts/figure.js").Chart}
 */
export function differenceFigure({ rows, left, right, title, note, rule, file, all, change, extra }, overview, actions) {
  const named = rows.map((row) => ({ ...row, label: row.label ?? labelOf(overview, row.topic) }));
  const drawn = all ? named : named.slice(0, MOST_ROWS);
  const chart = {
    title,
    labelHead: "Topic",
    keys: [
      { kind: "left", text: left.more },
      { kind: "right", text: right.more },
      ...(drawn.every(({ differs }) => differs) ? [] : [{ kind: "left-open", text: "may be chance" }]),
    ],
    columns: columnsOf(left, right, rows),
    stacks: true,
    tick: (value) => tickInWords(Math.abs(100 * value)),
    rows: drawn.map((row, i) => barRow(row, i, left, right)),
  };
  const how = explained({ name: "Difference", means: rule }, "How is this computed?");
  return {
    title,
    note: [...note, " ", how, pendingNote(rows, overview), ...foldButtons(0, false, named.length - drawn.length, change)].filter(Boolean),
    draw: (width) => drawBarList(chart, width, actions),
    table: tableOf(named, left, right, extra),
    file,
  };
}

/**
 * Draw a note where pending edits merge topics that the backend has counted apart.
 * @param {{topic: number | null}[]} rows @param {Overview} overview
 * @returns {HTMLElement | null}
 */
export function pendingNote(rows, overview) {
  const isMerged = rows.some(({ topic }) => topic !== null && finalIds(overview)(topic) !== topic);
  return isMerged ? h("span", { class: "tx-remark" }, "Merges that are not saved yet are not counted here.") : null;
}

/**
 * Write how many topics differ, and how many do by chance.
 * @param {{differs: boolean}[]} rows @param {number} byChance
 * @returns {string}
 */
export function differInWords(rows, byChance) {
  const n = rows.filter(({ differs }) => differs).length;
  const chance = `about ${byChance < 1 ? decimal(byChance, 1) : Math.round(byChance)} would by chance alone`;
  return `${count(n)} of ${plural(rows.length, "topic")} ${n === 1 ? "differs" : "differ"}; ${chance}.`;
}

/** @param {number | null} difference of shares @returns {string} in percentage points, with its sign */
export function points(difference) {
  if (!Number.isFinite(difference)) return "–";
  const text = decimal(100 * difference, 1);
  return difference > 0 && text !== "0.0" ? `+${text}` : text;
}


function columnsOf(left, right, rows) {
  const changes = rows.some(({ change }) => change);
  return [
    { key: "difference", name: "Points", width: 62 },
    changes && { key: "change", name: "Change", width: 58 },
    { key: "left", name: left.brief, width: 56 },
    { key: "right", name: right.brief, width: 56 },
  ].filter(Boolean);
}

function barRow(row, i, left, right) {
  const { topic, label, difference, low, high, differs, to, change } = row;
  const side = difference > 0 ? right : left;
  return {
    key: `${topic ?? "other"} ${i}`,
    topic,
    label,
    title: rowInWords(row, left, right),
    bars: [{ value: difference, kind: `${difference > 0 ? "right" : "left"}${differs ? "" : "-open"}` }],
    interval: { low, high },
    cells: {
      difference: side.letter && difference ? `${side.letter} ${points(Math.abs(difference))}` : points(difference),
      change: change ?? "",
      left: percent(row.left.share),
      right: percent(row.right.share),
    },
    change: to,
  };
}

function rowInWords({ topic, label, left: there, right: here, difference, low, high, differs, change }, left, right) {
  const name = topic === null ? label : `Topic ${topic}: ${label}`;
  const shares = [[left, there], [right, here]].map(([{ name: side }, { n, share }]) => `${side} ${percent(share)} (${plural(n, "document")})`);
  if (!Number.isFinite(difference)) return `${name} – ${shares.join(", ")}`;
  const interval = Number.isFinite(low) ? `, 95% interval ${points(low)} to ${points(high)}` : "";
  const doubt = differs ? "" : "; may be chance";
  return `${name} – ${shares.join(", ")}: ${points(difference)} percentage points${interval}${doubt}${change && change !== "–" ? `; ${change}` : ""}`;
}

function tableOf(rows, left, right, extra) {
  const difference = `Difference (${right.brief} − ${left.brief})`;
  return {
    columns: [
      numberColumn("Topic", (id) => (id === null ? "–" : String(id))),
      { name: "Label" },
      ...[left, right].flatMap(({ brief: side, name }) => [
        numberColumn(`Share: ${side}`, percent, `Of the documents with a topic: ${name}`),
        numberColumn(`Documents: ${side}`, count),
      ]),
      numberColumn(difference, points, "Percentage points on the page; saved as a fraction"),
      numberColumn("Low", points, "Start of the 95% interval of the difference"),
      numberColumn("High", points, "End of that interval"),
      { name: "Differs", title: "The interval does not include 0" },
      ...(extra?.columns ?? []),
    ],
    rows: rows.map((row) => [
      row.topic, row.label, row.left.share, row.left.n, row.right.share, row.right.n,
      row.difference, row.low, row.high, row.differs ? "yes" : "no", ...(extra?.cells(row) ?? []),
    ]),
  };
}

/** Draw the coloured name of a side. @param {Side} side @param {"left" | "right"} place @returns {HTMLElement} */
export function sideName({ name, letter }, place) {
  const mark = h("span", { class: `tx-side-mark tx-side-${place}`, "aria-hidden": "true" }, letter ?? "");
  return h("span", { class: "tx-side-name tx-line-up" }, mark, h("span", { class: "tx-anywhere", dir: "auto" }, name));
}
