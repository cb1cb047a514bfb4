"""Find sub-topics in the documents of one topic.

A topic model merges small clusters into large ones, while here the number of parts is the user's choice: so documents
are clustered by k-means on their tf-idf vectors, from several starts, and each clustering is refined as a mixture of
multinomials by classification EM. The most likely one is returned. Both use the same rule, `Split.scores`, in the end.

References
----------
David Arthur and Sergei Vassilvitskii (2007). k-means++: the advantages of careful seeding. SODA '07.
Gilles Celeux and Gérard Govaert (1992). A classification EM algorithm for clustering and two stochastic versions.
Computational Statistics & Data Analysis 14.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from scipy.cluster.vq import kmeans2
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import eigsh

from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.errors import DataError
from text_explorer.topics.edits.splits import FEWEST_PARTS, LONGEST_LABEL, MOST_TERMS, Split, SubTopic

SEED, N_STARTS, MOST_STEPS = 0, 8, 30
MOST_FITTED = 20_000
"""Documents that sub-topics are fitted on; of more, as many evenly drawn ones."""
N_DIMENSIONS = 16
"""Of the vectors that k-means clusters: the main directions of the tf-idf vectors."""
SMOOTHING = 0.1
"""Added to the count of each term in each sub-topic, as the prior of GSDMM."""
N_LABEL_TERMS = 3
N_TOP_TERMS = 10
TERM_WEIGHT = 0.4
"""Weight of the logarithm of the probability of a term against that of its lift (Sievert and Shirley 2014): lower than
for topics, as sub-topics share most of their words."""
_DIGITS = 6

_TOO_FEW = (
    "No sub-topics were found: the documents of this topic use the same words, or are too few. Try another number of "
    "parts, or leave the topic as it is."
)


def fit_split(corpus: Corpus, n_parts: int) -> Split:
    """Cluster the documents of a topic by their words; the same documents give the same sub-topics.

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
    terms, counts = _counts(corpus)
    best: tuple[float, np.ndarray] | None = None
    for start in _starts(counts, n_parts):
        likelihood, parts = _refined(counts, start, n_parts)
        n_found = len(np.unique(parts))
        if n_found >= FEWEST_PARTS and (best is None or (n_found, likelihood) > (len(np.unique(best[1])), best[0])):
            best = likelihood, parts
    if best is None:
        raise DataError(_TOO_FEW)
    return _split_of(counts, best[1], [corpus.vocabulary.terms[term] for term in terms.tolist()])


def _counts(corpus: Corpus) -> tuple[np.ndarray, csr_matrix]:
    """Return the most frequent terms, and how often documents hold them: of shape (n_fitted, n_kept)."""
    counts = csr_matrix(
        (corpus.data.astype(np.float64), corpus.indices, corpus.indptr), shape=(corpus.n_docs, corpus.n_terms)
    )
    frequency = np.asarray(counts.sum(axis=0))[0]
    terms = np.argsort(-frequency, kind="stable")[: min(MOST_TERMS, np.count_nonzero(frequency))]
    kept = counts[:, terms]
    rows = np.flatnonzero(np.diff(kept.indptr))
    drawn = np.unique(np.linspace(0, max(len(rows) - 1, 0), min(MOST_FITTED, len(rows))).astype(np.int64))
    return terms, kept[rows[drawn]]


def _starts(counts: csr_matrix, n_parts: int) -> Iterator[np.ndarray]:
    """Yield clusterings by k-means; none where the documents are not different enough."""
    if not counts.shape[0]:
        return
    vectors = _vectors(counts)
    if len(np.unique(np.round(vectors, 9), axis=0)) < FEWEST_PARTS:
        return
    for number in range(N_STARTS):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # an empty cluster: there are fewer parts then
            yield kmeans2(vectors, n_parts, minit="++", seed=SEED + number)[1]


def _vectors(counts: csr_matrix) -> np.ndarray:
    """Return tf-idf vectors of length one along their main directions: shape (n_docs, n_dimensions)."""
    n_docs = counts.shape[0]
    document_frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    weighted = counts.multiply(np.log((1 + n_docs) / (1 + document_frequency)) + 1).tocsr()
    lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1))[:, 0])
    weighted = csr_matrix(weighted.multiply(1 / lengths[:, None]))
    products = weighted.T @ weighted
    n_terms = products.shape[0]
    if n_terms <= 2 * N_DIMENSIONS:
        return np.asarray(weighted @ np.linalg.eigh(products.toarray())[1])
    # From a fixed start, so that the same documents give the same vectors.
    _, directions = eigsh(products, k=N_DIMENSIONS, v0=np.ones(n_terms))
    return np.asarray(weighted @ directions)


def _refined(counts: csr_matrix, parts: np.ndarray, n_parts: int) -> tuple[float, np.ndarray]:
    """Assign documents to the likeliest part until none moves; return the log likelihood and the parts."""
    for _ in range(MOST_STEPS):
        shares, probabilities = _parameters(counts, parts, n_parts)
        with np.errstate(divide="ignore"):  # an empty part stays empty
            scores = np.asarray(counts @ np.log(probabilities).T) + np.log(shares)
        moved = scores.argmax(axis=1)
        if np.array_equal(moved, parts):
            break
        parts = moved
    return float(scores.max(axis=1).sum()), parts


def _parameters(counts: csr_matrix, parts: np.ndarray, n_parts: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the share of each part, and its smoothed p(term | part): shape (n_parts, n_terms)."""
    members = csr_matrix((np.ones(len(parts)), (parts, np.arange(len(parts)))), shape=(n_parts, len(parts)))
    smoothed = (members @ counts).toarray() + SMOOTHING
    return np.bincount(parts, minlength=n_parts) / len(parts), smoothed / smoothed.sum(axis=1, keepdims=True)


def _split_of(counts: csr_matrix, parts: np.ndarray, terms: Sequence[str]) -> Split:
    """Build the split, with numbers as rounded as they are stored."""
    shares, probabilities = _parameters(counts, parts, int(parts.max()) + 1)
    order = [place for place in np.argsort(-shares, kind="stable").tolist() if shares[place]]
    sub_topics = [
        SubTopic(number, "", _rounded(shares[place]), tuple(map(_rounded, probabilities[place].tolist())))
        for number, place in enumerate(order)
    ]
    split = Split(tuple(terms), tuple(sub_topics))
    labels = [", ".join(best[:N_LABEL_TERMS])[:LONGEST_LABEL] for best in top_terms(split)]
    return replace(split, parts=tuple(replace(part, label=label) for part, label in zip(sub_topics, labels)))


def top_terms(split: Split) -> list[list[str]]:
    """Return the most relevant terms of each sub-topic: probable in it, and more so than in the others."""
    probabilities = split.probabilities
    lift = probabilities / (split.shares @ probabilities)
    relevance = TERM_WEIGHT * np.log(probabilities) + (1 - TERM_WEIGHT) * np.log(lift)
    order = np.argsort(-relevance, axis=1, kind="stable")[:, :N_TOP_TERMS]
    return [[split.terms[term] for term in row] for row in order.tolist()]


def _rounded(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")
