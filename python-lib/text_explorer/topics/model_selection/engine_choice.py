"""The engine of the method *Automatic*: LDA where it clearly predicts words better, measured on a sample, else GSDMM.

GSDMM gives a document one topic, LDA a mixture. Both are fitted to four fifths of the sample; of each other document,
half of the words show its topics, and the other half is predicted (document completion, see
`quality.predictive_likelihood`). Unless LDA gains more than two standard errors, with each of three seeds, the simpler
assumption is kept: GSDMM is faster, and mostly agrees better with classes made by people (docs/quality.md). The choice
depends neither on the order of rows nor on repeated texts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Optional

import numpy as np

from text_explorer.corpus.document_term_matrix import AnyCorpus, Corpus, joined
from text_explorer.corpus.vocabulary import Vocabulary
from text_explorer.topics.model_selection.held_out import HeldOutSplit, bag_hashes, hold_out
from text_explorer.topics.models.documents import Documents, documents_of
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


def choose_engine(
    corpus: AnyCorpus, settings: EngineSettings, documents: Optional[Documents] = None
) -> tuple[str, str]:
    """Return the id of the engine, and the reason with its figures, in a sentence.

    `documents` are those of the corpus, where they are elsewhere.
    """
    if settings.engine != AUTO:
        return settings.engine, "Selected in the settings."
    if corpus.vectors is not None:
        return GSDMM.id, "An embedding column is selected, which only GSDMM uses."
    n_documents = corpus.lengths.n_with_words
    if n_documents < settings.n_topics:
        return GSDMM.id, f"Fewer documents ({n_documents:,}) than topics ({settings.n_topics})."
    drawn = (documents or documents_of(corpus)).count(DrawSample(settings.seed))
    sample = _with_terms_of_two(replace(drawn.documents, vocabulary=corpus.vocabulary))
    split = hold_out(sample, settings.seed, share=HELD_OUT_OF_SAMPLE)
    if split.seen is not None and split.unseen is not None:
        return _by_prediction(split, split.seen, split.unseen, settings)
    mean = corpus.n_words / n_documents
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


@dataclass
class Sample:
    """The documents with the smallest hashes of their words; the sample of two corpora is drawn from their samples."""

    documents: Corpus  # without the order of their words
    seed: int

    def merge(self, other: Sample) -> None:
        """Draw from the documents of both."""
        self.documents = DrawSample(self.seed)(joined([self.documents, other.documents])).documents


@dataclass(frozen=True)
class DrawSample:
    """Draws a sample of documents, whatever their order."""

    seed: int

    def __call__(self, part: Corpus) -> Sample:
        """Draw from the documents of at least two words."""
        usable = np.flatnonzero(part.doc_lengths >= 2)
        drawn = usable[np.argsort(bag_hashes(part, self.seed)[usable], kind="stable")[:SAMPLE_DOCUMENTS]]
        lengths = part.doc_lengths[drawn]
        # With the one that crosses the limit: without it, later ones of another part would come in its place.
        kept = drawn[np.cumsum(lengths) - lengths < SAMPLE_WORDS]
        return Sample(replace(part, word_order=None).take(kept), self.seed)


def _with_terms_of_two(corpus: Corpus) -> Corpus:
    """Return the documents with the terms that are in two of them: one unseen in training measures only the priors."""
    document_counts = np.bincount(corpus.indices, minlength=corpus.n_terms)
    kept = np.flatnonzero(document_counts >= 2)
    numbers = np.full(corpus.n_terms, -1, dtype=np.int32)
    numbers[kept] = np.arange(len(kept))
    known = numbers[corpus.indices] >= 0
    indices, data = numbers[corpus.indices[known]], corpus.data[known]
    vocabulary = Vocabulary(
        tuple(corpus.vocabulary.terms[term] for term in kept.tolist()),
        document_counts[kept],
        np.bincount(indices, data, len(kept)).astype(np.int64),
    )
    indptr = np.concatenate(([0], np.cumsum(known)))[corpus.indptr].astype(np.int64)
    return Corpus(indptr, indices, data, vocabulary)
