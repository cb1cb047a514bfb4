/** What each number means: its formula, what it was measured on, how many. Shown where the number stands. */

import { count, plural } from "../lib/format.js";

/**
 * @typedef {Object} Explanation
 * @property {string} name of the number
 * @property {string} means in a sentence or two
 * @property {string | null} formula
 * @property {string | null} source paper
 * @property {string | null} reference what it was measured on, and how many
 */

const entry = (name, means, { formula = null, source = null, reference = null } = {}) => ({
  name,
  means,
  formula,
  source,
  reference,
});

/**
 * Explain the numbers about the whole.
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
      "Documents whose text is empty, or holds no term the model knows. They get no topic rather than a made-up one.",
    ),
    median: entry(
      `Median ${name}`,
      `Half of the documents give their main topic at least this ${name}. ${engine.probability_explanation}`,
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
      "Topics of the training keep their numbers for ever. A merged topic counts under its target; a hidden one " +
        "is counted as before and folded away.",
    ),
    vocabulary: entry(
      "Vocabulary",
      "The different terms the model was trained with, after stop words and rare words were left out.",
      {
        reference: model.n_words ? `${count(model.n_words)} words of ${training}` : null,
      },
    ),
    npmi: entry(
      "Coherence (NPMI), mean of topics",
      "Do the ten top terms of a topic stand together in texts? From −1 (never) over 0 (as often as by chance) " +
        "to 1 (only together). It agrees with people's judgement only moderately: read the topics, too.",
      {
        formula: "mean over pairs of ln[p(a,b) ∕ (p(a) p(b))] ∕ −ln p(a,b); p: share of windows of 10 words",
        source: "Bouma 2009; Röder, Both and Hinneburg 2015",
        reference: reference(quality, training),
      },
    ),
    diversity: entry(
      "Diversity",
      "The part of the topics' top terms that are different: 1 where no two topics share one. It falls as topics " +
        "get more.",
      {
        formula: "different terms among the ten top terms of all topics ∕ (10 × topics)",
        source: "Dieng, Ruiz and Blei 2020",
        reference: plural(counts.topics, "topic"),
      },
    ),
    seed: entry(
      "Seed",
      "Where the training's random draws began. The same rows, settings and seed give the same topics; another " +
        "seed gives others.",
    ),
  };
}

/**
 * Explain the numbers about one topic.
 * @param {Overview} overview
 * @returns {Record<string, Explanation>}
 */
export function explainTopic(overview) {
  return { ...ofSize(overview), ...ofQuality(overview) };
}

function ofSize(overview) {
  return {
    documents: entry("Documents", "Documents whose main topic is this one: the topic of their largest share.", {
      reference: `${plural(overview.counts.documents, "document")} in all`,
    }),
    share: entry("Share of documents", "The part of the documents with a topic whose main topic is this one.", {
      formula: "documents of the topic ∕ documents with a topic",
      reference: `${plural(overview.counts.assigned, "document")} with a topic`,
    }),
    tokenShare: entry(
      "Share of words",
      "The part of all words that the model gives to this topic, also in documents whose main topic is another.",
      {
        reference: trainingTexts(overview),
      },
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
      "Do the ten top terms keep the same company? From about 0 to 1. The authors of one implementation advise " +
        "against it: read it beside NPMI.",
      {
        formula: "mean cosine of each term's vector of NPMI with the sum of all ten; windows of 110 words",
        source: "Röder, Both and Hinneburg 2015",
        reference: reference(quality, training),
      },
    ),
    exclusivity: entry(
      "Exclusivity",
      "How much the ten top terms belong to this topic alone: 1 where no other topic uses them.",
      {
        formula: "mean over the ten top terms of p(term | topic) ∕ Σ over topics of p(term | topic)",
        reference: plural(overview.counts.topics, "topic"),
      },
    ),
    effective: entry(
      "Effective documents",
      "Over how many documents the topic's words are spread: few mean that single documents make the topic.",
      {
        formula: "exp of the entropy of p(document | topic)",
        reference: training,
      },
    ),
    review: entry(
      "Readers' answers",
      "In the quiz of the screen Review: how often readers found the word that does not belong among five top " +
        "terms of the topic.",
      {
        source: "Chang et al. 2009, word intrusion",
      },
    ),
  };
}

/** Explain the figures of a term. @type {Record<string, Explanation>} */
export const TERM_EXPLANATIONS = Object.freeze({
  relevance: entry(
    "Relevance",
    "Common terms say what the topic is full of, distinctive ones what only it is full of. λ = 0.6 is the value " +
      "readers did best with in one study; its authors expect other texts to want others.",
    {
      formula: "λ · ln p(term | topic) + (1 − λ) · ln lift",
      source: "Sievert and Shirley 2014 (LDAvis)",
    },
  ),
  probability: entry("Share", "The part of the topic's words that are this term: p(term | topic)."),
  lift: entry("Lift", "How many times likelier the term is in the topic than in all documents.", {
    formula: "p(term | topic) ∕ p(term)",
  }),
  frex: entry("FREX", "High for terms that are both frequent in the topic and exclusive to it; 0 to 1.", {
    formula: "harmonic mean of the term's ranks by p(term | topic) and by p(term | topic) ∕ Σ over topics",
    source: "Bischof and Airoldi 2012",
  }),
  count: entry("Occurrences", "Occurrences of the term that belong to this topic."),
  documentCount: entry("Documents", "Documents of the whole corpus that hold the term, of whatever topic."),
  saliency: entry(
    "Saliency",
    "How much a term tells of a document's topic, weighed by how often it occurs. Salient terms tell the topics apart.",
    {
      formula: "p(term) · Σ over topics of p(topic | term) ln[p(topic | term) ∕ p(topic)]",
      source: "Chuang, Manning and Heer 2012 (Termite)",
    },
  ),
});

function trainingTexts({ model }) {
  return model.n_documents ? `the ${plural(model.n_documents, "text")} of the training` : "the texts of the training";
}

function reference(quality, training) {
  return quality?.coherence_reference ? `${quality.coherence_reference}; ${training}` : training;
}
