"""The DSS side of 'Discover topics': stream documents in, write topics out.

Documents are read twice: once for the words of the text column, once more to write every row with its topic. DSS does
not promise the same order of rows for two reads, so a row finds its topic by its text, which it must share with any
row of the same text anyway.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Optional

import dataiku
import numpy as np
import pandas as pd

from text_explorer.corpus.bag_of_words import build_corpus
from text_explorer.corpus.cells import text_of
from text_explorer.corpus.preparation import Preparation
from text_explorer.corpus.statistics import CorpusStatistics
from text_explorer.corpus.text_languages import DocumentText, TextLanguages
from text_explorer.corpus.vocabulary import automatic_min_documents
from text_explorer.dss.datasets import InputDataset, names_in_use, row_keys, write_rows
from text_explorer.dss.folders import replace_files
from text_explorer.dss.language import text_columns, text_languages, texts_in_languages
from text_explorer.dss.topics_settings import TopicsSettings
from text_explorer.errors import DataError
from text_explorer.topics import columns
from text_explorer.topics.describe import document_columns, term_scores, topics_table
from text_explorer.topics.engines import TrainedTopics, train
from text_explorer.topics.example_documents import ExampleDocuments, suitability
from text_explorer.topics.manifest import MANIFEST
from text_explorer.topics.model_folder import make_manifest, model_files
from text_explorer.topics.profile import profile_of
from text_explorer.topics.terms import label_topics, topic_terms_table

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class DiscoveredTopics:
    """Trained topics, and where each text of the dataset stands in them.

    Attributes
    ----------
    trained
        Model, corpus and shares.
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
    text_keys: np.ndarray
    preparation: Preparation
    statistics: CorpusStatistics
    languages: TextLanguages
    seconds: float

    @cached_property
    def labels(self) -> list[str]:
        """Labels of the topics."""
        return label_topics(self.scores, self.trained.corpus.vocabulary.terms)

    @cached_property
    def scores(self):
        """Scores of the terms of the topics, a `TermScores`."""
        return term_scores(self.trained)

    @cached_property
    def _rows_by_key(self) -> dict[int, int]:
        return {key: row for row, key in reversed(list(enumerate(self.text_keys.tolist())))}

    def rows_of(self, texts: list[Optional[str]], first_row: int) -> np.ndarray:
        """Find the rows of the corpus that hold these texts; mostly those at the same place.

        Raises
        ------
        DataError
            Where a text was not there when the topics were learnt.
        """
        keys = np.array([text_key(text) for text in texts], dtype=np.int64)
        rows = np.arange(first_row, first_row + len(texts))
        if np.array_equal(keys, self.text_keys[first_row : first_row + len(texts)]):
            return rows
        try:
            return np.array([self._rows_by_key[key] for key in keys.tolist()], dtype=np.int64)
        except KeyError as error:
            raise DataError("The documents changed while the recipe ran. Run it again.") from error


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


def discover_topics(documents: InputDataset, stop_words: list[str], settings: TopicsSettings) -> DiscoveredTopics:
    """Read the texts and learn their topics.

    Raises
    ------
    DataError
        Where the dataset has no row, or no text with a known word.
    """
    started = time.monotonic()
    preparation = replace(settings.preparation, extra_stop_words=(*settings.preparation.extra_stop_words, *stop_words))
    languages = text_languages(documents, settings)
    text_keys: list[int] = []

    def keyed_texts() -> Iterator[DocumentText]:
        for chunk in documents.chunks(text_columns(settings)):
            for document in texts_in_languages(chunk, settings, languages):
                text_keys.append(text_key(document.text))
                yield document

    corpus, statistics = build_corpus(keyed_texts(), preparation)
    languages.log()
    if corpus.n_docs == 0:
        raise DataError(f"The dataset {documents.name} has no rows, so there is nothing to find topics in.")
    trained = train(corpus, settings.for_engine())
    logger.info("engine %s. %s", trained.model.engine, trained.engine_reason)
    n_unknown = corpus.n_docs - int(np.count_nonzero(corpus.doc_lengths))
    if n_unknown:
        logger.warning("%s rows have no known word and get no topic; see the column topic_status", n_unknown)
    keys = np.array(text_keys, dtype=np.int64)
    return DiscoveredTopics(trained, keys, preparation, statistics, languages, time.monotonic() - started)


def write_document_topics(
    name: str, documents: InputDataset, topics: DiscoveredTopics, settings: TopicsSettings
) -> ExampleDocuments:
    """Write every row with its topic, and gather examples of the topics on the way."""
    in_use = document_topics_names(documents)
    schema = [*documents.schema, *({**column, "name": in_use[column["name"]]} for column in columns.DOCUMENT_TOPICS)]
    examples = ExampleDocuments(len(topics.labels))
    trained = topics.trained
    suitable = suitability(trained.corpus, trained.doc_topic_distr, trained.model.topic_term_distr)

    def rows() -> Iterator[pd.DataFrame]:
        n_before = 0
        for chunk in documents.chunks():
            texts = [text_of(cell) for cell in chunk[settings.text_column]]
            corpus_rows = topics.rows_of(texts, n_before)
            shares = trained.doc_topic_distr[corpus_rows]
            examples.add(row_keys(chunk, settings.id_column, n_before), texts, shares, suitable[corpus_rows])
            added = document_columns(texts, shares, topics.labels).rename(columns=in_use)
            yield pd.concat([chunk.reset_index(drop=True), added], axis=1)
            n_before += len(chunk)

    n_rows = write_rows(name, schema, rows())
    logger.info("%s rows written with their topics", n_rows)
    return examples


def write_topics(names: dict[str, str], topics: DiscoveredTopics, examples: ExampleDocuments) -> None:
    """Write the datasets ``topics`` and ``topic_terms``, whose names are given by role."""
    table = topics_table(topics.trained, topics.scores, topics.labels, examples)
    write_rows(names["topics"], columns.TOPICS, [table])
    terms = topic_terms_table(topics.scores, topics.trained.corpus)
    write_rows(names["topic_terms"], columns.TOPIC_TERMS, [terms])


def write_model(name: str, documents: InputDataset, topics: DiscoveredTopics, settings: TopicsSettings) -> None:
    """Write the model folder; files of others in it stay."""
    preparation = topics.preparation
    facts: dict[str, Any] = {
        "language": topics.languages.most_frequent(),
        "languages": topics.languages.as_dict(),
        "settings": settings.as_dict(),
        "preparation": {
            **preparation.as_dict(),
            "min_documents": preparation.min_documents or automatic_min_documents(topics.trained.corpus.n_docs),
        },
        "corpus": topics.statistics.as_dict(),
        "seed": settings.seed,
        "documents": documents.name,
        "n_rows": topics.trained.corpus.n_docs,
        "columns": {"document_topics": document_topics_names(documents)},
        "training_profile": profile_of(
            topics.trained.doc_topic_distr, *topics.statistics.n_words_and_unknown
        ).as_dict(),
        "training_seconds": round(topics.seconds, 3),
    }
    manifest = make_manifest(topics.trained, labels=topics.labels, facts=facts)
    replace_files(dataiku.Folder(name), model_files(topics.trained, manifest), last=MANIFEST)


def document_topics_names(documents: InputDataset) -> dict[str, str]:
    """Give the names of the topic columns, with a suffix where the documents have a column of that name."""
    return names_in_use([column["name"] for column in columns.DOCUMENT_TOPICS], documents.columns)
