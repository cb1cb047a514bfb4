"""Find sub-topics in the documents of one topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.errors import DataError
from text_explorer.topics.edits.splits import FEWEST_PARTS, LONGEST_LABEL, MOST_TERMS, Split, SubTopic
from text_explorer.topics.models.gsdmm import GsdmmModel, fit_gsdmm

SEED = 0
MOST_FITTED = 20_000
"""Documents that sub-topics are fitted on; of more, as many evenly drawn ones."""
N_LABEL_TERMS = 3
N_TOP_TERMS = 10
TERM_WEIGHT = 0.6
"""Weight of the logarithm of the probability of a term against that of its lift (Sievert and Shirley 2014)."""
_DIGITS = 6

_TOO_FEW = (
    "No sub-topics were found: the documents of this topic use the same words, or are too few. Try another number of "
    "parts, or leave the topic as it is."
)


def fit_split(corpus: Corpus, n_parts: int) -> Split:
    """Cluster the documents of a topic by GSDMM on their own words; the same documents give the same sub-topics.

    Parameters
    ----------
    corpus
        Bags of words of the topic's documents, in the model's vocabulary.
    n_parts
        Number of sub-topics; there are fewer where clusters lose their documents.

    Returns
    -------
    Split
        With the ids 0, 1, ... by falling share of documents, each labelled by the terms that set it apart.

    Raises
    ------
    DataError
        Where fewer than two sub-topics are found.
    """
    with_words = np.flatnonzero(corpus.doc_lengths)
    drawn = np.unique(np.linspace(0, len(with_words) - 1, min(MOST_FITTED, len(with_words))).astype(np.int64))
    documents = corpus.take(with_words[drawn])
    if documents.n_docs < FEWEST_PARTS:
        raise DataError(_TOO_FEW)
    model = fit_gsdmm(documents, n_parts, seed=SEED)
    model = model.reordered(np.argsort(-model.topic_docs, kind="stable"))
    while len(model.topic_docs) >= FEWEST_PARTS:
        split = _split_of(model, corpus.vocabulary.terms)
        n_documents = np.bincount(split.topics_of(documents), minlength=len(split.parts))
        if n_documents.all():
            return split
        model = model.reordered(np.flatnonzero(n_documents))  # bounded terms may leave a cluster without documents
    raise DataError(_TOO_FEW)


def _split_of(model: GsdmmModel, names: Sequence[str]) -> Split:
    """Take the most frequent terms of the clusters; their smoothed probabilities are rounded as they are stored."""
    counts = model.topic_term_counts
    frequency = counts.sum(axis=0, dtype=np.int64)
    terms = np.argsort(-frequency, kind="stable")[: min(MOST_TERMS, np.count_nonzero(frequency))]
    smoothed = counts[:, terms] + model.beta
    probabilities = smoothed / smoothed.sum(axis=1, keepdims=True)
    shares = model.topic_docs / model.topic_docs.sum()
    parts = [
        SubTopic(number, "", _rounded(share), tuple(map(_rounded, row)))
        for number, (share, row) in enumerate(zip(shares.tolist(), probabilities.tolist()))
    ]
    split = Split(tuple(names[term] for term in terms.tolist()), tuple(parts))
    labels = [", ".join(best[:N_LABEL_TERMS])[:LONGEST_LABEL] for best in top_terms(split)]
    return replace(split, parts=tuple(replace(part, label=label) for part, label in zip(parts, labels)))


def top_terms(split: Split) -> list[list[str]]:
    """Return the most relevant terms of each sub-topic: probable in it, and more so than in the others."""
    probabilities = split.probabilities
    lift = probabilities / (split.shares @ probabilities)
    relevance = TERM_WEIGHT * np.log(probabilities) + (1 - TERM_WEIGHT) * np.log(lift)
    order = np.argsort(-relevance, axis=1, kind="stable")[:, :N_TOP_TERMS]
    return [[split.terms[term] for term in row] for row in order.tolist()]


def _rounded(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")
