/** The report as elements: cover, findings, a block for each topic, methods. Nothing in it needs a mouse or a script. */

import { joinPeriods, trendPoints } from "../../../charts/trend-layout.js";
import { timeWords } from "../../../edits/pending/words.js";
import { h } from "../../../lib/dom.js";
import { count, finePercent, percent } from "../../../lib/format.js";
import { hueOf } from "../../../lib/palette.js";
import { timeByFinalTopic } from "../../../model/counts-by-final-topic.js";
import { assignedOf } from "../../../model/periods.js";
import { hasLevels } from "../../../model/super-topics.js";
import { finalIds } from "../../../model/topics.js";
import { topicWarnings } from "../../../model/topic-warnings.js";
import { drawBarList } from "../../../panels/bar-list.js";
import { drawTrend } from "../../../panels/trend-area.js";
import { labelOf } from "../../../ui/topic-links.js";
import { findingChart } from "../charts.js";
import { arranged, KINDS, sentenceParts } from "../findings.js";
import { coverLines, factsOfTopic, groupsOfTopic, methods, topicsOfReport } from "./content.js";

const CHART_WIDTH = 320; // CSS pixels: two charts beside each other fill the width of a page
const LINE_HEIGHT = 18;
const MOST_POINTS = 60;

/**
 * Build the report.
 * @param {import("./content.js").Report} report
 * @returns {HTMLElement} not in the page
 */
export function buildReport(report) {
  const topics = topicsOfReport(report);
  const time = report.answer.time && timeByFinalTopic(report.answer.time, finalIds(report.served));
  const element = h(
    "article",
    { class: "tx-report" },
    cover(report),
    findingsOf(report),
    listOf(topics, hasLevels(report.overview)),
    ...topics.map((entry) => topicBlock(entry, time, report.overview)),
    methodsOf(report),
  );
  leaveOutHints(element);
  return element;
}

function cover(report) {
  const lines = coverLines(report).flatMap(([name, text]) => [h("dt", {}, name), h("dd", { dir: "auto" }, text)]);
  return h("header", { class: "tx-report-cover" }, h("h1", { dir: "auto" }, report.title), h("dl", { class: "tx-report-facts" }, ...lines));
}

function findingsOf({ answer, overview, edits }) {
  const { shown } = arranged(answer.story.findings, edits);
  if (!shown.length) return null;
  return h(
    "section",
    { class: "tx-report-findings" },
    h("h2", {}, "What is in these texts"),
    ...shown.map((finding) => findingBlock(finding, overview, edits.comments.filter((comment) => comment.finding === finding.id))),
  );
}

function findingBlock(finding, overview, comments) {
  const sentence = sentenceParts(finding.parts).map((part) =>
    typeof part === "string" ? part : h("a", { href: `#topic-${part.topic}`, dir: "auto" }, labelOf(overview, part.topic)),
  );
  const chart = finding.chart && findingChart(finding, overview, null).draw?.(CHART_WIDTH);
  return h(
    "section",
    { class: "tx-report-block", "data-hue": hueOf(finding.topics[0] ?? null) },
    h("h3", {}, KINDS[finding.kind].title),
    h("p", { class: "tx-report-sentence" }, ...sentence),
    columns(chart, finding.quotes.map((quote) => quoteBlock(quote, finding.topics.length > 1 ? labelOf(overview, quote.topic) : null))),
    ...comments.map(({ text, author, time }) =>
      h("p", { class: "tx-report-comment", dir: "auto" }, text, h("small", {}, ` ${[author, timeWords(time)].filter(Boolean).join(", ")}`)),
    ),
  );
}

/** Put a chart beside what belongs to it. */
function columns(chart, others) {
  return h("div", { class: "tx-report-columns" }, chart, others.length > 0 && h("div", {}, ...others));
}

function quoteBlock({ excerpt, key, date, groups }, topic = null) {
  const source = [topic, key, date, ...groups].filter(Boolean).join(" · ");
  return h("blockquote", {}, h("p", { dir: "auto" }, excerpt), h("footer", { dir: "auto" }, source));
}

function listOf(topics, areGrouped) {
  const rows = topics.map(({ topic, part, share }) =>
    h(
      "tr",
      {},
      h("td", { class: "tx-number" }, String(topic.id)),
      h("th", { scope: "row" }, h("a", { href: `#topic-${topic.id}`, dir: "auto" }, topic.label)),
      areGrouped && h("td", { dir: "auto" }, topic.parent_label ?? ""),
      h("td", { class: "tx-number" }, count(part.n)),
      h("td", { class: "tx-number" }, percent(share)),
    ),
  );
  const names = [["Topic", true], ["Name", false], areGrouped && ["Super-topic", false], ["Documents", true], ["Share", true]].filter(Boolean);
  const head = names.map(([name, isNumber]) => h("th", { scope: "col", class: isNumber && "tx-number" }, name));
  return h(
    "section",
    { class: "tx-report-list" },
    h("h2", {}, "All topics"),
    h("table", { class: "tx-report-table" }, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows)),
  );
}

function topicBlock(entry, time, overview) {
  const { topic, part } = entry;
  const { id, label, note } = topic;
  return h(
    "section",
    { class: "tx-report-topic", id: `topic-${id}`, "data-hue": hueOf(id) },
    h("h2", {}, h("span", { class: "tx-badge-swatch", "aria-hidden": "true" }), h("span", { dir: "auto" }, ` ${label}`), h("small", {}, ` Topic ${id}`)),
    h("p", { class: "tx-report-detail" }, factsOfTopic(entry)),
    note && h("p", { class: "tx-report-comment", dir: "auto" }, note),
    ...topicWarnings(topic).map((warning) => h("p", { class: "tx-report-comment" }, warning)),
    columns(termsChart(part.terms, id), [trendChart(time, id), groupsList(part, overview)].filter(Boolean)),
    summaryOf(part.summary),
    part.quotes.length > 0 && h("h3", {}, "Quotes"),
    ...part.quotes.map((quote) => quoteBlock(quote)),
  );
}

function termsChart(terms, id) {
  if (!terms.length) return null;
  const rows = terms.map(({ term, probability }) => ({
    key: term, label: term, hue: id, title: `${term}: ${finePercent(probability)}`, bars: [{ value: probability, kind: "topic" }], cells: { value: finePercent(probability) },
  }));
  const chart = { title: `Terms of topic ${id}`, labelHead: "Term", keys: [], labelShare: 0.36, lineHeight: LINE_HEIGHT, rows };
  return drawBarList({ ...chart, columns: [{ key: "value", name: "Share", width: 48 }] }, CHART_WIDTH, {});
}

function trendChart(time, id) {
  const counts = time?.topics[id];
  if (!counts || time.periods.length < 2) return null;
  const all = trendPoints(time.periods, assignedOf(time), counts);
  const points = joinPeriods(all, MOST_POINTS);
  const figure = drawTrend(points, { width: CHART_WIDTH, height: 108, calendar: points === all ? time : null, title: `Topic ${id} over time, share of documents` });
  return h("div", {}, h("h3", {}, "Over time"), figure);
}

function groupsList(part, overview) {
  const groups = groupsOfTopic(part, overview);
  if (!groups.length) return null;
  const rows = groups.map(({ name, lift, size }) =>
    h("tr", {}, h("th", { scope: "row", dir: "auto" }, name), h("td", { class: "tx-number" }, lift), h("td", { class: "tx-number" }, size)),
  );
  return h("div", {}, h("h3", {}, "More frequent in"), h("table", { class: "tx-report-table tx-report-groups" }, h("tbody", {}, ...rows)));
}

function summaryOf(summary) {
  if (!summary?.text) return null;
  return h(
    "div",
    {},
    h("h3", {}, "Summary"),
    h("p", { class: "tx-report-summary", dir: "auto" }, summary.text),
    summary.keyphrases.length > 0 && h("p", { class: "tx-report-detail", dir: "auto" }, `Keyphrases: ${summary.keyphrases.join(", ")}`),
  );
}

function methodsOf(report) {
  const section = ({ title, entries }) => [
    h("h3", {}, title),
    h("dl", { class: "tx-report-facts" }, ...entries.flatMap(([name, text]) => [h("dt", {}, name), h("dd", { dir: "auto" }, text)])),
  ];
  return h("section", { class: "tx-report-methods" }, h("h2", {}, "Methods"), ...methods(report).flatMap(section));
}

/** Paper has no mouse: tooltips, and parts that only serve pointing, are left out. */
function leaveOutHints(element) {
  for (const hint of element.querySelectorAll("svg title, .tx-hit, .tx-row-ground")) hint.remove();
  for (const titled of element.querySelectorAll("[title]")) titled.removeAttribute("title");
}
