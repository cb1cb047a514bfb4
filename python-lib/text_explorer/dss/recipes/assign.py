"""Run 'Assign topics': read a model folder and new documents, write the documents with their topics.

The documents are read once, chunk by chunk, and each chunk is written as soon as it is scored. The topic of a text
depends only on the text, its language and the model, never on partitions, chunks or the order of rows.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from typing import Optional

import dataiku
import pandas as pd

from text_explorer.columns import schema_of
from text_explorer.corpus.language.document_languages import TextLanguages
from text_explorer.corpus.words.languages import language_name
from text_explorer.dss.batches.assign import AssignedCounts, added_columns, assign_batch
from text_explorer.dss.forms.assign import AssignSettings
from text_explorer.dss.io.datasets import AddedColumns, InputDataset, write_rows
from text_explorer.dss.io.folders import read_file, read_log
from text_explorer.dss.io.text_reader import warn_of_useless_texts
from text_explorer.topics import columns
from text_explorer.topics.assignment.columns import DRIFT, STATUS_BELOW, STATUS_HIDDEN
from text_explorer.topics.assignment.drift import drift_sentences, drift_table
from text_explorer.topics.edits.edit_files import FOLDER, parse_file
from text_explorer.topics.edits.edit_log import TopicEdits, log_of_files, no_edits, resolve_edits
from text_explorer.topics.storage.stored_model import StoredTopics, read_stored_topics
from text_explorer.topics.storage.training_profile import TopicProfile

logger = logging.getLogger(__name__)

STATUSES = (
    columns.STATUS_OK, columns.STATUS_BY_MEANING, columns.STATUS_EMPTY, columns.STATUS_UNKNOWN, STATUS_BELOW,
    STATUS_HIDDEN,
)  # fmt: skip


def read_topics(
    name: str, settings: AssignSettings, files: Optional[dict[str, Optional[bytes]]] = None
) -> tuple[StoredTopics, TopicEdits]:
    """Read a model folder and, unless switched off, the edits of its topics; keep the model's `files` if requested."""
    folder = dataiku.Folder(name)

    def read(path: str) -> Optional[bytes]:
        content = read_file(folder, path)
        if files is not None:
            files[path] = content
        return content

    topics = read_stored_topics(read)
    logger.info(
        "model: %s topics by %s, %s terms", topics.n_topics, topics.model.engine, f"{len(topics.vocabulary.terms):,}"
    )
    if not settings.apply_edits:
        logger.info("edits of the topics are not applied: 'Apply webapp edits' is off")
        return topics, no_edits(topics.labels, topics.parents, topics.super_labels)
    written = (parse_file(path, content) for path, content in read_log(folder, FOLDER))
    log = log_of_files(written, topics.model_id, topics.former_models)
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
    output = AddedColumns(documents.schema, added_columns(topics, settings))
    counts = AssignedCounts(topics, settings)
    rows = (output.join(chunk, assign_batch(chunk, topics, edits, settings, counts)) for chunk in documents.chunks())
    write_rows(name, output.schema, rows)
    log_rows(documents.name, output, counts, settings, time.monotonic() - started)
    return counts.profile.profile()


def log_rows(
    documents: str, output: AddedColumns, counts: AssignedCounts, settings: AssignSettings, seconds: float
) -> None:
    """Log what was written of a dataset: columns, languages, statuses, and why rows have no topic."""
    renamed = {wanted: used for wanted, used in output.names.items() if wanted != used}
    if renamed:
        logger.info("columns renamed, since the documents have columns of these names: %s", renamed)
    counts.languages.log()
    counts.meaning.log()
    statuses = ", ".join(f"{status} {counts.n_statuses[status]:,}" for status in STATUSES if counts.n_statuses[status])
    logger.info("%s rows written in %.1f seconds: %s", f"{counts.n_rows:,}", seconds, statuses or "none")
    if counts.n_rows == 0:
        logger.warning("the dataset %s has no rows in what this run reads, so none were written", documents)
    _warn_of_unknown_rows(counts.n_statuses, counts.profile.profile(), settings.text_column, counts.languages)


def compare_with_training(topics: StoredTopics, edits: TopicEdits, profile: TopicProfile) -> pd.DataFrame:
    """Return the rows of the drift dataset, and log how the documents differ from those of training."""
    labels = edits.labels[: topics.n_topics]
    for sentence in drift_sentences(topics.profile, profile, labels):
        logger.info("%s", sentence)
    return drift_table(topics.profile, profile, labels)


def write_drift(name: str, drift: pd.DataFrame) -> None:
    """Write the drift dataset."""
    write_rows(name, schema_of(DRIFT), [drift])


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
