/** Write what is pending, and settle what others wrote to the same topics meanwhile. */

import { NOT_WRITING } from "./state.js";
import { plural } from "../lib/format.js";
import { historyFrom, present, withStep } from "./pending/history.js";
import { changesToWrite, leftAfter } from "./pending/writing.js";
import { editsInForce, withoutChange } from "./pending/changes.js";

/**
 * Make the actions.
 * @param {Store} store
 * @param {Api} api
 * @param {{reopen: Reopen, lost: (error: Error) => void, keepEdits: () => void, tell: Tell}} means `reopen` fetches the overview and the answers anew, `lost` is told
 *   when that fails, `keepEdits` keeps what is pending through a reload
 * @returns {{write: () => Promise<void>, settle: (choices: Record<string, "mine" | "theirs">) => Promise<void>}}
 */
export function createWriting(store, api, { reopen, lost, keepEdits, tell }) {
  const write = async () => {
    const { writing, served, edits, history, seen } = store.get();
    const changes = changesToWrite(present(history), editsInForce(served, edits?.value ?? null));
    if (writing.state === "writing" || !changes.length) return;
    store.update({ writing: { ...NOT_WRITING, state: "writing" } });
    await api.post("edits", { seen, changes }).then((answer) => written(answer, changes), refused);
  };
  const written = async (answer, changes) => {
    // Asked when the new overview has come: who goes on editing until then keeps those edits.
    const after = () => ({
      history: historyFrom(leftAfter(present(store.get().history), changes)),
      seen: answer.version,
      writing: NOT_WRITING,
    });
    // The new overview and the end of the pending edits come together: no old name shows in between.
    await reopen(after).catch((error) => {
      store.update(after());
      lost(error);
    });
    keepEdits();
    tell(writtenSentence(answer), { isWarning: !isWhole(answer), lasts: true });
  };
  const refused = async (error) => {
    const writing = refusal(error);
    store.update({ writing });
    // What others wrote is shown beside one's own.
    if (writing.state === "conflict") await reopen().catch(lost);
  };
  const settle = (choices) => {
    const { history, writing } = store.get();
    const kept = withStep(history, "Keep what others wrote", settledBy(present(history), choices));
    store.update({ history: kept, seen: writing.version, writing: NOT_WRITING });
    keepEdits();
    return write();
  };
  return { write, settle };
}

function isWhole({ dataset_error: fault, warnings }) {
  return !fault && !warnings?.length;
}

/** @param {any} error @returns {Writing} what the page shows of an answer that refused the changes */
function refusal(error) {
  const conflicts = error.answer?.conflicts ?? [];
  const state = error.kind === "conflict" && conflicts.length ? "conflict" : "failed";
  return { state, error: error.message, conflicts, version: error.answer?.version ?? null };
}

/**
 * Drop one's own changes of the topics where the others' are chosen, and merges into such a topic.
 * @param {Pending} pending
 * @param {Record<string, "mine" | "theirs">} choices by topic id
 * @returns {Pending}
 */
export function settledBy(pending, choices) {
  const theirs = Object.keys(choices)
    .filter((id) => choices[id] === "theirs")
    .map(Number);
  let left = pending;
  for (const id of theirs) {
    left = withoutChange(left, id);
    const merged = Object.keys(left).filter((from) => left[from].merged_into === id);
    for (const from of merged) left = withoutChange(left, Number(from), "merged_into");
  }
  return left;
}

/**
 * Say what was written and where.
 * @param {{written: number, dataset: {name: string, rows: number} | null, dataset_error?: string | null, warnings?: string[]}} answer
 * @returns {string}
 */
export function writtenSentence({ written, dataset, dataset_error: fault, warnings }) {
  const table = dataset ? ` and to the dataset ${dataset.name} (${plural(dataset.rows, "row")})` : "";
  const done = `Written to the model folder${table}: changes of ${plural(written, "topic")}.`;
  return [done, fault, ...(warnings ?? []), "Run Assign topics to apply them to documents."].filter(Boolean).join(" ");
}
