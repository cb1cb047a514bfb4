import assert from "node:assert/strict";
import { test } from "node:test";
import { TERM_EXPLANATIONS, explainOverview, explainTopic } from "../../../resource/explorer/model/explanations.js";

const overview = {
  counts: { documents: 1200, assigned: 1100, topics: 20 },
  datasets: { document_topics: "reviews" },
  engine: { probability_name: "share", probability_explanation: "A share, not a confidence." },
  model: { n_documents: 1000, n_words: 50_000 },
  quality: { coherence_reference: "the training texts" },
};

test("an explanation has what the number was measured on", () => {
  const explain = explainOverview(overview);
  assert.equal(explain.npmi.reference, "the training texts; the 1,000 training texts");
  assert.equal(explain.median.reference, "1,100 documents with a topic");
  assert.equal(explain.vocabulary.reference, "50,000 words of the 1,000 training texts");
  assert.equal(explainTopic(overview).share.reference, "1,100 documents with a topic");
});

test("the probability has the engine's name, and is never called a confidence", () => {
  const { median } = explainOverview(overview);
  assert.equal(median.name, "Median share");
  assert.match(median.means, /A share, not a confidence\.$/);
});

test("without a model folder the explanations have fewer references", () => {
  const bare = { ...overview, model: {}, quality: undefined };
  assert.equal(explainOverview(bare).npmi.reference, "the training texts");
  assert.equal(explainOverview(bare).vocabulary.reference, null);
});

test("every published measure has its paper and formula", () => {
  const { npmi, diversity } = explainOverview(overview);
  const { cv } = explainTopic(overview);
  const { relevance, frex, saliency } = TERM_EXPLANATIONS;
  for (const { name, source, formula } of [npmi, diversity, cv, relevance, frex, saliency]) {
    assert.match(source ?? "", /\d{4}/, name);
    assert.ok(formula, name);
  }
});
