"""Write the topics of a batch of rows, and count what describes the topics: 'Discover topics'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Optional, Union

import numpy as np
import pandas as pd

from text_explorer.columns import Column
from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.corpus.language.document_languages import DocumentText, TextLanguages
from text_explorer.corpus.outline import DocumentLengths
from text_explorer.corpus.vocabulary import Vocabulary
from text_explorer.corpus.word_spans import word_spans
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.dss.batches.texts import moved_by_hand
from text_explorer.dss.forms.topics import TopicsSettings
from text_explorer.topics import columns
from text_explorer.topics.describing.document_topics import document_columns, main_topics, share_columns
from text_explorer.topics.describing.representative_documents import RepresentativeDocuments, Suitability
from text_explorer.topics.describing.scored_by import with_scored_by
from text_explorer.topics.edits.moves import MovedDocument
from text_explorer.topics.models.gsdmm import meaning_of
from text_explorer.topics.models.inference import Inference
from text_explorer.topics.models.kernels._parts_kernels import hash_documents
from text_explorer.topics.prevalence.files import PrevalenceOfTopics


@dataclass(frozen=True)
class TopicsOfRows:
    """What infers the topics of rows, and all else that rows with their topics depend on."""

    model: Inference
    vocabulary: Vocabulary
    preparation: Preparation
    languages: TextLanguages  # without counts
    labels: list[str]
    shown_terms: list[frozenset[int]]  # of each topic
    suitability: Suitability
    settings: TopicsSettings
    moves: Mapping[MovedDocument, int] = field(default_factory=dict)  # topic that documents were moved to by hand

    @property
    def added_columns(self) -> list[Column]:
        """Columns that each row gets."""
        by_meaning = [] if meaning_of(self.model) is None else columns.MEANING
        shares = columns.share_columns(len(self.labels)) if self.settings.share_columns else []
        return [*columns.DOCUMENT_TOPICS, *by_meaning, *shares]

    def term_places(self, text: str) -> list[tuple[int, int, int]]:
        """Return start, end and id of the terms in a text."""
        document = DocumentText(text, self.languages.language_of(text))
        found = word_spans(document, self.vocabulary, self.preparation)
        return list(zip(found.starts.tolist(), found.ends.tolist(), found.term_ids.tolist()))


@dataclass
class DocumentSums:
    """How many documents have which length, and the sum of the hashes of their words: the same in any order."""

    lengths: DocumentLengths
    hashes: int  # modulo 2^64

    @classmethod
    def none(cls) -> DocumentSums:
        """Return the sums of no document."""
        return cls(DocumentLengths.of(np.zeros(0, dtype=np.int64)), 0)

    @classmethod
    def of(cls, part: Corpus) -> DocumentSums:
        """Count some documents."""
        hashes = np.empty(part.n_docs, dtype=np.uint64)
        hash_documents(part.indptr, part.indices, part.data, hashes)
        return cls(DocumentLengths.of(part.doc_lengths), int(hashes.sum(dtype=np.uint64)))

    def merge(self, other: DocumentSums) -> None:
        """Add other documents."""
        self.lengths = self.lengths.plus(other.lengths)
        self.hashes = (self.hashes + other.hashes) % 2**64

    def equals(self, other: DocumentSums) -> bool:
        """Return whether the documents are the same."""
        mine, others = self.lengths, other.lengths
        return (
            self.hashes == other.hashes
            and np.array_equal(mine.lengths, others.lengths)
            and np.array_equal(mine.n_documents, others.n_documents)
        )


@dataclass(frozen=True)
class TopicRowCounts:
    """What is counted of rows: representative documents, and topics by period and group."""

    examples: RepresentativeDocuments
    prevalence: PrevalenceOfTopics
    read: DocumentSums  # of the rows that were read once more

    @classmethod
    def new(cls, topics: TopicsOfRows) -> TopicRowCounts:
        """Return the counts of no row."""
        n_topics, settings = len(topics.labels), topics.settings
        return cls(
            RepresentativeDocuments(n_topics, topics.shown_terms, topics.term_places),
            PrevalenceOfTopics(n_topics, settings.date_column, settings.group_columns),
            DocumentSums.none(),
        )

    @property
    def n_rows(self) -> int:
        """Number of the rows that were read once more."""
        return int(self.read.lengths.n_documents.sum())

    def merge(self, other: TopicRowCounts) -> None:
        """Add the counts of other rows."""
        self.examples.merge(other.examples)
        self.prevalence.merge(other.prevalence)
        self.read.merge(other.read)

    def cut(self) -> TopicRowCounts:
        """Return the same counts without texts and model, to be sent and merged."""
        return replace(self, examples=self.examples.cut())


def topics_batch(
    chunk: pd.DataFrame,
    keys: Sequence[Union[str, int, None]],
    texts: Sequence[Optional[str]],
    scored: tuple[Corpus, np.ndarray],
    topics: TopicsOfRows,
    counts: TopicRowCounts,
) -> pd.DataFrame:
    """Return the added columns of a batch of rows, and count the rows.

    `keys` name the rows, `scored` are their documents with the document-topic distribution.
    """
    part, shares = scored
    by_hand = moved_by_hand(chunk, topics.settings.text_column, topics.moves)
    shown = np.where(by_hand[:, None] >= 0, np.nan, shares)  # one moved by hand is no example of any topic
    counts.examples.add(keys, texts, shown, topics.suitability.of(part, shares))
    best = main_topics(shares, by_hand)
    counts.prevalence.add(shares, best, chunk)
    added = document_columns(texts, shares, topics.labels, best)
    if meaning_of(topics.model) is not None:
        added = with_scored_by(added, part)
    return pd.concat([added, share_columns(shares)], axis=1) if topics.settings.share_columns else added
