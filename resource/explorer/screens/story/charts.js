/** The small charts of findings: bars of shares, or a topic over time. */

import { numberColumn } from "../../charts/table.js";
import { joinPeriods, trendPoints } from "../../charts/trend-layout.js";
import { count, decimal, percent, plural } from "../../lib/format.js";
import { periodName } from "../../model/periods.js";
import { topicChange } from "../../store/navigation.js";
import { drawBarList } from "../../panels/bar-list.js";
import { drawTrend } from "../../panels/trend-area.js";
import { labelOf } from "../../ui/topic-links.js";
import { KINDS } from "./findings.js";

const MOST_BARS = 6; // more are in the table
const FEW_BARS = 5;
const NARROW = 340; // CSS pixels
const MOST_OF_QUALITY = 24;
const MOST_POINTS = 60;
const LINK_HEIGHT = 24;
const LINE_HEIGHT = 20;
const TREND_HEIGHT = 108;
const FORMATS = { share: percent, number: (value) => decimal(value) };

/**
 * Build the chart of a finding.
 * @param {any} finding with a chart @param {Overview} overview
 * @param {Actions | null} actions null for a chart without links
 * @returns {import("../../charts/figure.js").Chart}
 */
export function findingChart(finding, overview, actions) {
  return finding.chart.type === "trend" ? trendChart(finding, overview) : barChart(finding, overview, actions);
}

function barChart({ id, kind, chart: { unit, bars, reference }, topics }, overview, actions) {
  const format = FORMATS[unit];
  const areTopics = bars.some(({ topic }) => topic !== null);
  const most = (width) => (!areTopics || kind === "quality" ? MOST_OF_QUALITY : width < NARROW ? FEW_BARS : MOST_BARS);
  const shareOfLabels = (width) => (width < NARROW ? 0.5 : areTopics ? 0.44 : 0.34);
  const labelled = (bar) => bar.label ?? labelOf(overview, bar.topic);
  const chart = {
    title: KINDS[kind].title,
    labelHead: HEADS[kind] ?? "Topic",
    keys: [],
    columns: [{ key: "value", name: unit === "share" ? "Share" : "NPMI", width: 44 }],
    leastBars: 50,
    lineHeight: areTopics && actions ? LINK_HEIGHT : LINE_HEIGHT,
    reference,
    rows: bars.map((bar) => barRow(bar, { label: labelled(bar), hue: topics[0] ?? null, format, actions })),
  };
  return {
    title: chart.title,
    file: `story-${id}`,
    draw: (width) => drawBarList({ ...chart, labelShare: shareOfLabels(width), rows: chart.rows.slice(0, most(width)) }, width, actions),
    table: barTable(bars, labelled, format, chart.labelHead),
  };
}

const HEADS = { group: "Group", super_topics: "Super-topic", unexplained: "Proportion of the main topic" };

function barRow({ topic, value, low, high, n, of }, { label, hue, format, actions }) {
  return {
    key: label,
    topic,
    hue: topic ?? hue,
    label: label || "no value",
    title: `${label}: ${format(value)}, ${count(n)} of ${plural(of, "document")}`,
    bars: [{ value, kind: "topic" }],
    interval: { low, high },
    cells: { value: format(value) },
    change: actions && topic !== null ? topicChange(topic) : null,
  };
}

function barTable(bars, labelled, format, head) {
  return {
    columns: [
      { name: head },
      numberColumn("Value", format),
      numberColumn("Lower end", format, "Of the 95% interval"),
      numberColumn("Upper end", format, "Of the 95% interval"),
      numberColumn("Documents", count),
      numberColumn("Of", count),
    ],
    rows: bars.map((bar) => [labelled(bar), bar.value, bar.low, bar.high, bar.n, bar.of]),
  };
}

function trendChart({ id, chart }, overview) {
  const { topic, points: counted, granularity, spans } = chart;
  const all = trendPoints(
    counted.map(({ label }) => ({ label, partial: false })),
    counted.map(({ of }) => of),
    counted.map(({ n }) => n),
  );
  const points = joinPeriods(all, MOST_POINTS);
  const title = `“${labelOf(overview, topic)}” by ${periodName(granularity)}, share of documents`;
  return {
    title,
    file: `story-${id}`,
    draw:
      points.length > 1
        ? (width) =>
            drawTrend(points, {
              width, height: TREND_HEIGHT, title, spans: spans.map((span) => placeOf(span, counted)),
              calendar: points === all ? { periods: counted, granularity } : null,
            })
        : null,
    table: {
      columns: [
        { name: "Period" },
        numberColumn("Share", percent),
        numberColumn("Documents of the topic", count),
        numberColumn("Documents with a topic", count),
      ],
      rows: all.map(({ label, share, nTopic, n }) => [label, share, nTopic, n]),
    },
  };
}

/**
 * Return where a time lies among periods.
 * @param {{from: string, to: string}} span days @param {{start: string}[]} periods
 * @returns {number[]} from and to, as fractions of the whole
 */
export function placeOf({ from, to }, periods) {
  const last = periods.length - 1;
  const place = (day) => Math.max(0, periods.filter(({ start }) => start <= day).length - 1) / Math.max(1, last);
  return [place(from), place(to)];
}
