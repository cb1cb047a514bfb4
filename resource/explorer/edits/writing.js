/** Write the pending edits, and resolve conflicts with edits of others. */

import { NOT_WRITING } from "./state.js";
import { plural } from "../lib/format.js";
import { historyFrom, present, withStep } from "./pending/history.js";
import { asSent, changesToWrite, leftAfter } from "./pending/writing.js";
import { topicOf } from "../model/topics.js";
import { currentEdits, withoutChange } from "./pending/changes.js";

/**
 * Create the actions.
 * @param {Store} store @param {Api} api
 * @param {{reopen: Reopen, lost: (error: Error) => void, storeEdits: () => void, notify: Notify}} means `lost` is
 *   called when `reopen` fails, `storeEdits` stores the pending edits
 * @returns {{write: () => Promise<void>, settle: (choices: Record<string, "mine" | "theirs">) => Promise<void>}}
 */
export function createWriting(store, api, { reopen, lost, storeEdits, notify }) {
  const write = async () => {
    const { served, answers, edits } = store.get();
    const { history, seen, writing } = edits;
    const changes = changesToWrite(present(history), currentEdits(served, answers.edits?.value));
    if (writing.state === "writing" || !changes.length) return;
    store.update({ edits: { writing: { ...NOT_WRITING, state: "writing" } } });
    await api.post("edits", { seen, changes: asSent(changes) }).then((answer) => written(answer, changes), refused);
  };
  const written = async (answer, changes) => {
    // Called when the new overview has arrived, so that edits made until then are kept.
    const after = () => ({
      history: historyFrom(leftAfter(present(store.get().edits.history), changes)),
      seen: answer.version,
      writing: NOT_WRITING,
    });
    // New overview and pending edits are replaced at once: no old name shows in between.
    await reopen(after).catch((error) => {
      store.update({ edits: after() });
      lost(error);
    });
    storeEdits();
    notify(writtenSentence(answer), { isWarning: !isWhole(answer), lasts: true });
  };
  const refused = async (error) => {
    const writing = refusal(error);
    store.update({ edits: { writing } });
    // Edits of others are shown beside the user's own.
    if (writing.state === "conflict") await reopen().catch(lost);
  };
  const settle = (choices) => {
    const { served, edits } = store.get();
    const { history, writing } = edits;
    const kept = withStep(history, "Keep the edits of others", settledBy(present(history), choices, writing.conflicts, served));
    store.update({ edits: { history: kept, seen: writing.version, writing: NOT_WRITING } });
    storeEdits();
    return write();
  };
  return { write, settle };
}

function isWhole({ dataset_error: fault, warnings }) {
  return !fault && !warnings?.length;
}

/** @param {any} error @returns {Writing} state after a refused write */
function refusal(error) {
  const conflicts = error.answer?.conflicts ?? [];
  const state = error.kind === "conflict" && conflicts.length ? "conflict" : "failed";
  return { state, error: error.message, conflicts, version: error.answer?.version ?? null };
}

/**
 * Drop the user's changes of topics where "theirs" is chosen, merges into such a topic, moves of the documents that
 * others moved there, and the undoing of a split that it is a part of.
 * @param {Pending} pending
 * @param {Record<string, "mine" | "theirs">} choices by topic id
 * @param {Edit[]} [conflicts] edits of others
 * @param {Overview | null} [served]
 * @returns {Pending}
 */
export function settledBy(pending, choices, conflicts = [], served = null) {
  const theirs = Object.keys(choices)
    .filter((id) => choices[id] === "theirs")
    .map(Number);
  let left = pending;
  for (const id of theirs) {
    left = withoutChange(left, id);
    const merged = Object.keys(left).filter((from) => left[from].merged_into === id);
    for (const from of merged) left = withoutChange(left, Number(from), "merged_into");
    const whole = topicOf(served, id)?.split_from ?? null;
    if (whole !== null) left = withoutChange(left, whole, "split");
  }
  const moved = conflicts
    .filter(({ topic_id: id }) => theirs.includes(id))
    .flatMap(({ changes }) => (changes.documents ?? []).map(({ digest }) => digest));
  return withoutMoves(left, new Set(moved));
}

/** Drop the moves of some documents, by the digests of their texts. */
function withoutMoves(pending, digests) {
  const isLeft = ({ digest }) => !digests.has(digest);
  const withLess = ([id, parts]) => [
    id,
    parts.documents ? { ...parts, documents: parts.documents.filter(isLeft) } : parts,
  ];
  return digests.size ? Object.fromEntries(Object.entries(pending).map(withLess)) : pending;
}

/**
 * Describe what was written and where.
 * @param {{written: number, dataset: {name: string, rows: number} | null, dataset_error?: string | null,
 *   warnings?: string[]}} answer
 * @returns {string}
 */
export function writtenSentence({ written, dataset, dataset_error: fault, warnings }) {
  const table = dataset ? ` and in the dataset ${dataset.name} (${plural(dataset.rows, "row")})` : "";
  const done = `Saved in the model folder${table}: edits of ${plural(written, "topic")}.`;
  return [done, fault, ...(warnings ?? []), "Run 'Assign topics' to apply them to documents."].filter(Boolean).join(" ");
}
