"""Join summaries of documents and topics, and abstracts of topics, to the webapp's index, where they are given."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from text_explorer.cells import text_of
from text_explorer.errors import DataError
from text_explorer.explorer.loading.other_documents import newest_column
from text_explorer.explorer.loading.rows import (
    IndexWriter,
    insert_rows,
    listed,
    optional,
    read_rows,
    require,
    write_report,
)
from text_explorer.explorer.shared import roles
from text_explorer.explorer.shared.cells import as_integer, as_list, as_number, as_object, as_text, as_topic_id
from text_explorer.language_models.abstract_columns import ABSTRACT_SENTENCES
from text_explorer.topics.assignment.columns import MODEL_TOPIC_ID
from text_explorer.topics.columns import TOPIC_ID
from text_explorer.topics.edits.moves import digest_of

_GROUP_COLUMNS = ("n_documents", "n_sentences", "summary", "summary_sources", "keyphrases")

# A summary belongs to the document of the same key and, where both datasets hold the text, of the same text: on some
# storages two readings come in different orders, and a summary must never be shown in the place of another text.
# Of summaries with the same key and text one is kept, so that ids given many times cost no more than others.
_GIVE = "INSERT OR REPLACE INTO given_summaries VALUES (:key, :digest, :summary, :spans, :status)"
_FIND = "SELECT 1 FROM documents WHERE key = :key"
_JOIN = """
INSERT INTO summaries SELECT d.row, g.text, g.spans, g.status
FROM documents d CROSS JOIN given_summaries g ON g.key = d.key
"""
_SAME_DIGEST, _OF_SAME_DIGEST = " AND digest = :digest", " AND g.digest = d.digest"
_NO_TEXT = b""

# Where the sentence of a topic's summary stands: recipes run with other id columns, or ids given twice, make one key
# stand for another document, so a document is the source of what is cut out of it only where the summary holds that.
_FIND_SOURCE = """
SELECT row FROM documents WHERE key = :key AND 0 <= :start AND :start < :end AND length(text) >= :end
AND instr(:summary, substr(text, :start + 1, :end - :start)) > 0 ORDER BY row LIMIT 1
"""


def read_summaries(writer: IndexWriter) -> None:
    """Read the summaries of the documents and join them by the id column, or by row number without one."""
    role = roles.SUMMARIES
    if not writer.source.dataset_name(role):
        return
    settings = writer.settings
    columns = writer.source.columns(role)
    if "summary" not in columns:
        raise DataError(
            f"The dataset '{writer.source.dataset_name(role)}' of the setting '{roles.ROLE_LABELS[role]}' has no "
            "column 'summary'. Select the dataset written by 'Summarize texts (extractive)'."
        )
    id_column = settings.id_column if settings.id_column in columns else None
    if settings.id_column and not id_column:
        writer.notes.append(
            f"The summaries are not shown: their dataset has no column '{settings.id_column}' to join them by."
        )
        return
    has_text = settings.text_column in columns
    find, join = (_FIND + _SAME_DIGEST, _JOIN + _OF_SAME_DIGEST) if has_text else (_FIND, _JOIN)
    wanted = [name for name in (settings.text_column, id_column, *roles.SUMMARY_COLUMNS) if name]
    for row, cells in enumerate(read_rows(writer, role, list(dict.fromkeys(wanted)))):
        values = {
            "key": (as_text(text_of(cells[id_column])) if id_column else "") or str(row),
            "digest": digest_of(as_text(cells[settings.text_column])) if has_text else _NO_TEXT,
            "summary": as_text(cells["summary"]),
            "spans": json.dumps(listed(writer, cells.get("summary_sentences"), "lists of summary sentences")),
            "status": as_text(cells.get("summary_status")),
        }
        if writer.connection.execute(find, values).fetchone():
            writer.connection.execute(_GIVE, values)
        else:
            writer.faults["summaries of texts that are not among the documents"] += 1
    writer.connection.execute(join)


def read_group_summaries(writer: IndexWriter) -> None:
    """Read the rows of the group summaries whose group is a topic id."""
    role = roles.GROUP_SUMMARIES
    if not writer.source.dataset_name(role):
        return
    columns = writer.source.columns(role)
    group = _group_column(writer, columns)
    if group not in columns or "summary" not in columns:
        writer.notes.append(
            f"The summaries of the topics are not shown: they are not grouped by '{group}', the column that holds the "
            f"topics. Run 'Summarize groups of texts' on the documents with topics with the group column '{group}' and "
            "select its output in the settings."
        )
        return
    rows = (
        _topic_summary(topic, cells, writer)
        for cells in read_rows(writer, role, [group, *_GROUP_COLUMNS])
        if (topic := as_topic_id(cells[group])) is not None
    )
    insert_rows(writer, "topic_summaries", rows)


def _group_column(writer: IndexWriter, columns: Sequence[str]) -> str:
    """Return the column of the topic ids in a dataset of one row per topic."""
    group = writer.settings.topic_columns.get(TOPIC_ID, TOPIC_ID)
    if group == MODEL_TOPIC_ID:  # of documents scored by 'Assign topics'; the summaries are of those of training
        return newest_column(TOPIC_ID, columns) or TOPIC_ID
    return group


def read_abstracts(writer: IndexWriter) -> None:
    """Read the abstracts of the topics, written by a language model."""
    role, found = roles.ABSTRACTS, dict[str, Any]()
    with optional(writer, role, writer.notes):
        if writer.source.dataset_name(role):
            group = _group_column(writer, writer.source.columns(role))
            require(writer, role, (group,), (ABSTRACT_SENTENCES,))
            for cells in read_rows(writer, role, [group, ABSTRACT_SENTENCES]):
                topic = as_topic_id(cells[group])
                if topic is not None:
                    listing = listed(writer, cells[ABSTRACT_SENTENCES], "lists of sentences of abstracts")
                    found[str(topic)] = [
                        _abstract_sentence(each) for each in map(as_object, listing) if each.get("kept")
                    ]
    write_report(writer, "abstracts", found)


def _abstract_sentence(sentence: dict[str, Any]) -> dict[str, Any]:
    sources = map(as_object, as_list(sentence.get("sources")) or [])
    return {
        "text": as_text(sentence.get("sentence")),
        "sources": [{**_source(source), "text": as_text(source.get("text"))} for source in sources],
    }


def find_sources(writer: IndexWriter) -> None:
    """Find the documents that the sentences of topics' summaries come from, once all documents are in."""
    connection = writer.connection
    rows: list[int | None] = []
    for topic, summary, stored in connection.execute("SELECT topic, text, sources FROM topic_summaries").fetchall():
        sources = json.loads(stored)
        for source in sources:
            found = connection.execute(_FIND_SOURCE, {**source, "summary": summary}).fetchone()
            source["row"] = found[0] if found else None
        rows += [source["row"] for source in sources]
        connection.execute("UPDATE topic_summaries SET sources = ? WHERE topic = ?", (json.dumps(sources), topic))
    if None in rows:
        writer.notes.append(
            f"Sentences of topic summaries not found in the documents: {rows.count(None):,} of {len(rows):,}. "
            "Their summaries are shown without links to the documents. Run all recipes on the same documents with the "
            "same id column."
        )


def _topic_summary(topic: int, cells: dict[str, Any], writer: IndexWriter) -> dict[str, Any]:
    sources, keyphrases = as_list(cells.get("summary_sources")), as_list(cells.get("keyphrases"))
    if sources is None or keyphrases is None:
        writer.faults["lists of sources or keyphrases"] += 1
    return {
        "topic": topic,
        "n_documents": as_integer(cells.get("n_documents")),
        "n_sentences": as_integer(cells.get("n_sentences")),
        "text": as_text(cells["summary"]),
        "sources": json.dumps([_source(as_object(source)) for source in sources or []]),
        "keyphrases": json.dumps([_keyphrase(phrase) for phrase in keyphrases or []]),
    }


def _source(source: dict[str, Any]) -> dict[str, Any]:
    """Read where a sentence of a topic's summary comes from; the document is found later."""
    return {
        "key": as_text(source.get("row_key")),
        "start": as_integer(source.get("start")),
        "end": as_integer(source.get("end")),
        "score": as_number(source.get("score")),
        "row": None,
    }


def _keyphrase(phrase: object) -> str:
    """Read a keyphrase given as a text or as an object that holds one."""
    named = as_object(phrase)
    return as_text(named.get("phrase") or named.get("keyphrase") or named.get("term")) if named else as_text(phrase)
