/** Explanations of the numbers: meaning, formula, source, and what they were measured on. */

import { count, plural } from "../lib/format.js";

/**
 * @typedef {Object} Explanation
 * @property {string} name of the number
 * @property {string} means in a sentence or two
 * @property {string | null} [formula]
 * @property {string | null} [source] paper
 * @property {string | null} [reference] what it was measured on, and how many
 */

const entry = (name, means, { formula = null, source = null, reference = null } = {}) => ({
  name,
  means,
  formula,
  source,
  reference,
});

/**
 * Explain the numbers of the whole model.
 * @param {Overview} overview
 * @returns {Record<string, Explanation>}
 */
export function explainOverview(overview) {
  return { ...ofDocuments(overview), ...ofModel(overview) };
}

function ofDocuments({ counts, engine }) {
  const name = engine.probability_name;
  return {
    without: entry(
      "Without a topic",
      "Documents whose text is empty or has no term of the model's vocabulary. They are not assigned to a topic.",
    ),
    median: entry(
      `Median ${name}`,
      `In half of the documents, the main topic has at least this ${name}. ${engine.probability_explanation}`,
      {
        formula: "median over documents of max over topics of p(topic | document)",
        reference: `${plural(counts.assigned, "document")} with a topic`,
      },
    ),
  };
}

function ofModel(overview) {
  const { counts, model, quality } = overview;
  const training = trainingTexts(overview);
  return {
    topics: entry(
      "Topics",
      "Trained topics keep their numbers. A merged topic counts under its target; a hidden one " +
        "still counts but is not listed.",
    ),
    vocabulary: entry(
      "Vocabulary",
      "The distinct terms the model was trained on, without stop words and rare words.",
      { reference: model.n_words ? `${count(model.n_words)} words of ${training}` : null },
    ),
    npmi: entry(
      "Coherence (NPMI), mean of topics",
      "Do the ten top terms of a topic occur together in texts? From −1 (never) to 0 (as often as by chance) " +
        "to 1 (only together). It agrees only moderately with human judgement: read the topics, too.",
      {
        formula: "mean over pairs of ln[p(a,b) ∕ (p(a) p(b))] ∕ −ln p(a,b); p: share of windows of 10 words",
        source: "Bouma 2009; Röder, Both and Hinneburg 2015",
        reference: reference(quality, training),
      },
    ),
    diversity: entry(
      "Diversity",
      "The share of distinct terms among all top terms: 1 if no two topics share one. It falls with the number " +
        "of topics.",
      {
        formula: "different terms among the ten top terms of all topics ∕ (10 × topics)",
        source: "Dieng, Ruiz and Blei 2020",
        reference: plural(counts.topics, "topic"),
      },
    ),
    seed: entry(
      "Seed",
      "Start of the random number generator. The same rows, settings and seed give the same topics; another " +
        "seed gives different ones.",
    ),
  };
}

/** Explain the numbers of one topic. @param {Overview} overview @returns {Record<string, Explanation>} */
export function explainTopic(overview) {
  return { ...ofSize(overview), ...ofQuality(overview) };
}

function ofSize(overview) {
  return {
    documents: entry("Documents", "Documents whose main topic, the one with their largest proportion, is this topic.", {
      reference: `${plural(overview.counts.documents, "document")} in all`,
    }),
    share: entry("Share of documents", "Of the documents with a topic, the share whose main topic is this one.", {
      formula: "documents of the topic ∕ documents with a topic",
      reference: `${plural(overview.counts.assigned, "document")} with a topic`,
    }),
    tokenShare: entry(
      "Share of words",
      "The share of all words that the model assigns to this topic, also in documents with another main topic.",
      { reference: trainingTexts(overview) },
    ),
  };
}

function ofQuality(overview) {
  const { quality } = overview;
  const training = trainingTexts(overview);
  return {
    npmi: { ...explainOverview(overview).npmi, name: "Coherence (NPMI)" },
    cv: entry(
      "Coherence (C_v)",
      "Do the ten top terms occur in similar contexts? From about 0 to 1. The authors of one implementation advise " +
        "against it: compare it with NPMI.",
      {
        formula: "mean cosine of each term's vector of NPMI with the sum of all ten; windows of 110 words",
        source: "Röder, Both and Hinneburg 2015",
        reference: reference(quality, training),
      },
    ),
    exclusivity: entry(
      "Exclusivity",
      "How exclusive the ten top terms are to this topic: 1 if no other topic uses them.",
      {
        formula: "mean over the ten top terms of p(term | topic) ∕ Σ over topics of p(term | topic)",
        reference: plural(overview.counts.topics, "topic"),
      },
    ),
    effective: entry(
      "Effective documents",
      "The number of documents the topic's words are spread over: if low, a few documents make up the topic.",
      { formula: "exp of the entropy of p(document | topic)", reference: training },
    ),
    review: entry(
      "Readers' answers",
      "In the quiz on the Review screen: how often people found the word that does not belong among five top " +
        "terms of the topic.",
      { source: "Chang et al. 2009, word intrusion" },
    ),
  };
}

/** Explain the figures of a term. @type {Record<string, Explanation>} */
export const TERM_EXPLANATIONS = Object.freeze({
  relevance: entry(
    "Relevance",
    "Common terms are frequent in the topic, distinctive ones are frequent only there. λ = 0.6 worked best " +
      "for readers in one study; its authors expect other values for other texts.",
    { formula: "λ · ln p(term | topic) + (1 − λ) · ln lift", source: "Sievert and Shirley 2014 (LDAvis)" },
  ),
  probability: entry("Share", "The share of the topic's words that are this term: p(term | topic)."),
  lift: entry("Lift", "How many times more likely the term is in the topic than in all documents.", {
    formula: "p(term | topic) ∕ p(term)",
  }),
  frex: entry("FREX", "High for terms that are both frequent in the topic and exclusive to it; 0 to 1.", {
    formula: "harmonic mean of the term's ranks by p(term | topic) and by p(term | topic) ∕ Σ over topics",
    source: "Bischof and Airoldi 2012",
  }),
  count: entry("Occurrences", "Occurrences of the term that belong to this topic."),
  documentCount: entry("Documents", "Documents of the whole corpus that contain the term, in any topic."),
  saliency: entry(
    "Saliency",
    "How informative a term is about a document's topic, weighted by its frequency. Salient terms tell topics apart.",
    {
      formula: "p(term) · Σ over topics of p(topic | term) ln[p(topic | term) ∕ p(topic)]",
      source: "Chuang, Manning and Heer 2012 (Termite)",
    },
  ),
});

function trainingTexts({ model }) {
  return model.n_documents ? `the ${plural(model.n_documents, "training text")}` : "the training texts";
}

function reference(quality, training) {
  return quality?.coherence_reference ? `${quality.coherence_reference}; ${training}` : training;
}
