/** Edits as the page shows them before they are written, on the cases the backend is tested on too. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { currentEdits, withChange } from "../../../../resource/explorer/edits/pending/changes.js";
import { applyPending } from "../../../../resource/explorer/edits/pending/overlay.js";

const CASES = JSON.parse(readFileSync(new URL("../../../cases/edits.json", import.meta.url), "utf-8"));

/** Powers of two as counts: the sum of a topic names its members. */
const served = (labels) => ({
  topics: labels.map((label, id) => ({
    id,
    label,
    trained_label: label,
    belongs_to: id,
    hidden: false,
    note: null,
    n_documents: 2 ** id,
  })),
  counts: { topics: labels.length },
  edits: { version: "none" },
});

const sumOf = (members) => members.reduce((sum, id) => sum + 2 ** id, 0);

for (const { name, labels, edits, expected } of CASES) {
  test(`overlay: ${name}`, () => {
    const overview = served(labels);
    const pending = edits.reduce(
      (found, { topic_id: id, ...changes }) => withChange(found, currentEdits(overview), id, changes),
      {},
    );
    const { topics } = applyPending(overview, pending);
    assert.deepEqual(
      topics.map(({ belongs_to: final }) => final),
      expected.final,
    );
    assert.deepEqual(
      topics.map(({ label }) => label),
      expected.labels,
    );
    assert.deepEqual(
      topics.map(({ n_documents: n }) => n),
      expected.members.map(sumOf),
    );
    // The page looks at the mark of final topics only.
    const finals = topics.filter(({ id, belongs_to: final }) => id === final);
    assert.deepEqual(
      finals.map(({ hidden }) => hidden),
      finals.map(({ id }) => expected.hidden[id]),
    );
  });
}
