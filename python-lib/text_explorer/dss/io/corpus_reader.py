"""Build the corpus of a dataset, the same for any order of its rows, for the recipes that fit topic models."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Callable, Optional

import numpy as np
import pandas as pd

from text_explorer.cells import text_key, text_of
from text_explorer.corpus.document_term_matrix import AnyCorpus, Corpus, build_corpus
from text_explorer.corpus.embeddings.parsing import EmbeddingCollector, embedding_key
from text_explorer.corpus.language.document_languages import DocumentText, TextLanguages
from text_explorer.corpus.statistics import CorpusStatistics
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.dss.batches.embedding_cells import columns_of_embeddings, sources_of
from text_explorer.dss.batches.texts import text_columns, texts_in_languages
from text_explorer.dss.forms.shared import TEXT_COLUMN, CorpusSettings
from text_explorer.dss.io.datasets import InputDataset
from text_explorer.dss.io.embedding_reader import document_vectors
from text_explorer.dss.io.empty_vocabulary import EmptyVocabulary, TextSample
from text_explorer.dss.io.text_reader import text_languages, without_repeated_lines
from text_explorer.errors import DataError

ReadCell = Callable[[Any], Optional[str]]


@dataclass(frozen=True)
class DatasetCorpus:
    """The texts of a dataset as a corpus of one document for each row.

    Documents are sorted by the hashes of their texts, not by row: topic models depend on the order of documents, and
    DSS does not guarantee the same order of rows for two reads. `text_keys` are these hashes, int64 of shape (n_rows,),
    0 for an empty text. They include the cells of `key_columns`: equal texts in other languages, or with other
    embeddings, have topics of their own. Where the documents are on other machines, there are an outline and no hashes.
    """

    corpus: AnyCorpus
    text_keys: np.ndarray
    preparation: Preparation
    statistics: CorpusStatistics
    languages: TextLanguages
    key_columns: Mapping[str, ReadCell] = field(default_factory=dict)
    embedding_column: Optional[str] = None

    @property
    def held(self) -> Corpus:
        """The corpus, whose documents must be on this machine."""
        if not isinstance(self.corpus, Corpus):
            raise TypeError("The documents are on other machines.")
        return self.corpus

    def by_text(self) -> DatasetCorpus:
        """Return the documents sorted by the hashes of their texts."""
        order = np.argsort(self.text_keys, kind="stable")
        return replace(self, corpus=self.held.take(order), text_keys=self.text_keys[order])

    def checked(self, dataset: str, settings: CorpusSettings, sample: Callable[[], TextSample]) -> DatasetCorpus:
        """Return the corpus, after the log of its languages; raise ``DataError`` without rows, or without a term."""
        self.languages.log()
        if self.corpus.n_docs == 0:
            raise DataError(
                f"The dataset {dataset} has no rows, so there is nothing to find topics in. Build it first, or select "
                "another dataset or partition."
            )
        if self.corpus.n_terms == 0:
            empty = EmptyVocabulary(
                settings.text_column, TEXT_COLUMN.label, self.preparation, self.languages.most_frequent(),
                self.statistics, sample(), n_listed_words=len(settings.preparation.extra_stop_words),
            )  # fmt: skip
            raise DataError(empty.sentence())
        return self

    def rows_of(self, texts: Sequence[Optional[str]], chunk: pd.DataFrame) -> np.ndarray:
        """Return the rows of some texts in the corpus, found by their hashes.

        Raises
        ------
        DataError
            If a text was not in the dataset when the corpus was read.
        """
        beside = (map(read, chunk[column]) for column, read in self.key_columns.items())
        keys = np.fromiter(map(text_key, texts, *beside), dtype=np.int64, count=len(texts))
        positions = np.minimum(np.searchsorted(self.text_keys, keys), len(self.text_keys) - 1)
        if not np.array_equal(self.text_keys[positions], keys):
            raise DataError("The documents changed while the recipe ran. Run it again.")
        return positions


def read_stop_words(names: list[str]) -> list[str]:
    """Read the first column of the stop word dataset, if there is one."""
    if not names:
        return []
    dataset = InputDataset(names[0])
    return [text for text in dataset.texts(dataset.columns[0]) if text is not None]


def read_corpus(
    documents: InputDataset,
    stop_words: Sequence[str],
    settings: CorpusSettings,
    embedding_column: Optional[str] = None,
) -> DatasetCorpus:
    """Read the texts, once more before for repeated lines, and build their corpus, with embeddings from their column.

    Raises
    ------
    DataError
        Without rows, if no text has a term, or if the column of embeddings has none.
    """
    settings = without_repeated_lines(documents, settings)
    preparation = replace(settings.preparation, extra_stop_words=(*settings.preparation.extra_stop_words, *stop_words))
    languages = text_languages(documents, settings)
    keys, sample, embeddings = array("q"), TextSample(), EmbeddingCollector()
    wanted = key_columns_of(documents, settings, embedding_column)
    columns = [settings.text_column, *wanted, *columns_of_embeddings(embedding_column, documents.columns)]

    def keyed_texts() -> Iterator[DocumentText]:
        for chunk in documents.chunks(list(dict.fromkeys(columns))):
            beside = [map(read, chunk[column]) for column, read in wanted.items()]
            vectors = [None] * len(chunk) if embedding_column is None else chunk[embedding_column]
            texts, sources = texts_in_languages(chunk, settings, languages), sources_of(chunk, embedding_column)
            for document, vector, source, *cells in zip(texts, vectors, sources, *beside):
                keys.append(text_key(document.text, *cells))
                if embedding_column is not None:
                    embeddings.add(None if document.text is None else vector, source)
                sample.add(*document)
                yield document

    corpus, statistics = build_corpus(keyed_texts(), preparation)
    text_keys = np.frombuffer(keys, dtype=np.int64)
    read = DatasetCorpus(corpus, text_keys, preparation, statistics, languages, wanted, embedding_column)
    read = read.checked(documents.name, settings, lambda: sample)
    if embedding_column is not None:
        vectors = document_vectors(embeddings, embedding_column)
        read = replace(read, corpus=replace(read.held, vectors=vectors))
    return read.by_text()


def key_columns_of(
    documents: InputDataset, settings: CorpusSettings, embedding_column: Optional[str] = None
) -> dict[str, ReadCell]:
    """Return the columns read beside the texts, and how their cells are part of the keys; see `DatasetCorpus`."""
    types = {column["name"]: column["type"] for column in documents.schema}
    _, *beside = dict.fromkeys([*text_columns(settings), *filter(None, [embedding_column])])
    return {name: embedding_key if types[name] == "array" else text_of for name in beside}
