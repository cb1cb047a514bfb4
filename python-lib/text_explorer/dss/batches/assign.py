"""Assign the topics of a model to a batch of rows."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd

from text_explorer.columns import Column
from text_explorer.corpus.embeddings.parsing import source_column_of
from text_explorer.corpus.language.document_languages import TextLanguages
from text_explorer.corpus.words.languages import AUTO
from text_explorer.dss.batches.assign_meaning import MeaningCounts
from text_explorer.dss.batches.texts import moved_by_hand, texts_in_languages
from text_explorer.dss.forms.assign import AssignSettings
from text_explorer.topics import columns
from text_explorer.topics.assignment.assigned_columns import assigned_columns, unknown_word_shares
from text_explorer.topics.assignment.columns import ASSIGNED_TOPICS
from text_explorer.topics.assignment.scoring import score_documents
from text_explorer.topics.describing.document_topics import share_columns
from text_explorer.topics.describing.scored_by import with_scored_by
from text_explorer.topics.edits.edit_log import TopicEdits
from text_explorer.topics.edits.moves import id_columns
from text_explorer.topics.models.gsdmm import meaning_of
from text_explorer.topics.storage.stored_model import StoredTopics
from text_explorer.topics.storage.training_profile import ProfileCounter


class AssignedCounts:
    """What the log and the drift need of rows: their languages, the model's own topics in them, their statuses."""

    def __init__(self, topics: StoredTopics, settings: AssignSettings):
        self.languages = document_languages(topics, settings)
        self.profile = ProfileCounter(topics.n_topics)
        self.n_statuses: Counter[str] = Counter()
        self.meaning = MeaningCounts(topics, settings.embedding_column)

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return sum(self.n_statuses.values())

    def merge(self, other: AssignedCounts) -> None:
        """Add the counts of other rows."""
        self.languages.merge(other.languages)
        self.profile.merge(other.profile)
        self.n_statuses += other.n_statuses
        self.meaning.merge(other.meaning)


def added_columns(topics: StoredTopics, settings: AssignSettings) -> list[Column]:
    """Return the columns that each row gets."""
    by_meaning = [] if meaning_of(topics.model) is None else columns.MEANING
    shares = columns.share_columns(topics.n_topics) if settings.share_columns else []
    return [*ASSIGNED_TOPICS, *by_meaning, *shares]


def columns_read(edits: TopicEdits, settings: AssignSettings) -> list[str]:
    """Return the columns of a batch that are read; those of models and of moved documents may be missing."""
    embeddings = settings.embedding_column
    sources = None if embeddings is None else source_column_of(embeddings)
    own = [settings.text_column, settings.language_column, embeddings, sources]
    given = [*own, *(id_columns(edits.moves) if edits.moves else ())]
    return list(dict.fromkeys(filter(None, given)))


def assign_batch(
    chunk: pd.DataFrame, topics: StoredTopics, edits: TopicEdits, settings: AssignSettings, counts: AssignedCounts
) -> pd.DataFrame:
    """Return the `added_columns` of a batch of rows, and count the rows."""
    texts = list(texts_in_languages(chunk, settings, counts.languages))
    scored = score_documents(texts, topics, counts.meaning.embeddings_of(chunk))
    n_words, n_known = scored.n_words, scored.n_known_words
    counts.profile.add(scored.doc_topic_distr, n_words.sum(), (n_words - n_known).sum())
    is_empty = np.array([document.text is None for document in texts], dtype=np.bool_)
    unknown = unknown_word_shares(n_words, n_known)
    moved = moved_by_hand(chunk, settings.text_column, edits.moves)
    added = assigned_columns(
        is_empty, scored.doc_topic_distr, unknown, edits, settings.threshold, scored.bags, moved
    )  # fmt: skip
    if counts.meaning.has_meaning:
        counts.meaning.fit.add(topics.model, scored.bags)
        added = with_scored_by(added, scored.bags)
    counts.n_statuses.update(added[columns.TOPIC_STATUS])
    return pd.concat([added, share_columns(scored.doc_topic_distr)], axis=1) if settings.share_columns else added


def document_languages(topics: StoredTopics, settings: AssignSettings) -> TextLanguages:
    """Return the language of each text, or its detector; 'Automatic' reads a text as it was read at training."""
    automatic = settings.language == AUTO
    return TextLanguages(
        topics.main_language if automatic else settings.language, detect=automatic and topics.detects_languages,
        placeholders_as_empty=topics.placeholders_as_empty,
    )  # fmt: skip
