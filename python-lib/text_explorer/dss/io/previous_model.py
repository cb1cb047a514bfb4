"""Read the optional folder of a previous model, and find the documents that were moved to its topics by hand."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Optional

import dataiku
import numpy as np

from text_explorer.cells import text_of
from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.corpus.words.languages import language_name
from text_explorer.dss.batches.texts import moved_by_hand
from text_explorer.dss.forms import shared
from text_explorer.dss.forms.topics import PARAMS, TopicsSettings
from text_explorer.dss.io.corpus_reader import DatasetCorpus
from text_explorer.dss.io.datasets import InputDataset
from text_explorer.dss.io.folders import read_file, read_log
from text_explorer.errors import DataError, SettingsError
from text_explorer.topics.edits.edit_files import FOLDER, parse_file
from text_explorer.topics.edits.edit_log import edit_history, log_of_files, resolve_edits
from text_explorer.topics.edits.moves import MovedDocument, digest_of, id_columns
from text_explorer.topics.edits.splits import Split, follow_splits
from text_explorer.topics.models.engines import AUTO, ENGINE_CHOICES
from text_explorer.topics.previous.edited_topics import PreviousTopics
from text_explorer.topics.storage.stored_model import StoredTopics, read_stored_topics

logger = logging.getLogger(__name__)

_SAME_TERMS = ("normal_form", "phrases", "lower_case", "fold_accents")
"""Settings that decide how a term is written; with others, no word would be known again."""


def read_previous_model(names: list[str], settings: TopicsSettings) -> Optional[PreviousTopics]:
    """Read the previous model and its edits; None where no folder is set or nothing was written to it yet.

    Raises
    ------
    DataError
        Where the folder holds no complete model.
    SettingsError
        With every setting by which the models could not be compared.
    """
    if not names:
        return None
    folder = dataiku.Folder(names[0])
    if not folder.list_paths_in_partition():
        logger.info("the folder of the previous model is empty: the topics are trained without one")
        return None
    try:
        stored = read_stored_topics(partial(read_file, folder))
        log = log_of_files((parse_file(path, content) for path, content in read_log(folder, FOLDER)), stored.model_id)
    except DataError as fault:
        raise DataError(f"Previous model: {fault}") from fault
    faults = faults_of_settings(stored, settings)
    if faults:
        raise SettingsError(faults)
    edits = resolve_edits(log.edits, stored.labels, stored.parents, stored.super_labels)
    for warning in edits.warnings:
        logger.warning("an edit of the previous model is ignored. %s", warning)
    history = edit_history(log.edits, stored.n_topics, len(stored.super_labels))
    previous = PreviousTopics(stored, edits, history)
    logger.info(
        "previous model: %s topics by %s, %s edits, %s topics after them", previous.n_trained, stored.model.engine,
        len(log.edits), len(previous.ids),
    )  # fmt: skip
    return previous


def faults_of_settings(stored: StoredTopics, settings: TopicsSettings) -> list[str]:
    """Return a sentence for each setting that differs from the previous model's, of those that must not."""
    faults = []
    if settings.engine not in (AUTO, stored.model.engine):
        before = ENGINE_CHOICES[stored.model.engine]
        faults.append(
            f"'Method' is '{ENGINE_CHOICES[settings.engine]}', but the previous model was trained with '{before}'. "
            "Select the same or 'Automatic', or remove the previous model from the inputs."
        )
    if settings.language not in (AUTO, stored.main_language):
        faults.append(
            f"'Language' is {language_name(settings.language)}, but the previous model was trained on texts in "
            f"{language_name(stored.main_language)}. Select the same, or remove the previous model from the inputs."
        )
    params = {param.name: param for param in PARAMS}
    for name in _SAME_TERMS:
        now, before = getattr(settings.preparation, name), getattr(stored.preparation, name)
        if now != before:
            faults.append(
                f"'{params[name].label}' is {_named(name, now)}, but the previous model was trained with "
                f"{_named(name, before)}. Select the same, or remove the previous model from the inputs."
            )
    return faults


def _named(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    labels = {"normal_form": shared.NORMAL_FORM_LABELS, "phrases": shared.PHRASE_LABELS}[name]
    return f"'{labels[value]}'"


def moved_documents(
    documents: InputDataset, read: DatasetCorpus, previous: Optional[PreviousTopics], text_column: str
) -> MovedDocuments:
    """Find the documents that were moved by hand; none without a previous model.

    Raises
    ------
    DataError
        Where most documents are in another language than those of the previous model.
    """
    if previous is None:
        return MovedDocuments()
    check_language(previous, read.languages.most_frequent())
    return find_moved(documents, read, previous, text_column)


def check_language(previous: PreviousTopics, language: str) -> None:
    """Raise ``DataError`` where most documents are in another language than those of the previous model."""
    before = previous.stored.main_language
    if language != before:
        raise DataError(
            f"Most documents are in {language_name(language)}, but the previous model was trained on texts in "
            f"{language_name(before)}. Set 'Language', or remove the previous model from the inputs."
        )


@dataclass(frozen=True)
class MovedDocuments:
    """Documents moved by hand to topics of the previous model that are in use."""

    # of each row of the dataset, the row of the corpus, which equal rows share, and the topic
    rows: Sequence[tuple[int, int]] = ()
    topics: Mapping[MovedDocument, int] = field(default_factory=dict)

    def still_in(self, in_use: np.ndarray) -> MovedDocuments:
        """Return those whose topic is in use in the new model: bool array of shape (n_topics,)."""
        rows = [(row, topic) for row, topic in self.rows if in_use[topic]]
        return MovedDocuments(rows, {document: topic for document, topic in self.topics.items() if in_use[topic]})


def find_moved(
    documents: InputDataset, read: DatasetCorpus, previous: PreviousTopics, text_column: str
) -> MovedDocuments:
    """Find the documents that were moved by hand; one moved to a topic that is split belongs to the sub-topic."""
    edits = previous.edits
    if not edits.moves:
        return MovedDocuments()
    columns = [name for name in id_columns(edits.moves) if name in documents.columns]
    rows: list[tuple[int, int]] = []
    sub_topics: dict[tuple[str, int], int] = {}
    for chunk in documents.chunks(list(dict.fromkeys([text_column, *columns, *read.key_columns]))):
        targets = moved_by_hand(chunk, text_column, edits.moves)
        moved = np.flatnonzero(targets >= 0)
        documents_moved = chunk.iloc[moved]
        positions = read.rows_of(list(map(read.languages.text_of, documents_moved[text_column])), documents_moved)
        final = follow_splits(
            targets[moved], np.array(edits.belongs_to), edits.splits,
            partial(_sub_topics, read.held.take(positions)),
        )  # fmt: skip
        rows += zip(positions.tolist(), final.tolist())
        digests = (digest_of(text_of(cell) or "").hex() for cell in documents_moved[text_column])
        sub_topics.update(zip(zip(digests, targets[moved].tolist()), final.tolist()))
    final_of = {
        document: sub_topics.get((document.digest, topic), edits.belongs_to[topic])
        for document, topic in edits.moves.items()
    }
    known = {document: topic for document, topic in final_of.items() if topic in previous.parts}
    return MovedDocuments([(row, topic) for row, topic in rows if topic in previous.parts], known)


def _sub_topics(bags: Corpus, split: Split, rows: np.ndarray) -> np.ndarray:
    return split.topics_of(bags.take(rows))
