/** Findings in words, their order, and what readers have changed of them. */

import { percent, decimal } from "../../lib/format.js";
import { fromHash } from "../../store/view-address.js";

/**
 * @typedef {Object} StoryEdits
 * @property {string[]} order ids of findings
 * @property {string[]} hidden ids of findings
 * @property {{id: string, finding: string, text: string, about: string, author: string, time: string}[]} comments
 *   oldest first
 */

/** @type {Readonly<StoryEdits>} */
export const NO_EDITS = Object.freeze({ order: [], hidden: [], comments: [] });

/** What each kind of finding is called, and its link to the view behind it. @type {Record<string, {title: string, link: string}>} */
export const KINDS = {
  largest: { title: "Largest topics", link: "All topics" },
  super_topics: { title: "Super-topics", link: "Topics by super-topic" },
  rising: { title: "Rising the most", link: "All topics over time" },
  falling: { title: "Falling the most", link: "All topics over time" },
  group: { title: "Typical of a group", link: "Read these documents" },
  documents: { title: "Typical documents", link: "Read more documents" },
  unexplained: { title: "Not well explained", link: "Read these documents" },
  quality: { title: "How good is this model?", link: "Topics by coherence" },
};

/** Quality is always last, behind its question. */
const isFinding = ({ kind }) => kind !== "quality";

/**
 * Put findings in the readers' order: those that readers placed first, then the others as computed.
 * @param {any[]} findings @param {StoryEdits} edits
 * @returns {{shown: any[], hidden: any[], quality: any | null}}
 */
export function arranged(findings, { order, hidden }) {
  const place = ({ id }) => (order.includes(id) ? order.indexOf(id) : order.length);
  const inOrder = findings.filter(isFinding).sort((a, b) => place(a) - place(b));
  return {
    shown: inOrder.filter(({ id }) => !hidden.includes(id)),
    hidden: inOrder.filter(({ id }) => hidden.includes(id)),
    quality: findings.find((finding) => !isFinding(finding)) ?? null,
  };
}

/**
 * Move a finding before or after its neighbour.
 * @param {string[]} ids in their present order @param {string} id @param {number} step 1 or -1
 * @returns {string[]} the new order
 */
export function moved(ids, id, step) {
  const from = ids.indexOf(id);
  const to = from + step;
  if (from < 0 || to < 0 || to >= ids.length) return ids;
  const others = ids.filter((other) => other !== id);
  return [...others.slice(0, to), id, ...others.slice(to)];
}

/**
 * Apply a change as the backend does, where the story is kept in this browser.
 * @param {StoryEdits} edits
 * @param {{order?: string[], finding?: string, hidden?: boolean, comment?: string, about?: string, delete?: string}} change
 * @param {{id: string, time: string}} stamp of a new comment
 * @returns {StoryEdits}
 */
export function changedEdits(edits, change, { id, time }) {
  const { finding, about = "", comment: text } = change;
  if (change.order) return { ...edits, order: change.order };
  if (change.delete) return { ...edits, comments: edits.comments.filter((comment) => comment.id !== change.delete) };
  if (text) return { ...edits, comments: [...edits.comments, { id, finding, text, about, author: "", time }] };
  const others = edits.hidden.filter((other) => other !== finding);
  return { ...edits, hidden: change.hidden ? [...others, finding] : others };
}

/**
 * Read edits that this browser has kept.
 * @param {string | null} text
 * @returns {StoryEdits} none where the text is not what the page has written
 */
export function parseEdits(text) {
  try {
    const { order, hidden, comments } = JSON.parse(text ?? "null") ?? {};
    const areIds = [order, hidden].every((ids) => Array.isArray(ids) && ids.every((id) => typeof id === "string"));
    return areIds && Array.isArray(comments) && comments.every(isComment) ? { order, hidden, comments } : NO_EDITS;
  } catch {
    return NO_EDITS; // not JSON
  }
}

function isComment(comment) {
  return ["id", "finding", "text", "about", "author", "time"].every((name) => typeof comment?.[name] === "string");
}

/**
 * Write the parts of a sentence; topics are left to the caller, who has their labels.
 * @param {any[]} parts of a finding, see the backend's `story`
 * @returns {(string | {topic: number})[]}
 */
export function sentenceParts(parts) {
  return parts.map((part) => (typeof part === "string" || "topic" in part ? part : partInWords(part)));
}

/** @param {any[]} parts @param {(topic: number) => string} labelOf @returns {string} the sentence as plain text */
export function sentenceText(parts, labelOf) {
  return sentenceParts(parts)
    .map((part) => (typeof part === "string" ? part : `“${labelOf(part.topic)}”`))
    .join("");
}

function partInWords(part) {
  if ("super_topic" in part) return `“${part.label}”`;
  if ("share" in part) return percent(part.share);
  if ("points" in part) return `${signed(100 * part.points)} percentage points`;
  if ("ratio" in part) return `${part.ratio.toFixed(1)}×`;
  if ("number" in part) return numberInWords(part.number, part.digits);
  return "group" in part ? part.group || "no value" : part.span.label;
}

const signed = (value) => `${value > 0 ? "+" : ""}${decimal(value, 1)}`;

function numberInWords(number, digits) {
  const written = new Intl.NumberFormat("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return written.format(number).replace("-", "−");
}

/**
 * Write the interval of a finding.
 * @param {any} finding
 * @returns {string | null} null where it has none
 */
export function intervalInWords({ kind, interval }) {
  if (!interval || !Number.isFinite(interval.low) || !Number.isFinite(interval.high)) return null;
  const isDifference = interval.method === "Newcombe";
  const ends = [interval.low, interval.high].map((end) => (isDifference ? signed(100 * end) : percent(end)));
  const of = isDifference ? "difference" : kind === "largest" ? "share of the first topic" : kind === "super_topics" ? "share of the first super-topic" : "share";
  // With Bonferroni the level may be close to 1, but never is.
  const level = interval.level > 0.9999 ? ">99.99%" : `${Number((100 * interval.level).toFixed(2))}%`;
  return `${level} interval (${interval.method}) of the ${of}: ${ends.join(" to ")}${isDifference ? " percentage points" : ""}`;
}

/**
 * Return the view behind a finding.
 * @param {Record<string, any>} view parameters of an address
 * @returns {View} whole, so that nothing of the present view is left
 */
export function viewOfFinding(view) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(view)) {
    for (const one of Array.isArray(value) ? value : [value]) parameters.append(name, String(one));
  }
  return fromHash(`#${parameters}`);
}
