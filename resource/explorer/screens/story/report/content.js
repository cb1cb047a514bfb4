/** What a report says, as plain values: cover, methods and the facts of each topic. */

import { count, decimal, factor, percent, plural } from "../../../lib/format.js";
import { explainOverview, explainTopic, TERM_EXPLANATIONS } from "../../../model/explanations.js";
import { shownTopics, topicOf } from "../../../model/topics.js";
import { originOf } from "../../../panels/figure-tiles.js";
import { activeFilters } from "../../../store/filters.js";
import { intervalInWords, KINDS } from "../findings.js";

const MOST_GROUPS = 5;

/**
 * @typedef {Object} Report
 * @property {string} title
 * @property {string} author
 * @property {Date} date
 * @property {any} answer the backend's `report`
 * @property {Overview} overview
 * @property {Overview} served the overview without edits that are not saved, as the answer was computed
 * @property {View} view whose filters the answer has
 * @property {import("../findings.js").StoryEdits} edits
 * @property {boolean} hasUnsaved edits of topics, which the answer does not count
 */

/** Name a report. @param {Overview} overview @returns {string} */
export function usualTitle({ datasets }) {
  return `Topics in ${datasets.document_topics}`;
}

/**
 * Return the lines of the cover, each with its name.
 * @param {Report} report
 * @returns {string[][]}
 */
export function coverLines({ author, date, answer, overview, view, hasUnsaved }) {
  const { n, of, n_assigned: nAssigned } = answer.story;
  const day = (time) => new Intl.DateTimeFormat("en-GB", { dateStyle: "long" }).format(time);
  return [
    author && ["Author", author],
    ["Date", day(date)],
    ["Data", `${originOf(overview)}${overview.read_at ? `, read on ${day(new Date(overview.read_at))}` : ""}`],
    ["Documents", `${n === of ? plural(of, "document") : `${count(n)} of ${plural(of, "document")}`}, ${count(nAssigned)} with a topic`],
    ["Filters", filtersInWords(view, overview)],
    ["Topics", plural(shownTopics(overview).length, "topic")],
    hasUnsaved && ["Note", "Names include edits that are not saved yet; merges that are not saved are not counted."],
  ].filter(Boolean);
}

/** @param {View} view @param {Overview} overview @returns {string} */
export function filtersInWords(view, overview) {
  // On the story the topic is no filter.
  const filters = activeFilters({ ...view, screen: "story", topic: null }, overview);
  return filters.map(({ name, value }) => `${name}: ${value}`).join("; ") || "none, all documents";
}

/**
 * Return the topics of a report: not those hidden by edits that are not saved yet.
 * @param {Report} report
 * @returns {{topic: Topic, part: any, share: number | null}[]}
 */
export function topicsOfReport({ answer, overview }) {
  const assigned = answer.story.n_assigned;
  return answer.topics
    .map((part) => ({ part, topic: topicOf(overview, part.topic), share: assigned ? part.n / assigned : null }))
    .filter(({ topic }) => topic && !topic.hidden);
}

/**
 * Describe a topic in a line.
 * @param {{topic: Topic, part: any, share: number | null}} entry
 * @returns {string}
 */
export function factsOfTopic({ topic, part, share }) {
  const { coherence_npmi: npmi } = topic;
  return [plural(part.n, "document"), `${percent(share)} of those with a topic`, Number.isFinite(npmi) && `coherence (NPMI) ${decimal(npmi)}`]
    .filter(Boolean)
    .join(" · ");
}

/**
 * Return the groups in which a topic is over-represented.
 * @param {any} part of the answer @param {Overview} overview
 * @returns {{name: string, lift: string, size: string}[]}
 */
export function groupsOfTopic({ groups }, overview) {
  return (groups ?? [])
    .filter(({ log2_lift: lift }) => Number.isFinite(lift) && lift > 0)
    .slice(0, MOST_GROUPS)
    .map(({ column, value, n, log2_lift: lift }) => {
      const name = overview.groups.find(({ index, name: own }) => own === column || index === column)?.name ?? column;
      return { name: `${name}: ${value === "" ? "no value" : value}`, lift: factor(2 ** lift), size: `of ${count(n)}` };
    });
}

/**
 * Return what was done to get the numbers, in sections of names and texts.
 * @param {Report} report
 * @returns {{title: string, entries: string[][]}[]}
 */
export function methods({ answer, overview }) {
  const { findings, unsaid } = answer.story;
  const found = findings.map((finding) => [KINDS[finding.kind].title, ruleInWords(finding)]);
  return [
    { title: "Data and model", entries: ofModel(overview) },
    { title: "Quality of the model", entries: ofQuality(overview) },
    { title: "What the numbers mean", entries: ofNumbers(overview) },
    { title: "How the findings were found", entries: found },
    { title: "What cannot be said", entries: unsaid.map(({ kind, sentence }) => [KINDS[kind]?.title ?? kind, sentence]) },
  ].filter(({ entries }) => entries.length);
}

function ruleInWords(finding) {
  const interval = intervalInWords(finding);
  const n = plural(finding.n, finding.kind === "quality" ? "topic" : "document");
  return `${finding.rule}${interval ? ` ${interval}.` : ""} n = ${n}.`;
}

function ofModel(overview) {
  const { model, engine, groups, date_column: date, id_column: id, edits } = overview;
  return [
    ["Data", originOf(overview)],
    id && ["Id column", id],
    date && ["Date column", date],
    groups?.length && ["Group columns", groups.map(({ name }) => name).join(", ")],
    engine.label && ["Model", [engine.label, model.engine_reason].filter(Boolean).join(". ")],
    Number.isFinite(model.n_terms) && ["Vocabulary", `${count(model.n_terms)} terms`],
    Number.isFinite(model.n_documents) && ["Training texts", count(model.n_documents)],
    Number.isFinite(model.seed) && ["Seed", String(model.seed)],
    edits?.n > 0 && ["Edits of topics", `${count(edits.n)}, the last one by ${edits.last?.author ?? "unknown"}`],
  ].filter(Boolean);
}

function ofQuality(overview) {
  const { quality = {} } = overview;
  const explain = explainOverview(overview);
  const entry = (value, show, explanation) => Number.isFinite(value) && [explanation.name, `${show(value)}. ${inFull(explanation)}`];
  return [
    entry(quality.coherence_npmi, decimal, explain.npmi),
    entry(quality.diversity, decimal, explain.diversity),
    entry(quality.median_probability, percent, explain.median),
  ].filter(Boolean);
}

function ofNumbers(overview) {
  const { engine } = overview;
  const explain = explainTopic(overview);
  return [
    [explain.share.name, inFull(explain.share)],
    [`Topic ${engine.probability_name} of a document`, engine.probability_explanation],
    ["Terms", `The most relevant terms of a topic. ${inFull(TERM_EXPLANATIONS.relevance)} Bars show p(term | topic).`],
    ["More frequent in", "×2 means that the topic is twice as frequent in the group as in all documents; the number is that of the group's documents with a topic, at least 20."],
    ["Over time", "Share of the documents with a topic in each period, those that match the filters."],
  ];
}

/** @param {import("../../../model/explanations.js").Explanation} explanation */
function inFull({ means, formula, source, reference }) {
  return [means, formula && `Formula: ${formula}.`, source && `Source: ${source}.`, reference && `Measured on ${reference}.`].filter(Boolean).join(" ");
}
