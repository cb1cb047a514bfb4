"""LDA by collapsed Gibbs sampling, with an asymmetric document-topic prior estimated on the way.

Large corpora are sampled in parallel parts, each with its own copy of the topic counts; the copies are merged after
every sweep (AD-LDA, Newman et al. 2009). The parts depend only on the corpus, so the number of threads does not
change the result.

References
----------
Griffiths and Steyvers (2004), "Finding scientific topics", PNAS 101: the sampler (equation 5).
Wallach, Mimno and McCallum (2009), "Rethinking LDA: why priors matter", NIPS 22: the asymmetric prior.
Newman, Asuncion, Smyth and Welling (2009), "Distributed algorithms for topic models", JMLR 10: the parts.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cached_property
from typing import Optional

import numpy as np
from scipy.special import digamma

from text_explorer.concurrency.threads import available_workers, map_ordered
from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.topics.models.engines import GIBBS_LDA
from text_explorer.topics.models.inference import infer_documents, padded
from text_explorer.topics.models.kernels import _gibbs_lda_kernels as kernels
from text_explorer.topics.models.kernels._sampling_kernels import LANES
from text_explorer.topics.models.progress import Progress
from text_explorer.topics.models.seed_start import seeded_documents

logger = logging.getLogger(__name__)

DEFAULT_ITERATIONS = 200
FIRST_ALPHA = 0.1
FIRST_BETA = 0.01
"""Initial priors for each topic and term where they are estimated."""

FIRST_OPTIMISATION, OPTIMISATION_INTERVAL = 20, 10
"""Sweeps before the first estimation of the priors, and between two estimations after it."""

N_SAMPLES, SAMPLE_INTERVAL = 8, 5
"""The topics are the mean of this number of final states of the chain, taken at this interval of sweeps."""

WORDS_PER_PART, MOST_PARTS = 500_000, 4
"""Smaller corpora are sampled as one, which is exact; more parts would let their counts drift apart."""

ALPHA_ROUNDS = 20
BETA_BOUNDS = (1e-4, 1.0)
"""Fixed-point rounds per estimation of alpha; beta changes slowly and stays within these bounds."""

LONGEST_COUNTED = 5_000
"""Words of a document that count in the estimation of the prior; keeps the histograms small."""

FOLD_IN_ROUNDS, FOLD_IN_TOLERANCE = 100, 1e-3


@dataclass(frozen=True)
class GibbsLdaModel:
    """Topics as mean counts of words over several states of the chain."""

    topic_term_counts: np.ndarray  # float64 of shape (n_topics, n_terms): mean occurrences, seeds included
    alpha: np.ndarray  # float64 of shape (n_topics,)
    beta: float

    engine = GIBBS_LDA.id

    @property
    def topic_term_distr(self) -> np.ndarray:
        """float64 array of shape (n_topics, n_terms); rows sum to one."""
        smoothed = self.topic_term_counts + self.beta
        return smoothed / smoothed.sum(axis=1, keepdims=True)

    @property
    def first_topics(self) -> np.ndarray:
        """The number each topic of a fitted model had when training began: LDA keeps all topics in their order."""
        return np.arange(len(self.alpha))

    @cached_property
    def _term_topic_probabilities(self) -> np.ndarray:
        """P(term | topic) with terms first, float32, padded."""
        return padded(self.topic_term_distr.T.astype(np.float32))

    def transform(self, corpus: Corpus, *, n_workers: Optional[int] = None) -> np.ndarray:
        """Infer the document-topic distribution, topics fixed; see `TopicModel`."""
        probabilities = self._term_topic_probabilities
        alpha = padded(self.alpha.astype(np.float32))

        def infer_batch(offsets: np.ndarray) -> np.ndarray:
            gammas = np.empty((len(offsets) - 1, len(alpha)), dtype=np.float32)
            kernels.fold_in(
                offsets, corpus.indices, corpus.data, probabilities, alpha, FOLD_IN_ROUNDS, FOLD_IN_TOLERANCE, gammas
            )
            return gammas

        return infer_documents(corpus, len(self.alpha), infer_batch, n_workers)

    def reordered(self, order: np.ndarray) -> GibbsLdaModel:
        """Return the same model with topic ``order[i]`` as topic ``i``."""
        return GibbsLdaModel(self.topic_term_counts[order], self.alpha[order], self.beta)

    def arrays(self) -> dict[str, np.ndarray]:
        """Return what is needed to rebuild the model by `from_arrays`."""
        return {"topic_term_counts": self.topic_term_counts, "alpha": self.alpha, "beta": np.array(self.beta)}

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray]) -> GibbsLdaModel:
        """Build the model that `arrays` was taken from."""
        return cls(arrays["topic_term_counts"], arrays["alpha"], float(arrays["beta"]))


def fit_gibbs_lda(
    corpus: Corpus,
    n_topics: int,
    *,
    n_iterations: int = DEFAULT_ITERATIONS,
    alpha: Optional[float] = None,
    beta: Optional[float] = None,
    seed: int = 0,
    seed_counts: Optional[np.ndarray] = None,
    n_workers: Optional[int] = None,
    progress: Optional[Progress] = None,
) -> GibbsLdaModel:
    """Fit LDA by collapsed Gibbs sampling; topics come in no particular order.

    Parameters
    ----------
    corpus
        At least one document with a term.
    n_topics
        Number of topics, exactly.
    n_iterations
        Sweeps over all words, at least 1.
    alpha, beta
        Symmetric document-topic and topic-term priors; where None, they are estimated, alpha for each topic.
    seed, seed_counts, n_workers, progress
        See `EngineSettings` and `train`.
    """
    progress = progress or Progress()
    chain = _Chain(corpus, n_topics, seed, seed_counts, n_workers or available_workers())
    chain.alpha[:] = FIRST_ALPHA if alpha is None else alpha
    chain.beta = FIRST_BETA if beta is None else beta
    samples_from = max(n_iterations - N_SAMPLES * SAMPLE_INTERVAL, n_iterations // 2)
    total, n_samples = np.zeros((corpus.n_terms, n_topics)), 0
    for iteration in range(1, n_iterations + 1):
        chain.sweep()
        if iteration >= FIRST_OPTIMISATION and iteration % OPTIMISATION_INTERVAL == 0:
            if alpha is None:
                chain.estimate_alpha()
            if beta is None:
                chain.estimate_beta()
        if iteration == n_iterations or (
            iteration > samples_from and (n_iterations - iteration) % SAMPLE_INTERVAL == 0
        ):
            total += chain.term_topics[:, :n_topics]
            n_samples += 1
        progress.report("LDA by Gibbs sampling", iteration, n_iterations)
    return GibbsLdaModel(np.ascontiguousarray((total / n_samples).T), chain.alpha.copy(), chain.beta)


class _Chain:
    """State of the Markov chain: the topic of each word, and the counts derived from it."""

    def __init__(
        self, corpus: Corpus, n_topics: int, seed: int, seed_counts: Optional[np.ndarray], n_workers: int
    ) -> None:
        self.alpha = np.empty(n_topics)
        self.beta = FIRST_BETA
        self._n_topics = n_topics
        self._n_workers = n_workers
        self._tokens = np.repeat(corpus.indices, corpus.data)
        self._offsets = np.concatenate(([0], np.cumsum(corpus.doc_lengths)))
        self._parts = _parts(self._offsets)
        generator = np.random.default_rng(seed)
        # Separate arrays: neighbours in memory would slow down each other's threads.
        self._states = [generator.integers(1, 2**63, size=1, dtype=np.uint64) for _ in self._parts]
        n_padded = -(-n_topics // LANES) * LANES
        self._seeds = np.zeros((corpus.n_terms, n_padded), dtype=np.int32)
        if seed_counts is not None:
            self._seeds[:, :n_topics] = seed_counts.T
        self._topics = self._first_topics(corpus, generator)
        self.term_topics = self._seeds.copy()
        np.add.at(self.term_topics, (self._tokens, self._topics), 1)

    def _first_topics(self, corpus: Corpus, generator: np.random.Generator) -> np.ndarray:
        """Draw topics at random; words of documents with seeds get the seeded topic, seeds one of their own topics."""
        topics = generator.integers(self._n_topics, size=len(self._tokens), dtype=np.int32)
        documents, own_topics = seeded_documents(corpus, self._seeds[:, : self._n_topics].T)
        for document, topic in zip(documents.tolist(), own_topics.tolist()):
            topics[self._offsets[document] : self._offsets[document + 1]] = topic
        for term in np.flatnonzero(self._seeds.any(axis=1)).tolist():
            own = np.flatnonzero(self._seeds[term])
            positions = np.flatnonzero(self._tokens == term)
            topics[positions] = own[topics[positions] % len(own)]
        return topics

    def sweep(self) -> None:
        """Draw the topic of each word once."""
        alpha = padded(self.alpha.astype(np.float32))
        topic_words = self.term_topics.sum(axis=0, dtype=np.int64)
        if len(self._parts) == 1:
            self._sweep_part(0, self.term_topics, topic_words, alpha)
            return
        before = self.term_topics

        def sweep_copy(part: int) -> np.ndarray:
            term_topics = before.copy()
            self._sweep_part(part, term_topics, topic_words.copy(), alpha)
            return term_topics

        after = before * (1 - len(self._parts))
        for term_topics in map_ordered(sweep_copy, range(len(self._parts)), self._n_workers):
            after += term_topics
        self.term_topics = after

    def _sweep_part(self, part: int, term_topics: np.ndarray, topic_words: np.ndarray, alpha: np.ndarray) -> None:
        first, last = self._parts[part]
        kernels.sweep(
            self._tokens, self._offsets[first : last + 1], self._topics, term_topics, topic_words, alpha, self.beta,
            self._states[part],
        )  # fmt: skip

    def estimate_alpha(self) -> None:
        """Estimate the document-topic prior that maximises the likelihood of the chain's state."""
        longest = int(min(np.diff(self._offsets).max(), LONGEST_COUNTED))
        lengths, doc_topics = kernels.count_histograms(self._offsets, self._topics, self._n_topics, longest)
        kernels.optimise_alpha(self.alpha, lengths, doc_topics, ALPHA_ROUNDS)

    def estimate_beta(self) -> None:
        """Update the symmetric topic-term prior by one step of Minka's fixed point (2000, equation 55)."""
        counts = self.term_topics[:, : self._n_topics]
        n_terms, smoothing = len(counts), self.beta * len(counts)
        n_cells = np.bincount(counts.ravel())
        values = np.flatnonzero(n_cells)
        numerator = (n_cells[values] * (digamma(values + self.beta) - digamma(self.beta))).sum()
        denominator = n_terms * (digamma(counts.sum(axis=0) + smoothing) - digamma(smoothing)).sum()
        if denominator > 0:
            self.beta = float(np.clip(self.beta * numerator / denominator, *BETA_BOUNDS))


def _parts(offsets: np.ndarray) -> list[tuple[int, int]]:
    """Split documents into parts of about the same number of words: first document, and the one after the last."""
    n_docs, n_words = len(offsets) - 1, int(offsets[-1])
    n_parts = min(max(n_words // WORDS_PER_PART, 1), MOST_PARTS)
    bounds = np.searchsorted(offsets, np.linspace(0, n_words, n_parts + 1)[1:-1]).tolist()
    return list(zip([0, *bounds], [*bounds, n_docs]))
