"""Names, types and descriptions of the columns 'Compare numbers of topics' writes."""

from __future__ import annotations

from text_explorer.columns import Column

ENGINE = "engine"
N_TOPICS = "n_topics"
SEED = "seed"
N_TOPICS_ALIVE = "n_topics_alive"
COHERENCE_NPMI = "coherence_npmi"
COHERENCE_CV = "coherence_cv"
DIVERSITY = "diversity"
PERPLEXITY = "perplexity"
STABILITY = "stability"
N_ITERATIONS = "n_iterations"
SECONDS = "seconds"
STATUS = "status"
NOTES = "notes"

STATUS_OK = "ok"

SUGGESTED_N_TOPICS = "suggested_n_topics"
CONFIDENCE = "confidence"
REASON = "reason"
CAVEATS = "caveats"
ALTERNATIVES = "alternatives"
N_FITS = "n_fits"

HIGH, MEDIUM, LOW = "high", "medium", "low"


COMPARISON = [
    Column(ENGINE, "string", "Method: 'gsdmm', 'lda_gibbs' or 'lda_gensim'"),
    Column(N_TOPICS, "bigint", "Number of topics asked for; for GSDMM the largest number"),
    Column(SEED, "bigint", "Seed of the random draws"),
    Column(N_TOPICS_ALIVE, "bigint", "Topics that are the largest share of at least one document"),
    Column(COHERENCE_NPMI, "double", "Mean NPMI of the topics' ten most probable terms, -1 to 1, over all documents"),
    Column(COHERENCE_CV, "double", "Mean C_v of the topics' ten most probable terms, over all documents"),
    Column(DIVERSITY, "double", "Different terms among the ten most probable of all topics, as a share; 1: none twice"),
    Column(PERPLEXITY, "double",
           "Perplexity of half of the words of documents held out, given the other half; lower is better, but not to "
           "be chosen by"),
    Column(STABILITY, "double",
           "How much of the topics' ten most probable terms other seeds find again: mean Jaccard index of the best "
           "match with each, 0 to 1"),
    Column(N_ITERATIONS, "bigint", "Sweeps or passes done"),
    Column(SECONDS, "double", "Processor time of the training; the one column that differs from run to run"),
    Column(STATUS, "string", f"'{STATUS_OK}', or why there is no model, in a sentence"),
    Column(NOTES, "string", "What could not be measured, and why; empty where all could"),
]  # fmt: skip

SUGGESTION = [
    Column(ENGINE, "string", "Method: 'gsdmm', 'lda_gibbs' or 'lda_gensim'"),
    Column(SUGGESTED_N_TOPICS, "bigint", "Number of topics advised; for GSDMM the largest number"),
    Column(CONFIDENCE, "string", f"How sure: '{HIGH}', '{MEDIUM}' or '{LOW}'"),
    Column(REASON, "string", "Why, in words, with the figures"),
    Column(CAVEATS, "string", "What speaks against it, or is not known; empty where nothing does"),
    Column(ALTERNATIVES, "string", "The other numbers compared, best first: JSON of their scores and measures"),
    Column(N_FITS, "bigint", "Models compared"),
]  # fmt: skip
