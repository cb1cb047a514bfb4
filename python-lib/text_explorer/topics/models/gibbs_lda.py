"""LDA by collapsed Gibbs sampling, with an asymmetric document-topic prior estimated on the way.

Large corpora are sampled in parts, whose counts are summed after every sweep, or every few in the second half (AD-LDA,
Newman et al. 2009; see `parts`).
The parts depend only on the corpus, so neither the number of threads nor the order of rows changes the result.

References
----------
Griffiths and Steyvers (2004), "Finding scientific topics", PNAS 101: the sampler (equation 5).
Wallach, Mimno and McCallum (2009), "Rethinking LDA: why priors matter", NIPS 22: the asymmetric prior.
Newman, Asuncion, Smyth and Welling (2009), "Distributed algorithms for topic models", JMLR 10: the parts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Optional

import numpy as np

from text_explorer.corpus.document_term_matrix import AnyCorpus, Corpus
from text_explorer.topics.models.elsewhere import Elsewhere
from text_explorer.topics.models.engines import GIBBS_LDA
from text_explorer.topics.models.inference import Inference, InferenceInUse, infer_documents, padded, rows_in_order
from text_explorer.topics.models.kernels import _gibbs_lda_kernels as kernels
from text_explorer.topics.models.parts.lda_engine import N_SAMPLES, SAMPLE_INTERVAL, LdaEngine
from text_explorer.topics.models.parts.runners import runner_for
from text_explorer.topics.models.progress import Progress

DEFAULT_ITERATIONS = 200
FOLD_IN_ROUNDS, FOLD_IN_TOLERANCE = 100, 1e-3


@dataclass(frozen=True)
class LdaInference:
    """Inference of documents, topics fixed."""

    probabilities: np.ndarray  # float32 of shape (n_terms, n_topics), padded: P(term | topic)
    alpha: np.ndarray  # float32 of shape (n_topics,), padded
    n_topics: int

    def transform(self, corpus: Corpus, *, n_workers: Optional[int] = None) -> np.ndarray:
        """Infer the document-topic distribution; see `TopicModel`."""

        def infer_batch(offsets: np.ndarray) -> np.ndarray:
            gammas = np.empty((len(offsets) - 1, len(self.alpha)), dtype=np.float32)
            kernels.fold_in(
                offsets, corpus.indices, corpus.data, self.probabilities, self.alpha, FOLD_IN_ROUNDS,
                FOLD_IN_TOLERANCE, gammas,
            )  # fmt: skip
            return gammas

        return infer_documents(corpus, self.n_topics, infer_batch, n_workers)


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

    @property
    def in_use(self) -> np.ndarray:
        """Bool array of shape (n_topics,): False for retired topics, whose alpha is 0."""
        return self.alpha > 0

    @cached_property
    def inference(self) -> Inference:
        """See `TopicModel`."""
        if not self.in_use.all():
            return InferenceInUse(self.in_use, self.reordered(np.flatnonzero(self.in_use)).inference)
        probabilities = padded(self.topic_term_distr.T.astype(np.float32))
        return LdaInference(probabilities, padded(self.alpha.astype(np.float32)), len(self.alpha))

    def transform(self, corpus: Corpus, *, n_workers: Optional[int] = None) -> np.ndarray:
        """Infer the document-topic distribution, topics fixed; see `TopicModel`."""
        return self.inference.transform(corpus, n_workers=n_workers)

    def reordered(self, order: np.ndarray, retired: Optional[np.ndarray] = None) -> GibbsLdaModel:
        """Return the same model with topic ``order[i]`` as topic ``i``; see `TopicModel`."""
        counts = rows_in_order(self.topic_term_counts, order, retired)
        return GibbsLdaModel(counts, rows_in_order(self.alpha, order), self.beta)

    def arrays(self) -> dict[str, np.ndarray]:
        """Return what is needed to rebuild the model by `from_arrays`."""
        return {"topic_term_counts": self.topic_term_counts, "alpha": self.alpha, "beta": np.array(self.beta)}

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray]) -> GibbsLdaModel:
        """Build the model that `arrays` was taken from."""
        return cls(arrays["topic_term_counts"], arrays["alpha"], float(arrays["beta"]))


def fit_gibbs_lda(
    corpus: AnyCorpus,
    n_topics: int,
    *,
    n_iterations: int = DEFAULT_ITERATIONS,
    alpha: Optional[float] = None,
    beta: Optional[float] = None,
    seed: int = 0,
    seed_counts: Optional[np.ndarray] = None,
    first_topics: Optional[np.ndarray] = None,
    n_workers: Optional[int] = None,
    elsewhere: Optional[Elsewhere] = None,
    sweeps_between_sums: int = 1,
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
    sweeps_between_sums
        Most sweeps of a part on its own counts between two sums, in the second half; see `LdaEngine.sweeps_until_sum`.
    seed, seed_counts, first_topics, n_workers, elsewhere, progress
        See `EngineSettings` and `train`.
    """
    progress = progress or Progress()
    engine = LdaEngine(alpha, beta, n_iterations, sweeps_between_sums)
    unstarted = engine.unstarted(n_topics, corpus.n_terms, seed_counts)
    runner = runner_for(
        corpus,
        unstarted.term_topics,
        first_topics=first_topics,
        n_workers=n_workers,
        make_runner=None if elsewhere is None else elsewhere.make_runner,
    )
    samples = _Samples(n_iterations, np.zeros((corpus.n_terms, n_topics)))
    for state in runner.run(engine, unstarted, seed, samples):
        if is_sample(state.sweep, n_iterations):
            samples.add(state.term_topics[:, :n_topics])
        progress.report("LDA by Gibbs sampling", state.sweep, n_iterations)
        if state.sweep == n_iterations:
            break
    return GibbsLdaModel(np.ascontiguousarray((samples.total / samples.n_samples).T), state.alpha, state.beta)


@dataclass
class _Samples:
    """The sum of the counts of some states."""

    n_iterations: int
    total: np.ndarray  # float64 of shape (n_terms, n_topics), whole numbers
    n_samples: int = 0

    def add(self, counts: np.ndarray) -> None:
        """Take the counts of a state."""
        self.total += counts
        self.n_samples += 1

    def arrays(self) -> dict[str, np.ndarray]:
        """See `Kept`."""
        return {"total": self.total.astype(np.int64), "n_samples": np.array(self.n_samples)}

    def restore(self, arrays: Mapping[str, np.ndarray]) -> None:
        """See `Kept`."""
        total, n_samples = arrays["total"], int(arrays["n_samples"])
        if (
            not 0 <= n_samples <= N_SAMPLES
            or total.shape != self.total.shape
            or total.dtype != np.int64
            or (total < 0).any()
        ):
            raise ValueError("The samples are damaged.")
        self.total, self.n_samples = total.astype(np.float64), n_samples


def is_sample(iteration: int, n_iterations: int) -> bool:
    """Return whether the state after a sweep is one of those whose mean is the model."""
    from_end = n_iterations - iteration
    samples_from = max(n_iterations - N_SAMPLES * SAMPLE_INTERVAL, n_iterations // 2)
    return from_end == 0 or (iteration > samples_from and from_end % SAMPLE_INTERVAL == 0)
