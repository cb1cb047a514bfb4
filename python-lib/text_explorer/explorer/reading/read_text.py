"""Read a text with the trained model: one typed into the page, or a document of the data."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

import numpy as np

from text_explorer.corpus.words.boilerplate.units import repeated_spans
from text_explorer.corpus.words.character_classes import characters
from text_explorer.corpus.words.languages import language_name
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.corpus.words.reading import without_markup
from text_explorer.explorer.index.reader import read_fact
from text_explorer.explorer.reading.document_words import language_code, languages_of
from text_explorer.explorer.reading.loaded_model import LoadedModel
from text_explorer.explorer.reading.word_topics import read_with_model
from text_explorer.explorer.shared import roles
from text_explorer.explorer.shared.current_edits import CurrentEdits
from text_explorer.explorer.shared.errors import no_document
from text_explorer.topics.assignment.assigned_columns import merged_shares
from text_explorer.topics.assignment.scoring import score_documents
from text_explorer.topics.edits.splits import follow_splits
from text_explorer.topics.models.training import best_topics


def try_text(text: str, model: LoadedModel, final_topic: Sequence[int]) -> dict[str, Any]:
    """Read a new text: its language, detected as in Assign topics, and the result of `read_with_model`."""
    languages = languages_of(model)
    document = languages.with_language(languages.text_of(text))
    return {
        "language": language_name(document.language),
        **read_with_model(document, model, final_topic),
        "engine": roles.engine_wording(model.topics.model.engine),
    }


def finals_of_text(text: str, model: LoadedModel, edits: CurrentEdits) -> list[int]:
    """Return the final topic of each topic id for a new text: of a split topic, the sub-topic of the text."""
    if not edits.splits:
        return edits.finals
    languages = languages_of(model)
    scored = score_documents([languages.with_language(languages.text_of(text))], model.topics)
    likeliest = best_topics(merged_shares(scored.doc_topic_distr, edits.finals))
    topics = follow_splits(likeliest, edits.final_topic, edits.splits, lambda split, _: split.topics_of(scored.bags))
    return edits.finals_seen_from(int(topics[0]) if topics[0] >= 0 else None)


def words_of_document(
    connection: sqlite3.Connection, row: int, model: LoadedModel, final_topic: Sequence[int]
) -> dict[str, Any]:
    """Read the shown part of a document with the model; raise `NotFoundError` when there is no such row."""
    found = connection.execute(
        "SELECT substr(text, 1, ?) AS text, columns FROM documents WHERE row = ?", (roles.MAX_TEXT, row)
    ).fetchone()
    if found is None:
        raise no_document(row)
    code = language_code(found["columns"], read_fact(connection, "columns") or [], model)
    languages = languages_of(model)
    document = languages.with_language(languages.text_of(found["text"]), code)
    read = read_with_model(document, model, final_topic)
    return {
        **{name: read[name] for name in ("spans", "n_words", "n_known", "unknown")},
        "boilerplate": spans_of_repeated_lines(found["text"], model.topics.preparation),
    }


def spans_of_repeated_lines(text: str, preparation: Preparation) -> list[list[int]]:
    """Return the starts and ends (code points) of the lines that the model leaves out since they repeat."""
    if not preparation.repeated_lines:
        return []
    read = characters(without_markup(text, preparation))
    starts, ends = repeated_spans(read, np.array([0, len(read)]), preparation.repeated_lines)
    return [list(span) for span in zip(starts.tolist(), ends.tolist())]
