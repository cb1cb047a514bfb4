"""Which documents are meant: the filters of an address, and the rows that meet them all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Optional, Union

import numpy as np
from werkzeug.datastructures import MultiDict

from text_explorer.explorer.documents.search import rows_of_search
from text_explorer.explorer.index.document_columns import NO_DAY, NO_VALUE, ORDINAL_OF_1970
from text_explorer.explorer.index.reader import ROW, IndexReader
from text_explorer.explorer.shared.errors import BadRequestError, NotReadyError
from text_explorer.explorer.shared.parameters import NO_TOPIC, place, search_text

# More chosen values than a page can list are a mistake or mischief.
_MOST_GROUPS = 200
_LONGEST_VALUE = 2_000
_NUMBER = r"-?(?:1(?:\.0{1,6})?|0?\.\d{1,6}|0)"
_BOX = re.compile(rf"{_NUMBER}(?:,{_NUMBER}){{3}}", re.ASCII)


@dataclass(frozen=True)
class Selection:
    """Filters, all of which a document must meet."""

    topic: Optional[Union[int, str]] = None  # an id, or NO_TOPIC for documents without one
    typed: str = ""  # a search
    groups: tuple[tuple[int, str], ...] = ()  # places of group columns and values, "" for none; of a column any will do
    first: Optional[int] = None  # days since 1970-01-01, both included
    last: Optional[int] = None
    least: Optional[float] = None  # bounds of the topic's probability, both included
    most: Optional[float] = None
    status: Optional[str] = None
    box: Optional[tuple[float, float, float, float]] = None  # of the map: left, top, right, bottom, -1 to 1


def parse_selection(arguments: MultiDict[str, str]) -> Selection:
    """Read ``topic``, ``q``, ``g``, ``from``, ``to``, ``min``, ``max``, ``status`` and ``box``.

    A `BadRequestError` names the first parameter that is wrong.
    """
    topic = arguments.get("topic", "")
    if len(arguments.getlist("g")) > _MOST_GROUPS:
        raise BadRequestError(f"At most {_MOST_GROUPS} values of groups can be selected at once.")
    return Selection(
        topic=topic if topic == NO_TOPIC else place("topic", topic) if topic else None,
        typed=search_text(arguments),
        groups=tuple(sorted({_group(given) for given in arguments.getlist("g")})),
        first=parse_day("from", arguments.get("from", "")),
        last=parse_day("to", arguments.get("to", "")),
        least=_share("min", arguments.get("min", "")),
        most=_share("max", arguments.get("max", "")),
        status=_bounded("status", arguments.get("status", "")) or None,
        box=_box(arguments.get("box", "")),
    )


def _box(given: str) -> Optional[tuple[float, float, float, float]]:
    if not given:
        return None
    if not _BOX.fullmatch(given):
        raise BadRequestError(f"'box' must be four numbers from -1 to 1 with commas between. Got '{given[:40]}'.")
    one, two, three, four = map(float, given.split(","))
    return (min(one, three), min(two, four), max(one, three), max(two, four))


def _group(given: str) -> tuple[int, str]:
    column, colon, value = given.partition(":")
    if not colon:
        raise BadRequestError(f"'g' must be the number of a group column, a colon and a value. Got '{given[:40]}'.")
    return place("g", column), _bounded("g", value)


def _bounded(name: str, value: str) -> str:
    if len(value) > _LONGEST_VALUE:
        raise BadRequestError(f"'{name}' may have at most {_LONGEST_VALUE} characters. Got {len(value)}.")
    return value


def parse_day(name: str, value: str) -> Optional[int]:
    """Read a day written YYYY-MM-DD as the number of days since 1970-01-01, None where nothing is given."""
    if not value:
        return None
    try:
        # Of the forms newer Pythons read, only YYYY-MM-DD is ten characters long with two hyphens.
        on = date.fromisoformat(value) if len(value) == 10 and value[4] + value[7] == "--" else None
    except ValueError:
        on = None
    if on is None:
        raise BadRequestError(f"'{name}' must be a day written YYYY-MM-DD. Got '{value[:40]}'.")
    return on.toordinal() - ORDINAL_OF_1970


def _share(name: str, value: str) -> Optional[float]:
    if not value:
        return None
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise BadRequestError(f"'{name}' must be a number from 0 to 1. Got '{value[:40]}'.")
    return number


def selected_rows(index: IndexReader, selection: Selection) -> Optional[np.ndarray]:
    """Find the documents that meet all filters.

    Returns
    -------
    ndarray of int or None
        Row numbers, rising; None where no filter is set, so that all documents are meant. Not to be changed.
    """
    if selection == Selection():
        return None
    return index.rows_cache.get((index.edits.version, selection), lambda: _find(index, selection))


def rows_or_all(index: IndexReader, selection: Selection) -> np.ndarray:
    """Find the documents that meet all filters, as `selected_rows`; without a filter the numbers of all rows."""
    rows = selected_rows(index, selection)
    return _all_rows(index) if rows is None else rows


def _all_rows(index: IndexReader) -> np.ndarray:
    return index.rows_cache.get("all", lambda: np.arange(index.documents.n_rows, dtype=ROW))


def _find(index: IndexReader, selection: Selection) -> np.ndarray:
    parts = (_of_topic, _of_groups, _of_days, _of_probability, _of_status, _of_box)
    conditions = [condition for part in parts for condition in part(index, selection)]
    found = rows_of_search(index, selection.typed)
    if not conditions:
        return _all_rows(index) if found is None else found
    meets_all = reduce(np.logical_and, conditions)
    return np.flatnonzero(meets_all).astype(ROW) if found is None else found[meets_all[found]]


def _of_topic(index: IndexReader, selection: Selection) -> list[np.ndarray]:
    topics = index.documents.topic
    if selection.topic is None:
        return []
    if not isinstance(selection.topic, int):
        return [topics < 0]
    members = index.edits.members_of(index.edits.final_of(selection.topic))
    return [topics == members[0] if len(members) == 1 else np.isin(topics, members)]


def _of_groups(index: IndexReader, selection: Selection) -> list[np.ndarray]:
    documents = index.documents
    wanted: dict[int, list[int]] = {}
    for column, value in selection.groups:
        if column >= len(documents.groups):
            raise BadRequestError(
                f"There is no group column {column}: this webapp has {len(documents.groups)}, counted from 0."
            )
        values = documents.group_values[column]
        codes = wanted.setdefault(column, [])
        if value == "":
            codes.append(NO_VALUE)
        elif value in values:  # a value of an old link that is gone is no document's
            codes.append(values.index(value))
    return [
        _has_code(documents.groups[column], codes, len(documents.group_values[column]))
        for column, codes in wanted.items()
    ]


def _has_code(column: np.ndarray, codes: Sequence[int], n_values: int) -> np.ndarray:
    """Look up codes in a table: the two below 0 are its last places."""
    is_wanted = np.zeros(n_values + 2, dtype=np.bool_)
    is_wanted[list(codes)] = True
    return is_wanted[column]


def _of_days(index: IndexReader, selection: Selection) -> list[np.ndarray]:
    if selection.first is None and selection.last is None:
        return []
    days = index.documents.day
    if days is None:
        raise BadRequestError(
            "These documents have no date column, so they cannot be filtered by date. Select one in the setting 'Date "
            "column' of this webapp."
        )
    return [days != NO_DAY, *_between(days, selection.first, selection.last)]


def _of_probability(index: IndexReader, selection: Selection) -> list[np.ndarray]:
    return _between(index.documents.probability, selection.least, selection.most)


def _between(values: np.ndarray, least: Optional[float], most: Optional[float]) -> list[np.ndarray]:
    """Compare with the bounds there are; of NaN, every comparison is false."""
    lower = [] if least is None else [values >= least]
    return lower if most is None else [*lower, values <= most]


def _of_status(index: IndexReader, selection: Selection) -> list[np.ndarray]:
    if selection.status is None:
        return []
    statuses = index.documents.statuses
    no_code = -1  # a status of an old link that is gone is no document's
    code = statuses.index(selection.status) if selection.status in statuses else no_code
    return [index.documents.status == code]


def _of_box(index: IndexReader, selection: Selection) -> list[np.ndarray]:
    if selection.box is None:
        return []
    if index.vectors is None:
        if not index.is_complete:
            raise NotReadyError("The document map follows once all documents have been read. Please wait a moment.")
        return [np.zeros(index.documents.n_rows, dtype=np.bool_)]  # an area of an old link holds no document
    left, top, right, bottom = selection.box
    x, y = index.vectors.places.T
    return [*_between(x, left, right), *_between(y, top, bottom)]
