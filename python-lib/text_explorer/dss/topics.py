"""The DSS side of 'Discover topics': stream documents in and learn their topics.

Documents are read twice: once for the words of the text column, once more to write every row with its topic (see
`topics_outputs`). DSS does not promise the same order of rows for two reads, so a row finds its topic by its text,
which it must share with any row of the same text anyway.
"""

from __future__ import annotations

import hashlib
import logging
import time
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Optional

import numpy as np

from text_explorer.corpus.bag_of_words import Corpus, build_corpus
from text_explorer.corpus.preparation import Preparation
from text_explorer.corpus.statistics import CorpusStatistics
from text_explorer.corpus.text_languages import DocumentText, TextLanguages
from text_explorer.dss.datasets import InputDataset
from text_explorer.dss.language import text_columns, text_languages, texts_in_languages
from text_explorer.dss.seed_terms import SeedsOfCorpus
from text_explorer.dss.topics_settings import TopicsSettings
from text_explorer.errors import DataError
from text_explorer.topics.describe import TopicDescription, describe_topics
from text_explorer.topics.engines import TrainedTopics, check_corpus, train
from text_explorer.topics.seed_report import SeedReport
from text_explorer.topics.seeds import SeededTopic

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class DiscoveredTopics:
    """Trained topics, and where each text of the dataset stands in them.

    Attributes
    ----------
    trained
        Model and corpus.
    description
        What is told of the topics.
    seeds
        What became of the seed terms.
    text_keys
        int64 array of shape (n_rows,): a hash of each row's text, 0 where there is none.
    preparation
        What became a term.
    statistics
        What was read and what was left out.
    languages
        In which languages the texts are.
    seconds
        Time of reading and training.
    """

    trained: TrainedTopics
    description: TopicDescription
    seeds: SeedReport
    text_keys: np.ndarray
    preparation: Preparation
    statistics: CorpusStatistics
    languages: TextLanguages
    seconds: float

    def documents_of(self, texts: list[Optional[str]], first_row: int) -> Corpus:
        """Find these texts in the corpus; they mostly stand at the same place.

        Raises
        ------
        DataError
            Where a text was not there when the topics were learnt.
        """
        keys = np.fromiter(map(text_key, texts), dtype=np.int64, count=len(texts))
        last_row = first_row + len(texts)
        if np.array_equal(keys, self.text_keys[first_row:last_row]):
            return self.trained.corpus.part(first_row, last_row)
        sorted_keys, rows = self._rows_by_key
        places = np.minimum(np.searchsorted(sorted_keys, keys), len(sorted_keys) - 1)
        if not np.array_equal(sorted_keys[places], keys):
            raise DataError("The documents changed while the recipe ran. Run it again.")
        return self.trained.corpus.take(rows[places])

    @cached_property
    def _rows_by_key(self) -> tuple[np.ndarray, np.ndarray]:
        return np.unique(self.text_keys, return_index=True)


def text_key(text: Optional[str]) -> int:
    """Give a 63-bit hash of a text, the same in every process; 0 for no text."""
    if text is None:
        return 0
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def read_stop_words(names: list[str]) -> list[str]:
    """Read the first column of the stop word dataset, where one is given."""
    if not names:
        return []
    dataset = InputDataset(names[0])
    return [text for text in dataset.texts(dataset.columns[0]) if text is not None]


def discover_topics(
    documents: InputDataset, stop_words: list[str], seeded: tuple[SeededTopic, ...], settings: TopicsSettings
) -> DiscoveredTopics:
    """Read the texts and learn their topics.

    Raises
    ------
    DataError
        Where the dataset has no row, or no text with a known word.
    """
    started = time.monotonic()
    preparation = replace(settings.preparation, extra_stop_words=(*settings.preparation.extra_stop_words, *stop_words))
    languages = text_languages(documents, settings)
    text_keys = array("q")

    def keyed_texts() -> Iterator[DocumentText]:
        for chunk in documents.chunks(text_columns(settings)):
            for document in texts_in_languages(chunk, settings, languages):
                text_keys.append(text_key(document.text))
                yield document

    corpus, statistics = build_corpus(keyed_texts(), preparation)
    languages.log()
    if corpus.n_docs == 0:
        raise DataError(f"The dataset {documents.name} has no rows, so there is nothing to find topics in.")
    check_corpus(corpus)
    seeds = SeedsOfCorpus.of(
        seeded, corpus, preparation, languages=list(languages.as_dict()["n_texts"]), n_topics=settings.n_topics,
        strength=settings.seed_strength,
    )  # fmt: skip
    trained = train(corpus, settings.for_engine(), seed_counts=seeds.counts)
    logger.info("engine %s. %s", trained.model.engine, trained.engine_reason)
    _warn_of_unknown_rows(corpus)
    seconds = time.monotonic() - started
    report = seeds.report(trained)
    description = describe_topics(trained, rename=report.labels)
    _log_quality(description)
    keys = np.frombuffer(text_keys, dtype=np.int64)
    return DiscoveredTopics(trained, description, report, keys, preparation, statistics, languages, seconds)


def _warn_of_unknown_rows(corpus: Corpus) -> None:
    n_unknown = corpus.n_docs - int(np.count_nonzero(corpus.doc_lengths))
    if n_unknown:
        logger.warning(
            "%s of %s rows have no known word and get no topic; the column topic_status says whether their text is "
            "empty. Where it is not, a lower 'Minimum documents per term' may help.",
            f"{n_unknown:,}", f"{corpus.n_docs:,}",
        )  # fmt: skip


def _log_quality(description: TopicDescription) -> None:
    quality = description.quality()
    logger.info(
        "topics: %s; coherence NPMI %s, C_v %s; diversity %s; stress of the map %.3f",
        len(description.labels), *(_shown(quality[name]) for name in ("coherence_npmi", "coherence_cv", "diversity")),
        quality["map_stress"],
    )  # fmt: skip
    for topic_id, (label, reasons) in enumerate(zip(description.labels, description.junk)):
        if reasons:
            logger.warning("topic %s (%s) may be junk. %s", topic_id, label, " ".join(reasons))


def _shown(value: Optional[float]) -> str:
    return "n/a" if value is None else f"{value:.3f}"
