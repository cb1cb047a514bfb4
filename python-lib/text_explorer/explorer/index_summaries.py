"""Join the summaries of documents and of topics to the webapp's index, when their datasets are given."""

from __future__ import annotations

import json
from typing import Any

from text_explorer.corpus.cells import key_of
from text_explorer.errors import DataError
from text_explorer.explorer import names
from text_explorer.explorer.cells import as_integer, as_list, as_number, as_object, as_text, as_topic_id
from text_explorer.explorer.index_reading import Filling, read_rows

_GROUP_COLUMNS = ("n_documents", "n_sentences", "summary", "summary_sources", "keyphrases")

# A summary belongs to the document of the same key and, where both datasets hold the text, of the same text: on some
# storages two readings come in different orders, and a summary must never be shown in the place of another text.
_JOIN = "INSERT OR REPLACE INTO summaries SELECT row, :summary, :spans, :status FROM documents WHERE key = :key"
_SAME_TEXT = " AND text = :text"


def read_summaries(filling: Filling) -> None:
    """Read the summaries of the documents and join them by the id column, or by row number without one."""
    role = names.SUMMARIES
    if not filling.source.dataset_name(role):
        return
    settings = filling.settings
    columns = filling.source.columns(role)
    if "summary" not in columns:
        raise DataError(
            f"The dataset '{filling.source.dataset_name(role)}' of the setting '{names.ROLE_LABELS[role]}' has no "
            "column 'summary'. Choose the dataset written by the recipe Summarize texts."
        )
    id_column = settings.id_column if settings.id_column in columns else None
    if settings.id_column and not id_column:
        filling.notes.append(
            f"The summaries are not shown: their dataset has no column '{settings.id_column}' to join them by."
        )
        return
    join = _JOIN + (_SAME_TEXT if settings.text_column in columns else "")
    wanted = [name for name in (settings.text_column, id_column, *names.SUMMARY_COLUMNS) if name]
    for row, cells in enumerate(read_rows(filling, role, list(dict.fromkeys(wanted)))):
        key = (as_text(key_of(cells[id_column])) if id_column else "") or str(row)
        values = _summary(cells, filling) | {"key": key, "text": as_text(cells.get(settings.text_column))}
        if not filling.connection.execute(join, values).rowcount:
            filling.faults["summaries of texts that are not among the documents"] += 1


def _summary(cells: dict[str, Any], filling: Filling) -> dict[str, str]:
    sentences = as_list(cells.get("summary_sentences"))
    if sentences is None:
        filling.faults["lists of summary sentences"] += 1
    return {
        "summary": as_text(cells["summary"]),
        "spans": json.dumps(sentences or []),
        "status": as_text(cells.get("summary_status")),
    }


def read_group_summaries(filling: Filling) -> None:
    """Read the rows of the group summaries whose group is a topic id."""
    role = names.GROUP_SUMMARIES
    if not filling.source.dataset_name(role):
        return
    columns = filling.source.columns(role)
    group = filling.settings.topic_id_column
    if group not in columns or "summary" not in columns:
        filling.notes.append(
            "The summaries of the topics are not shown: they are not grouped by "
            f"'{filling.settings.topic_id_column}', the column that holds the topics."
        )
        return
    rows = (
        _topic_summary(cells, topic, filling)
        for cells in read_rows(filling, role, [group, *_GROUP_COLUMNS])
        if (topic := as_topic_id(cells[group])) is not None
    )
    filling.connection.executemany("INSERT OR REPLACE INTO topic_summaries VALUES (?, ?, ?, ?, ?, ?)", rows)


def _topic_summary(cells: dict[str, Any], topic: int, filling: Filling) -> tuple[Any, ...]:
    sources = as_list(cells.get("summary_sources"))
    keyphrases = as_list(cells.get("keyphrases"))
    if sources is None or keyphrases is None:
        filling.faults["lists of sources or keyphrases"] += 1
    return (
        topic,
        as_integer(cells.get("n_documents")),
        as_integer(cells.get("n_sentences")),
        as_text(cells["summary"]),
        json.dumps([_source(as_object(source)) for source in sources or []]),
        json.dumps([_keyphrase(phrase) for phrase in keyphrases or []]),
    )


def _source(source: dict[str, Any]) -> dict[str, Any]:
    return {
        "key": as_text(source.get("row_key")),
        "start": as_integer(source.get("start")),
        "end": as_integer(source.get("end")),
        "score": as_number(source.get("score")),
    }


def _keyphrase(phrase: object) -> str:
    """Read a keyphrase given as a text or as an object that holds one."""
    named = as_object(phrase)
    return as_text(named.get("phrase") or named.get("keyphrase") or named.get("term")) if named else as_text(phrase)
