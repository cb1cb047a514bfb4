"""The view of the page behind a finding, as parameters of its address."""

from __future__ import annotations

from typing import Any, Optional

from text_explorer.explorer.documents.selection import Selection
from text_explorer.explorer.index.document_columns import ORDINAL_OF_1970
from text_explorer.topics.prevalence.periods import iso_date


def view_of(selection: Selection, screen: str, **more: Any) -> dict[str, Any]:
    """Return a screen with the filters of a request; ``more`` are further parameters, and replace those."""
    filters = {
        "topic": selection.topic,
        "q": selection.typed,
        "g": [f"{column}:{value}" for column, value in selection.groups],
        "from": _day(selection.first),
        "to": _day(selection.last),
        "min": selection.least,
        "max": selection.most,
        "status": selection.status,
    }
    every = {"screen": screen, **filters, **more}
    return {name: value for name, value in every.items() if value not in (None, "", [])}


def _day(day: Optional[int]) -> Optional[str]:
    return None if day is None else iso_date(day + ORDINAL_OF_1970)
