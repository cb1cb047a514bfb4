"""Collect the columns that documents are filtered, counted and sorted by, while documents are read."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Optional

import numpy as np

from text_explorer.explorer.index.document_columns import (
    NO_DAY,
    NO_STATUS,
    NO_TOPIC,
    NO_VALUE,
    ORDINAL_OF_1970,
    OTHER_VALUE,
    record_type,
    write_columns,
)
from text_explorer.explorer.loading.settings import OUR_COLUMN, ExplorerSettings
from text_explorer.explorer.shared.cells import as_number, as_text
from text_explorer.topics.prevalence.dates import DateReader

MOST_VALUES = 10_000
"""Values of a group column that are distinguished, those met first. A column of more holds keys or texts, no groups."""
LONGEST_VALUE = 200
"""Characters of a value that are kept; a longer one is a text, no group."""

LEAST_NUMBERS = 0.9
"""Share of the cells of a numeric column, empty ones aside, that are numbers: some hold "n/a"."""
FEWEST_NUMBERS = 3
"""Different values of a numeric column; two are yes and no."""
_CELLS_OF_TEXT = 1_000
"""Cells after which a column of which less than half are numbers is read no further."""
_ROWS_AT_ONCE = 1_000_000

_LARGEST_FLOAT = float(np.finfo(np.float32).max)


class _Values:
    """The values of one column and their codes, in the order they were met."""

    def __init__(self, most: int, beyond: int):
        self._most, self._beyond = most, beyond
        self.codes: dict[str, int] = {}
        self.n_written = 0
        self.are_all_distinguished = True

    def code(self, cell: object) -> int:
        """Return the code of a cell."""
        known = self.codes.get(cell) if isinstance(cell, str) else None
        if known is not None:
            return known
        text = as_text(cell)
        if not text.strip():
            return NO_VALUE
        if len(text) > LONGEST_VALUE:
            text = text[: LONGEST_VALUE - 1] + "…"
        if text not in self.codes and len(self.codes) >= self._most:
            self.are_all_distinguished = False
            return self._beyond
        return self.codes.setdefault(text, len(self.codes))

    def unwritten(self) -> list[tuple[int, str]]:
        """Return the codes and values met since the last call."""
        fresh = list(self.codes)[self.n_written :]
        first, self.n_written = self.n_written, len(self.codes)
        return list(enumerate(fresh, start=first))


class _Numbers:
    """The numbers of one column, as far as it may be numeric."""

    def __init__(self) -> None:
        self._values = array("d")
        self._n_cells = self._n_numbers = 0
        self._may_be = True

    def add(self, cells: Iterable[object]) -> None:
        """Take some cells; those of a column of texts are dropped."""
        if not self._may_be:
            return
        for cell in cells:
            number = as_number(cell)
            self._values.append(np.nan if number is None else number)
            self._n_numbers += number is not None
            self._n_cells += number is not None or bool(as_text(cell).strip())
        self._may_be = self._n_cells < _CELLS_OF_TEXT or self._n_numbers * 2 >= self._n_cells
        if not self._may_be:
            self._values = array("d")

    def finish(self, days: np.ndarray) -> np.ndarray | None:
        """Return the numbers of a numeric column, None for any other.

        Whole numbers of which no two are equal are ids, and years of the dates tell nothing but the date.
        """
        if not self._may_be or self._n_numbers < max(LEAST_NUMBERS * self._n_cells, 1):
            return None
        values = np.frombuffer(self._values)
        different, n_known, is_id = np.empty(0), 0, True
        for part in _stretches(len(values)):
            known = values[part][np.isfinite(values[part])]
            different, n_known = np.unique(np.concatenate([different, known])), n_known + len(known)
            is_id = is_id and len(different) == n_known and bool((known == np.floor(known)).all())
            if not is_id and len(different) >= FEWEST_NUMBERS:
                return None if _repeats_years(values, days) else values
        return None


def _stretches(n_rows: int) -> Iterator[slice]:
    """Yield the rows part by part, as copies of a column of ten million numbers are 80 MB each."""
    return (slice(first, first + _ROWS_AT_ONCE) for first in range(0, n_rows, _ROWS_AT_ONCE))


def _repeats_years(values: np.ndarray, days: np.ndarray) -> bool:
    """Return whether numbers are the years of the dated documents; most columns show at once that they are not."""
    n_dated = 0
    for part in _stretches(len(days)):
        is_dated = days[part] != NO_DAY
        years = days[part][is_dated].astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
        if (values[part][is_dated] != years).any():
            return False
        n_dated += len(years)
    return n_dated > 0


class GatheredColumns:
    """The columns of the documents read so far: entries go into a file, and what their codes mean into a table."""

    def __init__(
        self, connection: sqlite3.Connection, path: Path, settings: ExplorerSettings, others: Sequence[str] = ()
    ):
        self._connection = connection
        self._path = path
        self._has_day = settings.date_column is not None
        self._dates = DateReader()
        self._other_days: list[np.ndarray] = []  # rows whose day depends on the order of day and month, and that day
        self._groups = [_Values(MOST_VALUES, OTHER_VALUE) for _ in settings.group_columns]
        self._group_names = settings.group_columns
        self._status = _Values(NO_STATUS, NO_STATUS)
        self._numbers = {
            name: _Numbers() for name in others if name != settings.date_column and not OUR_COLUMN.fullmatch(name)
        }
        self._kind = record_type(len(self._groups))
        path.unlink(missing_ok=True)  # who maps an earlier one keeps it
        self._file: IO[bytes] = path.open("wb")
        self.n_rows = 0
        self.grain: Optional[str] = None  # shortest periods that the dates tell apart, known once all are read
        self.number_names: list[str] = []  # of the numeric columns, known once all are read

    def add(
        self,
        topics: Sequence[Optional[int]],
        probabilities: Iterable[object],
        statuses: Iterable[str],
        days: Iterable[object],
        groups: Sequence[Iterable[object]],
    ) -> None:
        """Take the cells of some documents, column by column; of the groups, one column for each group column."""
        records = np.empty(len(topics), self._kind)
        records["topic"] = [NO_TOPIC if topic is None else topic for topic in topics]
        records["probability"] = list(map(_probability, probabilities))
        records["status"] = list(map(self._status.code, statuses))
        records["day"] = self._days(days) if self._has_day else NO_DAY
        for number, (values, cells) in enumerate(zip(self._groups, groups)):
            records["groups"][:, number] = list(map(values.code, cells))
        records.tofile(self._file)
        self.n_rows += len(records)

    def add_numbers(self, columns: Mapping[str, Iterable[object]]) -> None:
        """Take the cells of some documents in the columns that may be numeric."""
        for name in self._numbers.keys() & columns.keys():
            self._numbers[name].add(columns[name])

    def _days(self, cells: Iterable[object]) -> np.ndarray:
        """Read days since 1970-01-01 in UTC, the day before the month, ``NO_DAY`` where there is none."""
        days = self._dates.read(cells)
        days = np.where(days > 0, days - ORDINAL_OF_1970, NO_DAY)
        differ = np.flatnonzero(days[:, 0] != days[:, 1])
        self._other_days.append(np.column_stack([differ + self.n_rows, days[differ, 1]]))
        return days[:, 0]

    def flush(self) -> None:
        """Show readers what was added, once the tables are committed."""
        self._file.flush()
        for number, values in [(None, self._status), *enumerate(self._groups)]:
            rows = [(number, code, value) for code, value in values.unwritten()]
            self._connection.executemany("INSERT INTO column_values VALUES (?, ?, ?)", rows)

    def finish(self, path: Path) -> np.ndarray:
        """Write the file of the whole index, the most frequent values first.

        Returns
        -------
        ndarray of int32, shape (n_rows,)
            Topic of each document.
        """
        self.close()
        records = np.fromfile(self._path, self._kind)
        if len(records) != self.n_rows:
            raise OSError(f"{self._path} was cut off while it was being written")
        if self._has_day:
            self._settle_days(records["day"])
        self._connection.execute("DELETE FROM column_values")
        self._recode(None, self._status, records["status"], NO_STATUS)
        for number, values in enumerate(self._groups):
            self._recode(number, values, records["groups"][:, number], OTHER_VALUE)
        found = {name: numbers.finish(records["day"]) for name, numbers in self._numbers.items()}
        numeric = {name: values for name, values in found.items() if values is not None}
        self.number_names = list(numeric)
        write_columns(path, records, self._has_day, list(numeric.values()))
        return records["topic"].copy()

    def _settle_days(self, days: np.ndarray) -> None:
        """Read days and months in the order that all dates show, and write the shortest periods they tell apart."""
        if self._dates.order and self._other_days:
            rows, others = np.concatenate(self._other_days).T
            days[rows] = others
        different = {day for part in _stretches(len(days)) for day in np.unique(days[part]).tolist()} - {NO_DAY}
        self.grain = self._dates.grain(sorted(day + ORDINAL_OF_1970 for day in different))

    def _recode(self, number: Optional[int], values: _Values, codes: np.ndarray, beyond: int) -> None:
        """Replace codes by those of values by falling frequency, and write what these mean."""
        texts = list(values.codes)
        counts = np.zeros(len(texts), dtype=np.int64)
        for part in _stretches(len(codes)):
            counts += np.bincount(codes[part][_is_value(codes[part], beyond)], minlength=len(texts))
        order = sorted(range(len(texts)), key=lambda code: (-counts[code], texts[code]))
        new_codes = np.empty(len(texts), dtype=codes.dtype)
        new_codes[order] = np.arange(len(texts))
        rows = [(number, code, texts[old]) for code, old in enumerate(order)]
        self._connection.executemany("INSERT INTO column_values VALUES (?, ?, ?)", rows)
        for part in _stretches(len(codes)):
            is_value = _is_value(codes[part], beyond)
            codes[part][is_value] = new_codes[codes[part][is_value]]

    def notes(self) -> list[str]:
        """Return sentences on how dates were read, and for each group column with too many values to distinguish."""
        return self._dates.remarks() + [
            f"The group column '{name}' has more than {MOST_VALUES:,} values. Those found after the first "
            f"{MOST_VALUES:,} are counted together and cannot be selected."
            for name, values in zip(self._group_names, self._groups)
            if not values.are_all_distinguished
        ]

    def close(self) -> None:
        """Close the file of the documents read so far."""
        self._file.close()


def _is_value(codes: np.ndarray, beyond: int) -> np.ndarray:
    return (codes >= 0) & (codes != beyond)


def _probability(cell: object) -> float:
    """Read a probability, NaN where there is none; a number that 32 bits cannot hold is none."""
    number = as_number(cell)
    return np.nan if number is None or abs(number) > _LARGEST_FLOAT else number
