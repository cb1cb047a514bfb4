"""Documents whose findings are known by construction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.python.unit.explorer.filterable_source import filterable_source
from tests.python.unit.explorer.memory_source import MemorySource

Row = tuple[Any, ...]


def documents(
    n: int, topic: int | None, date: str = "", country: str = "", text: str = "tea", probability: float = 0.9
) -> list[Row]:
    """Make ``n`` documents of a topic, 0 to 2 or None."""
    return [(topic, None if topic is None else probability, date, country, "", text)] * n


def source_of(*parts: Sequence[Row], ratings: Sequence[object] | None = None, **config: Any) -> MemorySource:
    """Make a source of documents, each with a rating where these are given."""
    source = filterable_source([row for part in parts for row in part], **config)
    if ratings is not None:
        rows = source.tables["document_topics"]
        assert len(ratings) == len(rows)
        for row, rating in zip(rows, ratings):
            row["rating"] = rating
    return source


def by(found: list[dict[str, Any]], name: str) -> dict[Any, dict[str, Any]]:
    """Return entries by one of their fields, of which no two have the same."""
    entries = {entry[name]: entry for entry in found}
    assert len(entries) == len(found)
    return entries
