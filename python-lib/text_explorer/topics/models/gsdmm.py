"""GSDMM: Gibbs sampling of the Dirichlet multinomial mixture, for short texts with one topic each.

References
----------
Jianhua Yin and Jianyong Wang (2014). A Dirichlet multinomial mixture model-based approach for short text clustering.
KDD '14. Equation 4, repeated words of a document included; equation 3 by choice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Optional

import numpy as np

from text_explorer.corpus.document_term_matrix import AnyCorpus, Corpus
from text_explorer.corpus.embeddings.document_vectors import DocumentVectors
from text_explorer.corpus.embeddings.projection import Projection
from text_explorer.topics.models.elsewhere import Elsewhere
from text_explorer.topics.models.engines import GSDMM
from text_explorer.topics.models.final_states import FinalStates
from text_explorer.topics.models.inference import (
    Inference,
    infer_documents,
    infer_in_use,
    infer_known,
    padded,
    rows_in_order,
)
from text_explorer.topics.models.kernels import _gsdmm_kernels as kernels
from text_explorer.topics.models.kernels import _meaning_kernels as meaning_kernels
from text_explorer.topics.models.meaning.clusters import MOST_KAPPA, NORMAL, ClusterMeaning, MeaningRun
from text_explorer.topics.models.meaning.sampler import MeaningSampler, MeaningState, most_likely_state
from text_explorer.topics.models.parts.gsdmm_engine import ROUNDS, GsdmmEngine, GsdmmShared
from text_explorer.topics.models.parts.runners import runner_for
from text_explorer.topics.models.progress import Progress

DEFAULT_ALPHA = 0.1
DEFAULT_BETA = 0.1
DEFAULT_ITERATIONS = 30
"""The values of the paper's experiments; clusters settle within 10 to 20 iterations."""

REPEATED_WORDS, SINGLE_WORDS = 4, 3
"""Equations of the paper: for documents that may repeat words, and for documents that do not."""


@dataclass(frozen=True)
class GsdmmModel:
    """Clusters of documents, each with the words of its documents."""

    topic_docs: np.ndarray  # int64 of shape (n_topics,): documents in the topic at the end of sampling
    # int32 of shape (n_topics, n_terms): occurrences of each term in the topic's documents
    topic_term_counts: np.ndarray
    alpha: float
    beta: float
    equation: int  # ``REPEATED_WORDS`` or ``SINGLE_WORDS``
    # int64 of shape (n_topics,): index of each topic when sampling began, to which seeds refer
    first_topics: np.ndarray
    meaning: Optional[ClusterMeaning] = None  # of the topics' documents; None for a model of words alone
    run: Optional[MeaningRun] = None  # figures of the training with embeddings; not kept in the model folder

    engine = GSDMM.id

    @property
    def topic_term_distr(self) -> np.ndarray:
        """float64 array of shape (n_topics, n_terms); rows sum to one."""
        smoothed = self.topic_term_counts + self.beta
        return smoothed / smoothed.sum(axis=1, keepdims=True)

    @property
    def in_use(self) -> np.ndarray:
        """Bool array of shape (n_topics,): False for retired topics, whose topic_docs is 0."""
        return self.topic_docs > 0

    @property
    def inference(self) -> Inference:
        """See `TopicModel`."""
        return self

    @cached_property
    def _topics_in_use(self) -> GsdmmModel:
        return self.reordered(np.flatnonzero(self.in_use))

    @cached_property
    def _counts_by_term(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Documents and words of each topic, and the counts with terms first: the inputs of inference."""
        topic_words = self.topic_term_counts.sum(axis=1, dtype=np.float64)
        return self.topic_docs.astype(np.float64), topic_words, np.ascontiguousarray(self.topic_term_counts.T)

    def transform(self, corpus: Corpus, *, n_workers: Optional[int] = None) -> np.ndarray:
        """Infer the posterior over topics of each document, as if it were new to the model; see `TopicModel`."""
        if not self.in_use.all():
            return infer_in_use(self.in_use, self._topics_in_use, corpus, n_workers)
        if self.meaning is not None and corpus.vectors is not None:
            return self._transform_with_vectors(self.meaning, corpus, corpus.vectors, n_workers)
        topic_docs, topic_words, term_topics = self._counts_by_term
        repeats = int(self.equation == REPEATED_WORDS)

        def infer_batch(offsets: np.ndarray) -> np.ndarray:
            weights = np.empty((len(offsets) - 1, len(topic_docs)))
            kernels.posterior(
                offsets, corpus.indices, corpus.data, topic_docs, topic_words, term_topics, self.alpha, self.beta,
                repeats, weights,
            )  # fmt: skip
            return weights

        return infer_documents(corpus, len(topic_docs), infer_batch, n_workers)

    def _transform_with_vectors(
        self, meaning: ClusterMeaning, corpus: Corpus, vectors: DocumentVectors, n_workers: Optional[int]
    ) -> np.ndarray:
        topic_docs, topic_words, term_topics = self._counts_by_term
        sums, scales, units = meaning.sums_by_dimension, meaning.pull_scales, padded(vectors.values)
        repeats = int(self.equation == REPEATED_WORDS)

        def infer_batch(documents: slice) -> np.ndarray:
            offsets = corpus.indptr[documents.start : documents.stop + 1]
            weights = np.empty((len(offsets) - 1, len(topic_docs)))
            meaning_kernels.posterior(
                offsets, corpus.indices, corpus.data, corpus.doc_lengths[documents], units[documents],
                vectors.given[documents], topic_docs, topic_words, term_topics, sums, scales, self.alpha, self.beta,
                repeats, weights,
            )  # fmt: skip
            return weights

        return infer_known(corpus.known, len(topic_docs), infer_batch, n_workers)

    def reordered(self, order: np.ndarray, retired: Optional[np.ndarray] = None) -> GsdmmModel:
        """Return the same model with topic ``order[i]`` as topic ``i``; see `TopicModel`."""
        return replace(
            self,
            topic_docs=rows_in_order(self.topic_docs, order),
            topic_term_counts=rows_in_order(self.topic_term_counts, order, retired),
            first_topics=rows_in_order(self.first_topics, order),
            meaning=None if self.meaning is None else self.meaning.reordered(order),
        )

    def arrays(self) -> dict[str, np.ndarray]:
        """Return what is needed to rebuild the model by `from_arrays`."""
        return {
            "topic_docs": self.topic_docs,
            "topic_term_counts": self.topic_term_counts,
            "priors": np.array([self.alpha, self.beta]),
            "equation": np.array(self.equation),
            "first_topics": self.first_topics,
            **({} if self.meaning is None else self.meaning.arrays()),
        }

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray]) -> GsdmmModel:
        """Build the model that `arrays` was taken from."""
        alpha, beta = (float(prior) for prior in arrays["priors"])
        return cls(
            arrays["topic_docs"], arrays["topic_term_counts"], alpha, beta, int(arrays["equation"]),
            arrays["first_topics"], ClusterMeaning.from_arrays(arrays) if ClusterMeaning.is_in(arrays) else None,
        )  # fmt: skip


def meaning_of(model: object) -> Optional[ClusterMeaning]:
    """Return the meaning of a model's topics; None for one that was trained without embeddings."""
    return model.meaning if isinstance(model, GsdmmModel) else None


def fit_gsdmm(
    corpus: AnyCorpus,
    n_topics: int,
    *,
    n_iterations: int = DEFAULT_ITERATIONS,
    alpha: float = DEFAULT_ALPHA,
    beta: float = DEFAULT_BETA,
    equation: int = REPEATED_WORDS,
    most_kappa: float = NORMAL,
    seed: int = 0,
    seed_counts: Optional[np.ndarray] = None,
    first_topics: Optional[np.ndarray] = None,
    n_workers: Optional[int] = None,
    elsewhere: Optional[Elsewhere] = None,
    progress: Optional[Progress] = None,
) -> GsdmmModel:
    """Cluster the documents of a corpus; topics come in no particular order, from the most likely of the final states.

    Parameters
    ----------
    corpus
        At least one document with a term.
    n_topics
        Maximum number of topics; topics that lose all their documents are dropped.
    n_iterations
        Maximum number of Gibbs sweeps; once the chain has settled, only the sweeps of the compared states follow.
    alpha
        Document-topic prior: a smaller one attracts fewer documents to small clusters.
    beta
        Topic-term prior: a smaller one requires more similar words in a cluster.
    equation
        ``REPEATED_WORDS`` or ``SINGLE_WORDS``.
    most_kappa
        Largest concentration of vectors around the direction of their cluster, up to 80, for a corpus with vectors: the
        weight of meaning beside words. 0 ignores vectors.
    seed, seed_counts, first_topics, n_workers, elsewhere, progress
        See `EngineSettings` and `train`.
    """
    progress = progress or Progress()
    if isinstance(corpus, Corpus) and corpus.vectors is not None and most_kappa > 0 and corpus.vectors.given.any():
        sampler = MeaningSampler(
            corpus, n_topics, seed, (alpha, beta, int(equation == REPEATED_WORDS)), min(most_kappa, MOST_KAPPA)
        )
        found = (
            elsewhere.run_chains(sampler, n_iterations, seed_counts, first_topics)
            if elsewhere is not None
            else most_likely_state(
                sampler, n_iterations, seed_counts=seed_counts, first_topics=first_topics, n_workers=n_workers,
                progress=progress,
            )
        )  # fmt: skip
        return _model_with_meaning(*found, sampler, corpus.vectors.projection, equation)
    engine = GsdmmEngine(alpha, beta, int(equation == REPEATED_WORDS))
    unstarted = engine.unstarted(n_topics, corpus.n_terms, seed_counts)
    runner = runner_for(
        corpus,
        unstarted.term_clusters,
        first_topics=first_topics,
        n_workers=n_workers,
        make_runner=None if elsewhere is None else elsewhere.make_runner,
    )
    engine = replace(engine, rounds=ROUNDS if runner.n_parts > 1 else 1)
    final = _FinalClusters(n_iterations, engine.log_joint, unstarted)
    for state in runner.run(engine, unstarted, seed, final):
        iteration, n_rounds = divmod(state.round, engine.rounds)
        if n_rounds:
            continue
        final.add(state, state.n_moved)
        progress.report(
            "GSDMM", iteration, n_iterations, f", {state.n_moved:,} documents moved, {state.n_alive:,} topics"
        )
        if final.complete or iteration == n_iterations:
            break
    return _model_of(final.best, engine, equation)


class _FinalClusters(FinalStates[GsdmmShared]):
    """Final states that know how a state of the training looks."""

    def __init__(self, n_iterations: int, log_joint: Callable[[GsdmmShared], float], unstarted: GsdmmShared) -> None:
        super().__init__(n_iterations, log_joint)
        self._unstarted = unstarted

    def restore(self, arrays: Mapping[str, np.ndarray]) -> None:
        """See `Kept`."""
        self._restore(arrays, self._unstarted)


def _model_with_meaning(
    state: MeaningState, log_joints: list[float], sampler: MeaningSampler, projection: Projection, equation: int
) -> GsdmmModel:
    alive = np.flatnonzero(state.cluster_docs)
    vectors = sampler.vectors_of(state)
    sums = np.ascontiguousarray(vectors.sums[: sampler.n_dims, alive].T)
    return GsdmmModel(
        state.cluster_docs[alive].astype(np.int64),
        np.ascontiguousarray(state.term_clusters[:, alive].T, dtype=np.int32),
        sampler.alpha, sampler.beta, equation, state.first_clusters[alive],
        ClusterMeaning(projection, sums, vectors.n_vectors[alive], state.kappa),
        MeaningRun(state.cosine, tuple(log_joints)),
    )  # fmt: skip


def _model_of(state: GsdmmShared, engine: GsdmmEngine, equation: int) -> GsdmmModel:
    alive = np.flatnonzero(state.cluster_docs)
    return GsdmmModel(
        state.cluster_docs[alive],
        np.ascontiguousarray(state.term_clusters[:, alive].T, dtype=np.int32),
        engine.alpha, engine.beta, equation, state.first_clusters[alive],
    )  # fmt: skip
