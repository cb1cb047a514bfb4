"""The engine of the method *Automatic*: LDA where it clearly predicts words better, measured on a sample, else GSDMM.

GSDMM gives a document one topic, LDA a mixture. Both are fitted to four fifths of the sample; of each other document,
half of the words show its topics, and the other half is predicted (document completion, see
`quality.predictive_likelihood`). Unless LDA gains more than two standard errors, with each of three seeds, the simpler
assumption is kept: GSDMM is faster, and mostly agrees better with classes made by people (docs/quality.md). The choice
depends neither on the order of rows nor on repeated texts.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.corpus.vocabulary import Vocabulary
from text_explorer.topics.model_selection.held_out import HeldOutSplit, bag_hashes, hold_out
from text_explorer.topics.models.engines import AUTO, GIBBS_LDA, GSDMM
from text_explorer.topics.models.training import EngineSettings, fit_model
from text_explorer.topics.quality.predictive_likelihood import log_likelihoods

SAMPLE_DOCUMENTS, SAMPLE_WORDS = 20_000, 200_000
"""Both models take up to a second. Of two thousand short texts GSDMM learns too little to be compared."""

HELD_OUT_OF_SAMPLE = 0.2
MOST_TOPICS, SWEEPS = 50, 100
"""Of the models compared; enough to tell which kind predicts better."""

FITS, CLEAR_ERRORS = 3, 2.0
"""Another seed of the models may move the gain by more than its standard error over documents."""

LEAST_GAIN = 0.02
"""In the logarithm of a word's probability: 2% of perplexity, which other priors may gain as well."""

SHORT_TEXT_TERMS = 20
"""Where nothing can be measured: texts of fewer terms on average mostly have one topic."""


def choose_engine(corpus: Corpus, settings: EngineSettings) -> tuple[str, str]:
    """Return the id of the engine, and the reason with its figures, in a sentence."""
    if settings.engine != AUTO:
        return settings.engine, "Selected in the settings."
    if corpus.vectors is not None:
        return GSDMM.id, "An embedding column is selected, which only GSDMM uses."
    lengths = corpus.doc_lengths[corpus.doc_lengths > 0]
    if len(lengths) < settings.n_topics:
        return GSDMM.id, f"Fewer documents ({len(lengths):,}) than topics ({settings.n_topics})."
    sample = _sample(corpus, settings.seed)
    split = hold_out(sample, settings.seed, share=HELD_OUT_OF_SAMPLE)
    if split.seen is not None and split.unseen is not None:
        return _by_prediction(split, split.seen, split.unseen, settings)
    mean = float(lengths.mean())
    few = "Too few different documents to measure how well words are predicted;"
    if mean < SHORT_TEXT_TERMS:
        return GSDMM.id, f"{few} short texts: {mean:.1f} terms on average, fewer than {SHORT_TEXT_TERMS}."
    return GIBBS_LDA.id, f"{few} longer texts: {mean:.1f} terms on average, at least {SHORT_TEXT_TERMS}."


def _by_prediction(split: HeldOutSplit, seen: Corpus, unseen: Corpus, settings: EngineSettings) -> tuple[str, str]:
    lengths = unseen.doc_lengths
    is_clear, figures = True, ""
    for number in range(FITS):
        one_topic, mixture = (
            _predicted(
                split.training, seen, unseen, replace(settings, engine=engine, seed=(settings.seed + number) % 2**31)
            )
            for engine in (GSDMM.id, GIBBS_LDA.id)
        )
        gain = (mixture - one_topic).sum() / lengths.sum()
        error = np.sqrt(((mixture - one_topic - gain * lengths) ** 2).sum()) / lengths.sum()
        figures = " against ".join(f"{np.exp(-each.sum() / lengths.sum()):,.0f}" for each in (mixture, one_topic))
        is_clear = bool(gain > max(CLEAR_ERRORS * error, LEAST_GAIN))
        if not is_clear:
            break
    return (GIBBS_LDA if is_clear else GSDMM).id, (
        f"LDA (several topics in a text) {'predicts' if is_clear else 'does not predict'} held-out words clearly "
        f"better than GSDMM (one topic a text): perplexity {figures}, measured on "
        f"{split.training.n_docs + unseen.n_docs:,} documents."
    )


def _predicted(training: Corpus, seen: Corpus, unseen: Corpus, settings: EngineSettings) -> np.ndarray:
    """Return the log-likelihood of the unseen words of each document."""
    n_iterations = SWEEPS if settings.engine == GIBBS_LDA.id else None
    n_topics = min(settings.n_topics, MOST_TOPICS)
    model = fit_model(training, replace(settings, n_topics=n_topics, n_iterations=n_iterations))
    return log_likelihoods(model, unseen, model.transform(seen))


def _sample(corpus: Corpus, seed: int) -> Corpus:
    """Draw documents, with the terms that are in two of them: a term unseen in training measures only the priors."""
    usable = np.flatnonzero(corpus.doc_lengths >= 2)
    drawn = usable[np.argsort(bag_hashes(corpus, seed)[usable], kind="stable")[:SAMPLE_DOCUMENTS]]
    sample = corpus.take(drawn[np.cumsum(corpus.doc_lengths[drawn]) <= SAMPLE_WORDS])
    document_counts = np.bincount(sample.indices, minlength=corpus.n_terms)
    kept = np.flatnonzero(document_counts >= 2)
    numbers = np.full(corpus.n_terms, -1, dtype=np.int32)
    numbers[kept] = np.arange(len(kept))
    known = numbers[sample.indices] >= 0
    indices, data = numbers[sample.indices[known]], sample.data[known]
    vocabulary = Vocabulary(
        tuple(corpus.vocabulary.terms[term] for term in kept.tolist()),
        document_counts[kept],
        np.bincount(indices, data, len(kept)).astype(np.int64),
    )
    indptr = np.concatenate(([0], np.cumsum(known)))[sample.indptr].astype(np.int64)
    return Corpus(indptr, indices, data, vocabulary)
