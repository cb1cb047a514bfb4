"""Guess the columns that the macro's form leaves empty: id, date and groups, from the first rows of the dataset."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from text_explorer.cells import text_of
from text_explorer.dss.forms.setup import SetupSettings
from text_explorer.errors import caught
from text_explorer.explorer.loading.settings import guess_columns

SAMPLE_ROWS = 1_000
MOST_GROUPS = 3
_ID_NAME = re.compile(r"(?:.*[_ \-.])?(?:id|key|uuid|number|no|nr|code)", re.IGNORECASE)


def guessed_settings(settings: SetupSettings, columns: Sequence[str], dataset: Any) -> SetupSettings:
    """Return the settings with the columns that were left empty; where nothing fits, they stay empty.

    An id is a column with another value in every row, and a name such as *id*, *ticket_id* or *order number*. Dates and
    groups are those the webapp would guess: values that are dates, or few and repeated. Of groups, the `MOST_GROUPS`
    with the fewest values are taken.
    """
    cells = _sample(dataset, columns)
    if not cells:
        return settings
    texts = {name: [text_of(cell) or "" for cell in values] for name, values in cells.items()}
    named = {"text_column": settings.text_column, "id_column": settings.id_column or _id_column(texts, settings)}
    guess = guess_columns(named, columns, lambda wanted: {name: cells[name] for name in wanted})
    groups = sorted(guess.get("group_columns", ()), key=lambda name: len(set(texts[name])))
    return replace(
        settings,
        id_column=named["id_column"] or None,
        date_column=settings.date_column or guess.get("date_column"),
        group_columns=settings.group_columns or tuple(groups[:MOST_GROUPS]),
    )


def _id_column(texts: dict[str, list[str]], settings: SetupSettings) -> str:
    return next(
        (
            name
            for name, values in texts.items()
            if name != settings.text_column
            and _ID_NAME.fullmatch(name)
            and all(values)
            and len(set(values)) == len(values)
        ),
        "",
    )


def _sample(dataset: Any, columns: Sequence[str]) -> dict[str, Sequence[Any]]:
    """Return the cells of the first rows by column; none where they cannot be read, which the recipe will report."""
    with caught():
        rows = list(islice(dataset.iter_rows(), SAMPLE_ROWS))
        return dict(zip(columns, zip(*rows)))
    return {}
