"""From the values of a form to checked settings: one table of params a recipe, all faults in one message.

A param is declared once, with the label the form shows, its default and its range; tests compare the tables with the
``recipe.json`` files. Missing, ``None``, ``""`` and ``[]`` are alike: DSS stores a cleared field as ``""``, and leaves
out a param that is newer than the recipe.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Callable, Optional

from text_explorer.errors import SettingsError

REQUIRED = object()
"""Default of a param the user must fill in."""


class _InvalidValueError(ValueError):
    """What is wrong with one value, as the end of a sentence."""


@dataclass(frozen=True)
class Param:
    """A field of the form that holds a text.

    Attributes
    ----------
    name
        Key in the recipe's settings.
    label
        Name as the form shows it.
    default
        Value of an empty field; ``REQUIRED`` where there is none.
    applies
        Tells from the values read so far whether the field means anything. The form hides it where it does not; a
        hidden field keeps what was typed into it, so it counts as empty here.
    advanced
        Whether the form shows the field behind 'Show advanced settings' alone. That box only folds them away: what was
        set in them counts all the same.
    """

    name: str
    label: str
    default: Any = REQUIRED
    applies: Optional[Callable[[Mapping[str, Any]], bool]] = None
    advanced: bool = False

    def read(self, raw: Any, columns: Sequence[str]) -> Any:
        """Check and convert a value that is not empty; `columns` are the names the input has."""
        if not isinstance(raw, str):
            raise _InvalidValueError("must be a text")
        return raw


@dataclass(frozen=True)
class IntegerParam(Param):
    """A whole number from ``least`` to ``most``; DSS may hand it over as 20, 20.0 or "20"."""

    least: int = 0
    most: int = 2**31 - 1

    def read(self, raw: Any, columns: Sequence[str]) -> int:
        """Convert to int."""
        number = _number(raw)
        if number is None or number != int(number) or not self.least <= number <= self.most:
            raise _InvalidValueError(f"must be a whole number from {self.least:,} to {self.most:,}")
        return int(number)


@dataclass(frozen=True)
class NumberParam(Param):
    """A number from ``least`` to ``most``."""

    least: float = 0.0
    most: float = 1.0

    def read(self, raw: Any, columns: Sequence[str]) -> float:
        """Convert to float."""
        number = _number(raw)
        if number is None or not self.least <= number <= self.most:
            raise _InvalidValueError(f"must be a number from {self.least:g} to {self.most:g}")
        return number


@dataclass(frozen=True)
class FlagParam(Param):
    """A box to tick."""

    def read(self, raw: Any, columns: Sequence[str]) -> bool:
        """Accept a boolean alone: "false" as a text would count as true elsewhere."""
        if not isinstance(raw, bool):
            raise _InvalidValueError("must be true or false")
        return raw


@dataclass(frozen=True)
class ChoiceParam(Param):
    """One of several values, each with the label the form shows."""

    choices: Mapping[str, str] = field(default_factory=dict)

    def read(self, raw: Any, columns: Sequence[str]) -> str:
        """Accept a known value alone."""
        if not isinstance(raw, str) or raw not in self.choices:
            between = "; " if any("," in label for label in self.choices.values()) else ", "
            raise _InvalidValueError(f"must be one of {between.join(self.choices.values())}")
        return raw


@dataclass(frozen=True)
class ColumnParam(Param):
    """A column of the input."""

    def read(self, raw: Any, columns: Sequence[str]) -> str:
        """Accept a column the input has."""
        if raw not in columns:
            raise _InvalidValueError(f"must be a column of the input, which has: {', '.join(columns) or 'none'}")
        return raw


@dataclass(frozen=True)
class ColumnsParam(Param):
    """Several columns of the input."""

    def read(self, raw: Any, columns: Sequence[str]) -> tuple[str, ...]:
        """Accept distinct columns the input has."""
        if not isinstance(raw, (str, list)):
            raise _InvalidValueError("must be a list of columns")
        names = [raw] if isinstance(raw, str) else raw
        unknown = [str(name) for name in names if name not in columns]
        if unknown:
            present = ", ".join(columns) or "none"
            raise _InvalidValueError(
                f"must be columns of the input, which has no {', '.join(unknown)}; it has: {present}"
            )
        return tuple(dict.fromkeys(names))


@dataclass(frozen=True)
class WordsParam(Param):
    """A list of words, given as such or as a text with commas or line breaks between them."""

    def read(self, raw: Any, columns: Sequence[str]) -> tuple[str, ...]:
        """Split and strip."""
        entries = raw.replace(",", "\n").split("\n") if isinstance(raw, str) else raw
        if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
            raise _InvalidValueError("must be a list of words")
        return tuple(entry.strip() for entry in entries if entry.strip())


_RANGE = re.compile(r"(\d{1,9})(?:\s*(?:-|–|to)\s*(\d{1,9})(?:\s*step\s*(\d{1,9}))?)?", re.IGNORECASE)


@dataclass(frozen=True)
class NumbersParam(Param):
    """Several whole numbers from ``least`` to ``most``: a list, or a text such as ``5, 10, 20-50 step 10``."""

    least: int = 0
    most: int = 2**31 - 1
    most_numbers: int = 100

    def read(self, raw: Any, columns: Sequence[str]) -> tuple[int, ...]:
        """Give the numbers once each, in rising order."""
        entries = re.split(r"[,;\n]", raw) if isinstance(raw, str) else raw if isinstance(raw, list) else [raw]
        numbers: set[int] = set()
        wrong = []
        for entry in entries:
            if isinstance(entry, str) and not entry.strip():
                continue
            read = self._numbers_of(entry)
            numbers.update(read or ())
            wrong += [] if read else [_shown(entry)]
        if wrong or not numbers:
            allowed = f"whole numbers from {self.least:,} to {self.most:,}, or ranges such as 5-50 step 5"
            raise _InvalidValueError(f"must hold {allowed}" + (f", not {', '.join(wrong)}" if wrong else ""))
        if len(numbers) > self.most_numbers:
            raise _InvalidValueError(f"must hold at most {self.most_numbers:,} numbers, and holds {len(numbers):,}")
        return tuple(sorted(numbers))

    def _numbers_of(self, entry: Any) -> Sequence[int]:
        """Give the numbers of an entry, none where it is wrong."""
        text = re.fullmatch(_RANGE, entry.strip()) if isinstance(entry, str) else None
        if text is None:
            number = _number(entry)
            within = number is not None and number == int(number) and self.least <= number <= self.most
            return [int(number)] if within else []
        first, last, step = (int(part) if part else None for part in text.groups())
        last = first if last is None else last
        if step == 0 or not self.least <= first <= last <= self.most:
            return []
        return range(first, last + 1, step or 1)


def read_settings(
    params: Sequence[Param],
    config: Mapping[str, Any],
    columns: Sequence[str],
    *,
    check: Optional[Callable[[Mapping[str, Any]], Sequence[str]]] = None,
) -> dict[str, Any]:
    """Check all fields of a form.

    Parameters
    ----------
    params
        The recipe's table; a param's ``applies`` may look at those before it.
    config
        The form's values as DSS hands them over.
    columns
        Names of the columns of the documents.
    check
        Gives the faults of values that do not suit one another; a value that is at fault itself is None.

    Returns
    -------
    dict
        A value for each param.

    Raises
    ------
    SettingsError
        With every fault of the form.
    """
    values: dict[str, Any] = {}
    faults = []
    # Of a choice at fault any value may have been meant, so that what depends on it is checked at once.
    meant: dict[str, Sequence[Any]] = {}
    for param in params:
        raw = config.get(param.name)
        hidden = not _may_apply(param, values, meant)
        empty = raw is None or (isinstance(raw, (str, list)) and not raw)
        if hidden or empty:
            values[param.name] = None if param.default is REQUIRED else param.default
            if not hidden and param.default is REQUIRED:
                faults.append(f"'{param.label}' is empty: fill it in.")
            continue
        try:
            values[param.name] = param.read(raw, columns)
        except _InvalidValueError as fault:
            values[param.name] = None
            faults.append(f"'{param.label}' {fault}. Got {_shown(raw)}.")
            meant[param.name] = _choices_of(param)
    faults += check(values) if check else []
    if faults:
        raise SettingsError(faults)
    return values


def _may_apply(param: Param, values: Mapping[str, Any], meant: Mapping[str, Sequence[Any]]) -> bool:
    """Return whether a field means anything, with any of the values that may have been meant for those at fault."""
    if param.applies is None:
        return True
    combinations = itertools.product(*meant.values())
    return any(param.applies({**values, **dict(zip(meant, combination))}) for combination in combinations)


def _choices_of(param: Param) -> Sequence[Any]:
    if isinstance(param, ChoiceParam):
        return tuple(param.choices)
    return (False, True) if isinstance(param, FlagParam) else (None,)


def _number(raw: Any) -> Optional[float]:
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str)):
        return None
    try:
        number = float(raw)
    except (ValueError, OverflowError):
        return None
    return number if abs(number) < float("inf") else None


def _shown(raw: Any) -> str:
    text = repr(raw) if isinstance(raw, str) else str(raw)
    return text if len(text) <= 80 else text[:77] + "..."
