/**
 * Edits of topics that are not written yet: at most one change of each part of each topic, by the topic's trained
 * id. A part that returns to its current value is not a change.
 */

import { NAME_LENGTH, NOTE_LENGTH } from "../../lib/limits.js";

/**
 * @typedef {Object} Parts parts of a topic that an edit may change; absent parts stay, null reverts an earlier edit
 * @property {string | null} [label]
 * @property {number | null} [merged_into]
 * @property {boolean | null} [hidden]
 * @property {string | null} [note]
 * @property {any} [split] sub-topics it is split into
 * @property {import("../move/moving.js").MovedDocument[] | null} [documents] all that are moved to it by hand
 * @property {number | null} [parent] super-topic
 * @property {string | null} [parent_label] name of the super-topic the topic was trained in
 *
 * @typedef {Record<string, Parts>} Pending changes by topic id
 */

export const PARTS = Object.freeze([
  "label",
  "merged_into",
  "hidden",
  "note",
  "split",
  "documents",
  "parent",
  "parent_label",
]);

/** @type {Pending} */
export const NOTHING_PENDING = Object.freeze({});

/** Parts that only the backend's answer about edits has; the overview shows what follows from them. */
const LISTED_PARTS = ["split", "documents", "parent_label"];

/**
 * Return whether the written edits that a change starts from have arrived: without them, those made before would be lost.
 * @param {State} state @param {Parts} changes
 * @returns {boolean}
 */
export function canStart({ served, answers }, changes) {
  return isReadFor(served, answers.edits?.value) || !LISTED_PARTS.some((part) => part in changes);
}

function isReadFor(served, edits) {
  return (edits?.version ?? null) === (served?.edits?.version ?? null);
}

/**
 * Return the current edits of every topic, as written by all users.
 * @param {Overview} served overview from the backend
 * @param {EditsAnswer | null} [edits] the backend's answer, which has the single steps of a chain of merges
 * @returns {Map<number, Parts>} with all parts of each topic; those only the answer has are undefined before it is there
 */
export function currentEdits(served, edits) {
  if (!isReadFor(served, edits)) {
    const unknown = Object.fromEntries(LISTED_PARTS.map((part) => [part, undefined]));
    return new Map(served.topics.map((topic) => [topic.id, { ...partsOf(topic), ...unknown }]));
  }
  const written = new Map((edits?.in_force ?? []).map((edit) => [edit.topic_id, edit]));
  return new Map(served.topics.map((topic) => [topic.id, partsOf(topic, written.get(topic.id))]));
}

function partsOf(topic, written) {
  const final = topic.belongs_to ?? topic.id;
  return {
    label: topic.label === (topic.trained_label ?? topic.label) ? null : topic.label,
    merged_into: final === topic.id ? null : (written?.merged_into ?? final),
    hidden: topic.hidden === true,
    note: topic.note || null,
    split: written?.split ?? null,
    documents: written?.documents ?? null,
    parent: (topic.parent ?? null) === (topic.trained_parent ?? null) ? null : topic.parent,
    parent_label: written?.parent_label ?? null,
  };
}

/**
 * Change parts of a topic.
 * @param {Pending} pending @param {Map<number, Parts>} current @param {number} id
 * @param {Parts} changes
 * @returns {Pending} a new object
 */
export function withChange(pending, current, id, changes) {
  return settled({ ...pending, [id]: { ...pending[id], ...changes } }, current);
}

/**
 * Drop the change of a part of a topic, or of all its parts.
 * @param {Pending} pending @param {number} id @param {string | null} part
 * @returns {Pending} a new object
 */
export function withoutChange(pending, id, part = null) {
  const { [id]: changes, ...others } = pending;
  const left = Object.entries(changes ?? {}).filter(([name]) => part !== null && name !== part);
  return left.length ? { ...others, [id]: Object.fromEntries(left) } : others;
}

/**
 * Remove changes that are already current, and topics the model does not have.
 * @param {Pending} pending @param {Map<number, Parts>} current
 * @returns {Pending}
 */
export function settled(pending, current) {
  const isReal = (present, part, value) => present && (present[part] === undefined || !same(part, value, present[part]));
  /** @type {Pending} */
  const changed = {};
  for (const [id, changes] of Object.entries(pending)) {
    const present = current.get(Number(id));
    const real = PARTS.filter((part) => part in changes && isReal(present, part, changes[part]));
    if (real.length) changed[id] = Object.fromEntries(real.map((part) => [part, changes[part]]));
  }
  return changed;
}

/** Return whether two values of a part are the same. */
export function same(part, a, b) {
  if (part === "hidden") return Boolean(a) === Boolean(b);
  if (part === "documents") return JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

/** The order in which documents were moved is no difference. */
function inOrder(documents) {
  return (documents ?? []).map(({ key, digest }) => [digest, key].join(" ")).sort();
}

/**
 * List the single changes, in the order of the topics.
 * @param {Pending} pending
 * @returns {{id: number, part: string, value: any}[]}
 */
export function changeList(pending) {
  return Object.keys(pending)
    .map(Number)
    .sort((a, b) => a - b)
    .flatMap((id) =>
      PARTS.filter((part) => part in pending[id]).map((part) => ({ id, part, value: pending[id][part] })),
    );
}

/**
 * Return what is wrong with a name.
 * @param {string} name
 * @returns {string | null} a sentence, null for a valid name
 */
export function faultOfName(name) {
  if (!name.trim()) return "A name needs at least one character.";
  // Control characters, line and paragraph separators, which the backend refuses too.
  if (/[\p{Cc}\u2028\u2029]/u.test(name)) return "A name is one line without tabs.";
  const length = [...name.trim()].length;
  return length > NAME_LENGTH ? `A name has at most ${NAME_LENGTH} characters; this one has ${length}.` : null;
}

/** Return what is wrong with a note. @param {string} note @returns {string | null} */
export function faultOfNote(note) {
  const length = [...note].length;
  const limit = NOTE_LENGTH.toLocaleString("en");
  return length > NOTE_LENGTH
    ? `A note has at most ${limit} characters; this one has ${length.toLocaleString("en")}.`
    : null;
}
