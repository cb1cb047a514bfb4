"""LDA by online variational Bayes, by gensim, reproducible for every run and chunk size.

References
----------
Matthew Hoffman, David Blei and Francis Bach (2010). Online learning for latent Dirichlet allocation. NIPS 23.
gensim's ``models.ldamodel``: https://radimrehurek.com/gensim/models/ldamodel.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Optional

import numpy as np
from scipy.special import digamma

from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.topics.models.engines import VARIATIONAL_LDA
from text_explorer.topics.models.inference import Inference, infer_documents, infer_in_use, padded, rows_in_order
from text_explorer.topics.models.kernels._variational_lda_kernels import infer
from text_explorer.topics.models.progress import Progress
from text_explorer.topics.models.seed_start import seeded_documents

DEFAULT_ALPHA = 0.1
DEFAULT_BETA = 0.01
"""Priors that suit many topics; 1/K, gensim's own, gives similar topics for short documents."""

PASSES_BY_SIZE = ((50_000, 5), (5_000, 10), (1_000, 20))
PASSES_BELOW = 50
"""One pass, gensim's default, does not converge: fewer documents need more passes."""

INFERENCE_ROUNDS, INFERENCE_THRESHOLD = 50, 0.001
"""gensim's own."""

SMALLEST_CHUNK, LARGEST_CHUNK = 250, 4_000
UPDATES_PER_PASS = 4
"""Documents between two updates of the topics: a quarter of the corpus within these bounds. Whole small corpora per
update keep three plain themes in 60 texts apart for 19 of 20 seeds (7 of 20 with quarters); quarters of 2,472 tweets
give NMI .72 after 20 passes, the whole .67; of 24 topics on 19,273 paragraphs of speeches 21 hold over 1 % of the
documents with chunks of 4,000, 18 with 2,000."""


class _BagsOfWords:
    """A corpus as gensim takes it: lists of (term id, count), built one document at a time."""

    def __init__(self, corpus: Corpus, documents: np.ndarray):
        self._corpus = corpus
        self._documents = documents

    def __len__(self) -> int:
        return len(self._documents)

    def __iter__(self) -> Iterator[list[tuple[int, int]]]:
        corpus = self._corpus
        for document in self._documents:
            entries = slice(corpus.indptr[document], corpus.indptr[document + 1])
            yield list(zip(corpus.indices[entries].tolist(), corpus.data[entries].tolist()))


class _WatchedPasses(_BagsOfWords):
    """The training corpus; gensim iterates over it once per pass."""

    def __init__(self, corpus: Corpus, documents: np.ndarray, n_passes: int, progress: Progress):
        super().__init__(corpus, documents)
        self._n_passes = n_passes
        self._progress = progress
        self._pass = 0

    def __iter__(self) -> Iterator[list[tuple[int, int]]]:
        self._pass += 1
        yield from super().__iter__()
        self._progress.report("LDA by gensim", self._pass, self._n_passes)


@dataclass(frozen=True)
class VariationalLdaModel:
    """The variational posterior of LDA's topics."""

    topic_term_pseudocounts: np.ndarray  # float64 of shape (n_topics, n_terms), lambda in the paper: prior and counts
    alpha: np.ndarray  # float64 of shape (n_topics,)

    engine = VARIATIONAL_LDA.id

    @property
    def topic_term_distr(self) -> np.ndarray:
        """float64 array of shape (n_topics, n_terms); rows sum to one."""
        return self.topic_term_pseudocounts / self.topic_term_pseudocounts.sum(axis=1, keepdims=True)

    @property
    def first_topics(self) -> np.ndarray:
        """The number each topic of a fitted model had when training began: LDA keeps all topics in their order."""
        return np.arange(len(self.alpha))

    @property
    def in_use(self) -> np.ndarray:
        """Bool array of shape (n_topics,): False for retired topics, whose alpha is 0."""
        return self.alpha > 0

    @property
    def inference(self) -> Inference:
        """See `TopicModel`."""
        return self

    @cached_property
    def _topics_in_use(self) -> VariationalLdaModel:
        return self.reordered(np.flatnonzero(self.in_use))

    @property
    def topic_term_counts(self) -> np.ndarray:
        """float64 array of shape (n_topics, n_terms): occurrences with the prior of each."""
        return self.topic_term_pseudocounts

    @cached_property
    def _term_weights(self) -> np.ndarray:
        """exp(E[log P(term | topic)]) with terms first, padded."""
        pseudocounts = self.topic_term_pseudocounts
        log_weights = digamma(pseudocounts) - digamma(pseudocounts.sum(axis=1, keepdims=True))
        return padded(np.exp(log_weights).T)

    def transform(self, corpus: Corpus, *, n_workers: Optional[int] = None) -> np.ndarray:
        """Infer the document-topic distribution: gensim's `inference`, from initial values of one; see `TopicModel`."""
        if not self.in_use.all():
            return infer_in_use(self.in_use, self._topics_in_use, corpus, n_workers)
        n_topics = len(self.alpha)
        term_weights, alpha = self._term_weights, padded(self.alpha)

        def infer_batch(offsets: np.ndarray) -> np.ndarray:
            gammas = np.empty((len(offsets) - 1, len(alpha)))
            infer(
                offsets, corpus.indices, corpus.data, term_weights, alpha, n_topics, INFERENCE_ROUNDS,
                INFERENCE_THRESHOLD, gammas,
            )  # fmt: skip
            return gammas

        return infer_documents(corpus, n_topics, infer_batch, n_workers)

    def reordered(self, order: np.ndarray, retired: Optional[np.ndarray] = None) -> VariationalLdaModel:
        """Return the same model with topic ``order[i]`` as topic ``i``; see `TopicModel`."""
        pseudocounts = rows_in_order(self.topic_term_pseudocounts, order, retired)
        pseudocounts[order < 0] += DEFAULT_BETA  # none may be 0
        return VariationalLdaModel(pseudocounts, rows_in_order(self.alpha, order))

    def arrays(self) -> dict[str, np.ndarray]:
        """Return what is needed to rebuild the model by `from_arrays`."""
        return {"topic_term_pseudocounts": self.topic_term_pseudocounts, "alpha": self.alpha}

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray]) -> VariationalLdaModel:
        """Build the model that `arrays` was taken from."""
        return cls(arrays["topic_term_pseudocounts"], arrays["alpha"])


def fit_variational_lda(
    corpus: Corpus,
    n_topics: int,
    *,
    n_iterations: int = 0,
    alpha: float = DEFAULT_ALPHA,
    beta: float = DEFAULT_BETA,
    seed: int = 0,
    seed_counts: Optional[np.ndarray] = None,
    first_topics: Optional[np.ndarray] = None,
    n_processes: int = 1,
    progress: Optional[Progress] = None,
) -> VariationalLdaModel:
    """Fit LDA by online variational Bayes; topics come in no particular order.

    Parameters
    ----------
    corpus
        At least one document with a term.
    n_topics
        Number of topics, exactly.
    n_iterations
        Passes over the corpus; 0 chooses by its size.
    alpha, beta
        Symmetric document-topic and topic-term prior.
    seed, seed_counts, first_topics, progress
        See `EngineSettings` and `train`.
    n_processes
        Processes that work on chunks of documents in parallel. From 2 on, results depend on the order in which they
        finish, so two runs differ.
    """
    # With scipy.stats, it doubles the time to import all this: only for this engine, and only to train.
    from gensim.models import LdaModel, LdaMulticore  # noqa: PLC0415

    known = np.flatnonzero(corpus.doc_lengths)
    # Rows are often sorted, for example by date; each chunk would then bias the topics towards its own dates.
    shuffled = np.random.default_rng(seed).permutation(known)
    n_passes = n_iterations or automatic_passes(len(known))
    documents = _WatchedPasses(corpus, shuffled, n_passes, progress or Progress())
    prior = np.full((n_topics, corpus.n_terms), beta)
    if seed_counts is not None:
        prior += seed_counts
    options: dict[str, Any] = {
        "num_topics": n_topics, "id2word": _ids(corpus.n_terms), "chunksize": chunk_documents(len(documents)),
        "passes": n_passes, "alpha": np.full(n_topics, alpha),
        "eta": prior, "eval_every": None, "dtype": np.float64,
        "random_state": seed,
    }  # fmt: skip
    model = LdaModel(**options) if n_processes == 1 else LdaMulticore(**options, workers=n_processes)
    if seed_counts is not None and seed_counts.any():
        # gensim starts without the prior, so the first words would be assigned at random, and their topics with them.
        model.state.sstats += seed_counts + _first_words(corpus, seed_counts, first_topics)
        model.sync_state()
    model.update(documents)
    return VariationalLdaModel(model.state.get_lambda().astype(np.float64), np.full(n_topics, alpha))


def _first_words(corpus: Corpus, seed_counts: np.ndarray, first_topics: Optional[np.ndarray]) -> np.ndarray:
    """Count the terms of the documents that start in each topic, int64 array of shape (n_topics, n_terms).

    Without first topics, these are the documents that seeds attract.
    """
    counts = np.zeros(seed_counts.shape, dtype=np.int64)
    if first_topics is None:
        documents, topics = seeded_documents(corpus, seed_counts)
    else:
        documents, topics = np.arange(corpus.n_docs), first_topics
    part = corpus.take(documents)
    np.add.at(counts, (np.repeat(topics, np.diff(part.indptr)), part.indices), part.data)
    return counts


def automatic_passes(n_docs: int) -> int:
    """Choose the number of passes by the number of documents."""
    return next((passes for size, passes in PASSES_BY_SIZE if n_docs >= size), PASSES_BELOW)


def chunk_documents(n_docs: int) -> int:
    """Choose the number of documents between two updates of the topics."""
    return min(max(n_docs // UPDATES_PER_PASS, SMALLEST_CHUNK), LARGEST_CHUNK)


def _ids(n_terms: int) -> dict[int, str]:
    """Return names of the ids, which gensim counts and never shows."""
    return {term_id: str(term_id) for term_id in range(n_terms)}
