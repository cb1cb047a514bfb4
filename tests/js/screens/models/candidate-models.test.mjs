import assert from "node:assert/strict";
import { test } from "node:test";
import { alternativesOf, candidatesOf, engineName, failuresOf, notesOf } from "../../../../resource/explorer/screens/models/candidate-models.js";

const fit = (engine, nTopics, seed, npmi, status = "ok") => ({
  engine,
  n_topics: nTopics,
  seed,
  coherence_npmi: npmi,
  status,
  notes: null,
});
const ROWS = [
  fit("lda_gibbs", 24, 0, 0.2),
  fit("lda_gibbs", 24, 1, 0.4),
  fit("lda_gibbs", 12, 0, 0.1),
  fit("gsdmm", 12, 0, null),
  fit("lda_gibbs", 99, 0, null, "LDA cannot have more topics than texts."),
  fit("lda_gibbs", 99, 1, null, "LDA cannot have more topics than texts."),
];

test("seeds of one engine and number are one candidate with their mean", () => {
  const found = candidatesOf(ROWS).map(({ engine, nTopics, fits, means }) => [
    engine,
    nTopics,
    fits.length,
    means.coherence_npmi,
  ]);
  assert.deepEqual(
    found.map(([engine, n, seeds]) => [engine, n, seeds]),
    [
      ["gsdmm", 12, 1],
      ["lda_gibbs", 12, 1],
      ["lda_gibbs", 24, 2],
    ],
  );
  assert.equal(found[0][3], null);
  assert.ok(Math.abs(found[2][3] - 0.3) < 1e-12);
});

test("models that could not be trained are told once a reason", () => {
  assert.deepEqual(failuresOf(ROWS), [
    { engine: "lda_gibbs", nTopics: 99, seeds: [0, 1], reason: "LDA cannot have more topics than texts." },
  ]);
});

test("nothing compared gives no candidates", () => {
  assert.deepEqual([candidatesOf([]), failuresOf([]), notesOf([])], [[], [], []]);
});

test("notes are told once", () => {
  assert.deepEqual(notesOf([{ notes: "No perplexity." }, { notes: "No perplexity." }, { notes: "" }, {}]), [
    "No perplexity.",
  ]);
});

test("alternatives are read whether they are JSON, a list or broken", () => {
  assert.deepEqual(alternativesOf({ alternatives: '[{"n_topics": 5}]' }), [{ n_topics: 5 }]);
  assert.deepEqual(alternativesOf({ alternatives: [{ n_topics: 6 }] }), [{ n_topics: 6 }]);
  for (const broken of [null, {}, { alternatives: "{" }, { alternatives: "7" }])
    assert.deepEqual(alternativesOf(broken), []);
});

test("engines are named as the backend names them, unknown ones by their ids", () => {
  const engines = { gsdmm: { name: "Mixture", is_limit: true } };
  assert.deepEqual([engineName("gsdmm", engines), engineName("other", engines)], ["Mixture", "other"]);
});
