"""The abstract of a topic, by a language model: its sentences, each with the sentences of documents it rests on."""

from __future__ import annotations

from typing import Any

from text_explorer.explorer.index.reader import IndexReader, read_report
from text_explorer.explorer.shared.roles import MAX_QUERY
from text_explorer.explorer.shared.spans import shorten

# A source is a quote of its document only where the document has that sentence, apart from line breaks and spaces.
_FIND = """
SELECT row, substr(text, :start + 1, :end - :start) AS quoted FROM documents
WHERE key = :key AND 0 <= :start AND :start < :end AND length(text) >= :end ORDER BY row
"""
_LONGEST = MAX_QUERY * 10


def topic_abstract(index: IndexReader, topic: int) -> list[dict[str, Any]]:
    """Return the sentences of the abstract of a topic; the ``row`` of a source is None where it was not found."""
    found = read_report(index.connection, "abstracts").get(str(topic), [])
    return [
        {
            "text": shorten(sentence["text"], _LONGEST),
            "sources": [_located(index, source) for source in sentence["sources"]],
        }
        for sentence in found
    ]


def _located(index: IndexReader, source: dict[str, Any]) -> dict[str, Any]:
    wanted = "".join(source["text"].split())
    rows = (
        row["row"]
        for row in index.connection.execute(_FIND, source)
        if wanted and "".join(row["quoted"].split()) == wanted
    )
    shown = {name: source[name] for name in ("key", "start", "end")}
    return {**shown, "row": next(rows, None), "text": shorten(source["text"], _LONGEST)}
