"""Samplings of a dataset: the arguments of the reading calls, and the rows they choose."""

from __future__ import annotations

import heapq
import random
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, Optional

from .cells import cell_reader
from .errors import DssError, NotAvailableHereError

RowSource = Callable[[], Iterator[list[str]]]


def create_sampling_argument(
    sampling: Any = "head",
    sampling_column: Optional[str] = None,
    limit: Optional[int] = None,
    ratio: Optional[float] = None,
    ascending: bool = True,
) -> dict[str, Any]:
    """Translate the arguments of a reading call into a sampling description; one that is given is passed through.

    `sampling` is ``head``, ``random``, ``random-column`` or ``sort-column``.
    """
    if isinstance(sampling, dict):
        return sampling
    by_column = sampling in ("random-column", "sort-column")
    if sampling_column is not None and not by_column:
        raise ValueError(f"sampling_column argument does not make sense with {sampling} sampling mode.")
    if sampling == "head":
        return _head_sampling(limit, ratio)
    if sampling == "random":
        return _random_sampling(limit, ratio)
    if by_column:
        return _column_sampling(sampling, sampling_column, limit, ratio, ascending)
    raise ValueError(f"Sampling {sampling} is unsupported")


def sample_rows(rows: RowSource, columns: list[dict[str, Any]], sampling: dict[str, Any]) -> Iterator[list[str]]:
    """Yield the rows a sampling chooses, in stored order except for ``sort-column``.

    `rows` starts a new pass over all rows; samplings other than the head need two.
    """
    method = sampling.get("samplingMethod", "FULL")
    generator = random.Random(sampling.get("seed"))
    if method == "FULL":
        return rows()
    if method == "HEAD_SEQUENTIAL":
        return islice(rows(), _max_records(sampling))
    if method == "RANDOM_FIXED_RATIO":
        return (row for row in rows() if generator.random() < sampling["targetRatio"])
    if method == "RANDOM_FIXED_NB":
        return _random_rows(rows, _max_records(sampling), generator)
    if method == "COLUMN_BASED":
        return _rows_of_random_values(rows, _column_index(columns, sampling), _max_records(sampling), generator)
    if method == "COLUMN_ORDERED":
        return _ordered_rows(rows, columns, sampling)
    raise NotAvailableHereError(f"The sampling method {method} is not available in the local stand-in.")


def _head_sampling(limit: Optional[int], ratio: Optional[float]) -> dict[str, Any]:
    if ratio is not None:
        raise ValueError("target_ratio parameter is not supported by the head sampling mode")
    return {"samplingMethod": "FULL"} if limit is None else {"samplingMethod": "HEAD_SEQUENTIAL", "maxRecords": limit}


def _random_sampling(limit: Optional[int], ratio: Optional[float]) -> dict[str, Any]:
    if limit is not None and ratio is not None:
        raise ValueError("Cannot set both ratio and limit.")
    if ratio is not None:
        return {"samplingMethod": "RANDOM_FIXED_RATIO", "targetRatio": ratio}
    if limit is not None:
        return {"samplingMethod": "RANDOM_FIXED_NB", "maxRecords": limit}
    raise ValueError("Sampling method random requires either a parameter limit or ratio")


def _column_sampling(
    sampling: str, column: Optional[str], limit: Optional[int], ratio: Optional[float], ascending: bool
) -> dict[str, Any]:
    if column is None:
        raise ValueError(f"{sampling} sampling method requires a sampling_column argument.")
    if ratio is not None:
        raise ValueError(f"ratio parameter is not handled by the {sampling} sampling method.")
    if limit is None:
        raise ValueError(f"{sampling} sampling method requires a limit argument.")
    method = "COLUMN_BASED" if sampling == "random-column" else "COLUMN_ORDERED"
    return {"samplingMethod": method, "maxRecords": limit, "column": column, "ascending": ascending}


def _random_rows(rows: RowSource, limit: int, generator: random.Random) -> Iterator[list[str]]:
    """Choose exactly `limit` rows (or all) with one pass to count and one to select."""
    n_rows = sum(1 for _ in rows())
    chosen = set(generator.sample(range(n_rows), min(limit, n_rows)))
    return (row for index, row in enumerate(rows()) if index in chosen)


def _rows_of_random_values(rows: RowSource, index: int, limit: int, generator: random.Random) -> Iterator[list[str]]:
    """Choose values of a column at random until they cover `limit` rows; return all rows of these values."""
    counts = Counter(row[index] for row in rows())
    values = sorted(counts)
    generator.shuffle(values)
    chosen: set[str] = set()
    covered = 0
    for value in values:
        if covered >= limit:
            break
        chosen.add(value)
        covered += counts[value]
    return (row for row in rows() if row[index] in chosen)


def _ordered_rows(rows: RowSource, columns: list[dict[str, Any]], sampling: dict[str, Any]) -> Iterator[list[str]]:
    """Return the first `limit` rows in the order of a column; empty cells come last."""
    index = _column_index(columns, sampling)
    read = cell_reader(columns[index]["type"])
    select = heapq.nsmallest if sampling.get("ascending", True) else heapq.nlargest
    filled = (row for row in rows() if row[index] != "")
    chosen = select(_max_records(sampling), filled, key=lambda row: read(row[index]))
    empty = (row for row in rows() if row[index] == "")
    return iter([*chosen, *islice(empty, _max_records(sampling) - len(chosen))])


def _max_records(sampling: dict[str, Any]) -> int:
    """Return the number of rows. It travels as JSON: 2.0 (an INT param) and "2" (of a query string) are 2 as well."""
    given: Any = sampling.get("maxRecords")
    try:
        number = float(given)
    except (TypeError, ValueError):
        number = -1.0
    if number < 0 or not number.is_integer():
        raise DssError(f"The limit of a sampling must be a whole number of at least 0. Got {given!r}.")
    return int(number)


def _column_index(columns: list[dict[str, Any]], sampling: dict[str, Any]) -> int:
    names = [column["name"] for column in columns]
    if sampling["column"] not in names:
        raise DssError(f'The sampling column "{sampling["column"]}" is not in the schema.')
    return names.index(sampling["column"])
