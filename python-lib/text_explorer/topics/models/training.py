"""Choose an engine, train its model and number the topics by prevalence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Callable, NamedTuple, Optional, Protocol

import numpy as np

from text_explorer.corpus.document_term_matrix import AnyCorpus, Corpus
from text_explorer.errors import DataError
from text_explorer.topics.models.documents import documents_of
from text_explorer.topics.models.elsewhere import Elsewhere
from text_explorer.topics.models.engines import AUTO, ENGINES, GIBBS_LDA, GSDMM, VARIATIONAL_LDA
from text_explorer.topics.models.gibbs_lda import GibbsLdaModel, fit_gibbs_lda
from text_explorer.topics.models.gsdmm import GsdmmModel, fit_gsdmm
from text_explorer.topics.models.inference import Inference
from text_explorer.topics.models.progress import Progress
from text_explorer.topics.models.variational_lda import VariationalLdaModel, fit_variational_lda

SHARES_HELD = 4_000_000
"""Topic proportions in memory at once, 32 MB."""

_WORD_UNITS = 2**20
"""Words of a topic are summed as whole multiples of its inverse, so that the order of documents does not show."""


class TopicModel(Protocol):
    """Interface of the models of all engines."""

    engine: str

    @property
    def first_topics(self) -> np.ndarray:
        """int64 array of shape (n_topics,): index of each topic of a fitted model when training began."""

    @property
    def topic_term_distr(self) -> np.ndarray:
        """float64 array of shape (n_topics, n_terms); rows sum to one."""

    @property
    def inference(self) -> Inference:
        """What infers documents as the model does, and all that must be sent to where documents are."""

    def transform(self, corpus: Corpus, *, n_workers: Optional[int] = None) -> np.ndarray:
        """Infer the document-topic distribution of documents, new or not; the same text always has the same row."""

    @property
    def topic_term_counts(self) -> np.ndarray:
        """Array of shape (n_topics, n_terms): occurrences of each term in each topic, priors of single terms included.

        Those of a retired topic are its last ones, for its name alone.
        """

    @property
    def in_use(self) -> np.ndarray:
        """Bool array of shape (n_topics,): False for retired topics, which have a proportion of 0 in all documents."""

    def reordered(self, order: np.ndarray, retired: Optional[np.ndarray] = None) -> TopicModel:
        """Return the same model with topic ``order[i]`` as topic ``i``.

        Where the order is -1, topic ``i`` is retired, with the counts of row ``i`` of `retired`.
        """

    def arrays(self) -> dict[str, np.ndarray]:
        """Return what is needed to rebuild the model by the class' `from_arrays`."""


@dataclass(frozen=True)
class EngineSettings:
    """Settings of training; None leaves a value to the engine."""

    engine: str = AUTO  # ``auto``, ``gsdmm``, ``lda_gibbs`` or ``lda_gensim``
    n_topics: int = 20  # number of topics of LDA, largest number of topics of GSDMM
    n_iterations: Optional[int] = None  # sweeps of GSDMM and of Gibbs sampling, passes of gensim's LDA
    alpha: Optional[float] = None
    beta: Optional[float] = None
    seed: int = 0
    most_kappa: Optional[float] = None  # weight of the vectors of the documents, for GSDMM; see `fit_gsdmm`
    n_processes: int = 1  # processes of gensim's LDA; from 2 on, two runs differ
    sweeps_between_sums: Optional[int] = None  # of Gibbs sampling of LDA in parts; see `fit_gibbs_lda`
    n_workers: Optional[int] = None  # threads of Gibbs sampling, which do not change the result


@dataclass(frozen=True)
class TrainedTopics:
    """A model whose topics are numbered, by falling prevalence or as before, with the corpus it was trained on."""

    model: TopicModel
    corpus: AnyCorpus
    engine_reason: str  # reason for this engine, in a sentence
    # int64 of shape (n_topics,): index of each topic when training began, to which seeds refer; -1 of retired ones
    first_topics: np.ndarray

    def final_ids(self, first_topics: Iterable[int]) -> list[int]:
        """Return the final ids of topics by their indices when training began; -1 for one that lost all documents."""
        ids = {first: final for final, first in enumerate(self.first_topics.tolist())}
        return [ids.get(first, -1) for first in first_topics]


Numbering = Callable[[TopicModel, np.ndarray], tuple[np.ndarray, np.ndarray]]
"""Takes a fitted model and its topics by falling prevalence; returns the order and the retired topics' counts, see
`TopicModel.reordered`."""


def train(
    corpus: AnyCorpus,
    settings: EngineSettings,
    *,
    seed_counts: Optional[np.ndarray] = None,
    elsewhere: Optional[Elsewhere] = None,
    first_topics: Optional[np.ndarray] = None,
    numbering: Optional[Numbering] = None,
    progress: Optional[Progress] = None,
    engine_reason: str = "Selected in the settings.",
) -> TrainedTopics:
    """Train a topic model and number its topics.

    Parameters
    ----------
    settings
        Of an engine; for *Automatic*, choose one first (`model_selection.engine_choice`), with `engine_reason`.
    seed_counts
        Optional int array of shape (n_topics, n_terms): pseudo-counts of each term in each topic, which attract the
        topic to the term.
    elsewhere
        Who works on this corpus elsewhere, where it may be an outline; not for gensim's LDA.
    first_topics
        Optional int64 array of shape (n_docs,): topic in which each document starts. By default documents with seeds
        start in their topic, the others anywhere.
    numbering
        Numbers the topics in another way than by falling prevalence.
    progress
        Gets a report after each iteration.

    Raises
    ------
    DataError
        Where the corpus is too small for the settings.
    """
    check_corpus(corpus)
    _check_size(corpus, settings)
    model = fit_model(
        corpus, settings, seed_counts=seed_counts, first_topics=first_topics, elsewhere=elsewhere, progress=progress
    )
    count = CountPrevalence(model.inference, len(model.in_use))
    documents = elsewhere.documents if elsewhere is not None else None
    prevalence = (documents or documents_of(corpus)).count(count, shares_at_once(model))
    order, retired = prevalence.order(), None
    if numbering is not None:
        order, retired = numbering(model, order)
    first = np.where(order >= 0, model.first_topics[order], -1)
    return TrainedTopics(model.reordered(order, retired), corpus, engine_reason, first)


class _Method(NamedTuple):
    """How an engine makes its models: `fit` takes the corpus, the number of topics, and settings by their names."""

    fit: Callable[..., TopicModel]
    from_arrays: Callable[[dict[str, np.ndarray]], TopicModel]
    settings: tuple[str, ...] = ()


_METHODS = {
    GSDMM.id: _Method(fit_gsdmm, GsdmmModel.from_arrays, ("n_workers", "most_kappa")),
    GIBBS_LDA.id: _Method(fit_gibbs_lda, GibbsLdaModel.from_arrays, ("n_workers", "sweeps_between_sums")),
    VARIATIONAL_LDA.id: _Method(fit_variational_lda, VariationalLdaModel.from_arrays, ("n_processes",)),
}


def fit_model(
    corpus: AnyCorpus,
    settings: EngineSettings,
    *,
    seed_counts: Optional[np.ndarray] = None,
    elsewhere: Optional[Elsewhere] = None,
    first_topics: Optional[np.ndarray] = None,
    progress: Optional[Progress] = None,
) -> TopicModel:
    """Fit the model of an engine, topics in no particular order; see `train` for the parameters."""
    method = _METHODS[settings.engine]
    given = {name: getattr(settings, name) for name in ("alpha", "beta", "n_iterations", *method.settings)}
    options = {name: value for name, value in (*given.items(), ("elsewhere", elsewhere)) if value is not None}
    return method.fit(
        corpus, settings.n_topics, seed=settings.seed, seed_counts=seed_counts, first_topics=first_topics,
        progress=progress, **options,
    )  # fmt: skip


def model_from_arrays(engine: str, arrays: dict[str, np.ndarray]) -> TopicModel:
    """Build the model of an engine from its arrays, see `TopicModel.arrays`."""
    return _METHODS[engine].from_arrays(arrays)


def check_corpus(corpus: AnyCorpus) -> None:
    """Raise ``DataError``, with advice for the user, where no document has a word."""
    if corpus.n_words == 0:
        raise DataError(
            f"None of the {corpus.n_docs:,} documents has a word left after stop words, short words, rare words and "
            "words of too many documents are taken out. Select the right text column and language, lower 'Minimum "
            "documents per term' or raise 'Maximum share of documents per term'."
        )


def _check_size(corpus: AnyCorpus, settings: EngineSettings) -> None:
    n_known = corpus.lengths.n_with_words
    if not ENGINES[settings.engine].one_topic_per_document and n_known < settings.n_topics:
        fewer = f"Set it to at most {n_known:,}, or select the" if n_known > 1 else "Select the"
        raise DataError(
            f"'Number of topics' is {settings.n_topics}, but documents that contain a known word: {n_known:,}. {fewer} "
            f"method {GSDMM.label}, for which the number is an upper limit."
        )


def best_topics(doc_topic_distr: np.ndarray) -> np.ndarray:
    """Return the topic of the largest proportion of each document, the lower id at a tie; -1 without a topic."""
    known = ~np.isnan(doc_topic_distr[:, 0])
    return np.where(known, np.nan_to_num(doc_topic_distr).argmax(axis=1), -1)


def shares_at_once(model: TopicModel) -> int:
    """Return for how many documents all topic proportions may be in memory."""
    return max(SHARES_HELD // len(model.in_use), 1)


def infer_batches(
    model: TopicModel, corpus: Corpus, *, n_workers: Optional[int] = None
) -> Iterator[tuple[Corpus, np.ndarray]]:
    """Yield all documents in batches with their document-topic distribution, in bounded memory."""
    for part in corpus.batches(shares_at_once(model)):
        yield part, model.transform(part, n_workers=n_workers)


class PrevalenceCounts:
    """Documents whose main topic is each topic, and words of each topic; such counts can be added in any order."""

    def __init__(self, n_topics: int):
        self._n_documents = np.zeros(n_topics, dtype=np.int64)
        self._word_units = np.zeros(n_topics, dtype=np.int64)

    def add(self, doc_topic_distr: np.ndarray, doc_lengths: np.ndarray) -> None:
        """Count some documents."""
        best = best_topics(doc_topic_distr)
        self._n_documents += np.bincount(best[best >= 0], minlength=len(self._n_documents))
        words = np.nan_to_num(doc_topic_distr) * doc_lengths[:, None]
        self._word_units += np.rint(words * _WORD_UNITS).astype(np.int64).sum(axis=0)

    def merge(self, other: PrevalenceCounts) -> None:
        """Add the counts of other documents."""
        self._n_documents += other._n_documents
        self._word_units += other._word_units

    def order(self) -> np.ndarray:
        """Return the topics by falling number of documents, then by falling number of words."""
        return np.lexsort((np.arange(len(self._n_documents)), -self._word_units, -self._n_documents))


@dataclass(frozen=True)
class CountPrevalence:
    """Counts the topics of documents to number them."""

    inference: Inference
    n_topics: int

    def __call__(self, part: Corpus) -> PrevalenceCounts:
        """Infer the topics of some documents, and count them."""
        counts = PrevalenceCounts(self.n_topics)
        counts.add(self.inference.transform(part), part.doc_lengths)
        return counts
