"""Run 'Assign topics': read a model folder and new documents, write the documents with their topics.

The documents are read once, chunk by chunk, and each chunk is written as soon as it is scored. The topic of a text
depends only on the text, its language and the model, never on partitions, chunks or the order of rows.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Optional

import dataiku
import numpy as np
import pandas as pd

from text_explorer.cells import text_of
from text_explorer.columns import schema_of
from text_explorer.corpus.language.document_languages import TextLanguages
from text_explorer.corpus.words.languages import AUTO, language_name
from text_explorer.dss.forms.assign import AssignSettings
from text_explorer.dss.io.datasets import AddedColumns, InputDataset, write_rows
from text_explorer.dss.io.folders import read_file, read_log
from text_explorer.dss.io.text_reader import texts_in_languages, warn_of_useless_texts
from text_explorer.dss.recipes.assign_meaning import MeaningOfRows
from text_explorer.topics import columns
from text_explorer.topics.assignment.assigned_columns import assigned_columns, unknown_word_shares
from text_explorer.topics.assignment.columns import ASSIGNED_TOPICS, DRIFT, STATUS_BELOW, STATUS_HIDDEN
from text_explorer.topics.assignment.drift import drift_sentences, drift_table
from text_explorer.topics.assignment.scoring import score_documents
from text_explorer.topics.describing.document_topics import share_columns
from text_explorer.topics.edits.edit_files import FOLDER, parse_file
from text_explorer.topics.edits.edit_log import TopicEdits, log_of_files, no_edits, resolve_edits
from text_explorer.topics.edits.moves import id_columns, moved_topics
from text_explorer.topics.storage.stored_model import StoredTopics, read_stored_topics
from text_explorer.topics.storage.training_profile import ProfileCounter, TopicProfile

logger = logging.getLogger(__name__)

STATUSES = (
    columns.STATUS_OK, columns.STATUS_BY_MEANING, columns.STATUS_EMPTY, columns.STATUS_UNKNOWN, STATUS_BELOW,
    STATUS_HIDDEN,
)  # fmt: skip


def read_topics(name: str, settings: AssignSettings) -> tuple[StoredTopics, TopicEdits]:
    """Read a model folder and, unless switched off, the edits of its topics."""
    folder = dataiku.Folder(name)
    topics = read_stored_topics(partial(read_file, folder))
    logger.info(
        "model: %s topics by %s, %s terms", topics.n_topics, topics.model.engine, f"{len(topics.vocabulary.terms):,}"
    )
    if not settings.apply_edits:
        logger.info("edits of the topics are not applied: 'Apply webapp edits' is off")
        return topics, no_edits(topics.labels, topics.parents, topics.super_labels)
    log = log_of_files((parse_file(path, content) for path, content in read_log(folder, FOLDER)), topics.model_id)
    edits = resolve_edits(log.edits, topics.labels, topics.parents, topics.super_labels)
    merged = sum(target != topic for topic, target in enumerate(edits.belongs_to[: topics.n_topics]))
    logger.info(
        "%s edits applied: %s topics renamed, %s merged into others, %s hidden, %s split, %s moved to another "
        "super-topic, %s super-topics renamed; %s documents moved by hand",
        len(log.edits), sum(map(str.__ne__, edits.labels, topics.labels)), merged, sum(edits.hidden),
        len(edits.splits), sum(map(int.__ne__, edits.super_topics, topics.parents)),
        sum(map(str.__ne__, edits.super_labels, topics.super_labels)), f"{len(edits.moves):,}",
    )  # fmt: skip
    for warning in edits.warnings:
        logger.warning("an edit is ignored. %s", warning)
    for file in log.others:
        logger.warning(
            "%s holds %s edits of another model's topics (%s; this one is %s), which are not applied: a new "
            "model has other topics", file.path, len(file.edits), file.model_id, topics.model_id,
        )  # fmt: skip
    return topics, edits


def write_assigned_topics(
    name: str, documents: InputDataset, topics: StoredTopics, edits: TopicEdits, settings: AssignSettings
) -> TopicProfile:
    """Write every row with its topic; return the model's own topics in these rows, to compare with the training's."""
    started = time.monotonic()
    meaning = MeaningOfRows.of(topics, settings.embedding_column)
    shares_added = columns.share_columns(topics.n_topics) if settings.share_columns else []
    added_columns = [*ASSIGNED_TOPICS, *meaning.columns, *shares_added]
    output = AddedColumns(documents.schema, added_columns)
    languages = document_languages(topics, settings)
    counter = ProfileCounter(topics.n_topics)
    n_statuses: Counter[str] = Counter()

    def rows() -> Iterator[pd.DataFrame]:
        for chunk in documents.chunks():
            texts = list(texts_in_languages(chunk, settings, languages))
            scored = score_documents(texts, topics, meaning.embeddings_of(chunk))
            n_words, n_known = scored.n_words, scored.n_known_words
            counter.add(scored.doc_topic_distr, n_words.sum(), (n_words - n_known).sum())
            is_empty = np.array([document.text is None for document in texts], dtype=np.bool_)
            unknown = unknown_word_shares(n_words, n_known)
            moved = _moved_by_hand(chunk, settings.text_column, edits)
            added = assigned_columns(
                is_empty, scored.doc_topic_distr, unknown, edits, settings.threshold, scored.bags, moved
            )
            added = meaning.added_to(added, scored.bags)
            n_statuses.update(added[columns.TOPIC_STATUS])
            if settings.share_columns:
                added = pd.concat([added, share_columns(scored.doc_topic_distr)], axis=1)
            yield output.join(chunk, added)

    n_rows = write_rows(name, output.schema, rows())
    renamed = {wanted: used for wanted, used in output.names.items() if wanted != used}
    if renamed:
        logger.info("columns renamed, since the documents have columns of these names: %s", renamed)
    languages.log()
    meaning.log()
    _log_rows(documents, n_rows, n_statuses, time.monotonic() - started)
    profile = counter.profile()
    _warn_of_unknown_rows(n_statuses, profile, settings.text_column, languages)
    return profile


def _moved_by_hand(chunk: pd.DataFrame, text_column: str, edits: TopicEdits) -> Optional[list[int]]:
    """Return the topic that each row was moved to by hand, -1 for the others; None where no document was moved."""
    if not edits.moves:
        return None
    texts = [text_of(cell) or "" for cell in chunk[text_column]]
    columns_of_ids = [name for name in id_columns(edits.moves) if name in chunk]
    return moved_topics(edits.moves, texts, {name: list(map(text_of, chunk[name])) for name in columns_of_ids})


def document_languages(topics: StoredTopics, settings: AssignSettings) -> TextLanguages:
    """Return the language of each text, or its detector; 'Automatic' reads a text as it was read at training."""
    automatic = settings.language == AUTO
    return TextLanguages(
        topics.main_language if automatic else settings.language, detect=automatic and topics.detects_languages,
        placeholders_as_empty=topics.placeholders_as_empty,
    )  # fmt: skip


def compare_with_training(topics: StoredTopics, edits: TopicEdits, profile: TopicProfile) -> pd.DataFrame:
    """Return the rows of the drift dataset, and log how the documents differ from those of training."""
    labels = edits.labels[: topics.n_topics]
    for sentence in drift_sentences(topics.profile, profile, labels):
        logger.info("%s", sentence)
    return drift_table(topics.profile, profile, labels)


def write_drift(name: str, drift: pd.DataFrame) -> None:
    """Write the drift dataset."""
    write_rows(name, schema_of(DRIFT), [drift])


def _log_rows(documents: InputDataset, n_rows: int, n_statuses: Counter[str], seconds: float) -> None:
    counts = ", ".join(f"{status} {n_statuses[status]:,}" for status in STATUSES if n_statuses[status])
    logger.info("%s rows written in %.1f seconds: %s", f"{n_rows:,}", seconds, counts or "none")
    if n_rows == 0:
        logger.warning("the dataset %s has no rows in what this run reads, so none were written", documents.name)


def _warn_of_unknown_rows(
    n_statuses: Counter[str], profile: TopicProfile, column: str, languages: TextLanguages
) -> None:
    """Log how many rows get no topic, and why: no text, no possible term, or only words unknown to the model."""
    n_rows, n_empty = sum(n_statuses.values()), n_statuses[columns.STATUS_EMPTY]
    n_unknown = n_statuses[columns.STATUS_UNKNOWN]
    if profile.n_words == 0:
        warn_of_useless_texts(n_rows, n_empty, n_unknown, column, languages)
        return
    if not n_unknown:
        return
    logger.warning(
        "%s of %s rows have no word of the model and get no topic; of the %s words in the column '%s', read as %s, the "
        "model lacks %s. Where they are many, check 'Text column' and 'Language', or train a new model on such texts",
        f"{n_unknown:,}", f"{n_rows:,}", f"{profile.n_words:,}", column, language_name(languages.most_frequent()),
        f"{profile.n_unknown_words:,}",
    )  # fmt: skip
