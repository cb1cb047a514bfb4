"""Validate the values of a recipe's form against a table of params, and report all faults in one message.

Each table repeats labels, defaults and ranges of a ``recipe.json``; tests compare the two. Missing, ``None``, ``""``
and ``[]`` all mean empty: DSS stores a cleared field as ``""``, and has no value for a param newer than the recipe.
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
    """A fault of one value, worded as the end of a sentence."""


@dataclass(frozen=True)
class Param:
    """A text field of the form, shown as `label`; without a default, the user must fill it in.

    `applies` returns from the values read so far whether the field applies. Otherwise the form hides it, and its value,
    which DSS keeps, is ignored. An `advanced` field is hidden unless 'Show advanced settings' is on, but its value
    counts either way.
    """

    name: str
    label: str
    default: Any = REQUIRED
    applies: Optional[Callable[[Mapping[str, Any]], bool]] = None
    advanced: bool = False

    def read(self, raw: Any, columns: Sequence[str]) -> Any:
        """Validate and convert a value that is not empty; `columns` are the columns of the input."""
        if not isinstance(raw, str):
            raise _InvalidValueError("must be a text")
        return raw


@dataclass(frozen=True)
class IntegerParam(Param):
    """A whole number from ``minimum`` to ``maximum``; DSS may send it as 20, 20.0 or "20"."""

    minimum: int = 0
    maximum: int = 2**31 - 1

    def read(self, raw: Any, columns: Sequence[str]) -> int:
        """Return it as an int."""
        number = _whole_number(raw, self.minimum, self.maximum)
        if number is None:
            raise _InvalidValueError(f"must be a whole number from {self.minimum:,} to {self.maximum:,}")
        return number


@dataclass(frozen=True)
class NumberParam(Param):
    """A number from ``minimum`` to ``maximum``."""

    minimum: float = 0.0
    maximum: float = 1.0

    def read(self, raw: Any, columns: Sequence[str]) -> float:
        """Return it as a float."""
        number = _number(raw)
        if number is None or not self.minimum <= number <= self.maximum:
            raise _InvalidValueError(f"must be a number from {self.minimum:g} to {self.maximum:g}")
        return number


@dataclass(frozen=True)
class FlagParam(Param):
    """A checkbox."""

    def read(self, raw: Any, columns: Sequence[str]) -> bool:
        """Accept only a boolean: the text "false" would count as true elsewhere."""
        if not isinstance(raw, bool):
            raise _InvalidValueError("must be true or false")
        return raw


@dataclass(frozen=True)
class ChoiceParam(Param):
    """One of several values, each with its label."""

    choices: Mapping[str, str] = field(default_factory=dict)

    def read(self, raw: Any, columns: Sequence[str]) -> str:
        """Accept only a known value."""
        if not isinstance(raw, str) or raw not in self.choices:
            between = "; " if any("," in label for label in self.choices.values()) else ", "
            raise _InvalidValueError(f"must be one of {between.join(self.choices.values())}")
        return raw


@dataclass(frozen=True)
class ColumnParam(Param):
    """A column of the input."""

    def read(self, raw: Any, columns: Sequence[str]) -> str:
        """Accept only a column of the input."""
        if not isinstance(raw, str) or raw not in columns:
            raise _InvalidValueError(f"must be a column of the input, which has: {', '.join(columns) or 'none'}")
        return raw


@dataclass(frozen=True)
class ColumnsParam(Param):
    """Several columns of the input."""

    def read(self, raw: Any, columns: Sequence[str]) -> tuple[str, ...]:
        """Accept only columns of the input, and return each once."""
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
    """A list of words, or a text of words separated by commas or line breaks."""

    def read(self, raw: Any, columns: Sequence[str]) -> tuple[str, ...]:
        """Return the words without surrounding white space."""
        entries = raw.replace(",", "\n").split("\n") if isinstance(raw, str) else raw
        if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
            raise _InvalidValueError("must be a list of words")
        return tuple(entry.strip() for entry in entries if entry.strip())


_RANGE = re.compile(r"(\d{1,9})(?:\s*(?:-|–|to)\s*(\d{1,9})(?:\s*step\s*(\d{1,9}))?)?", re.IGNORECASE)


@dataclass(frozen=True)
class NumbersParam(Param):
    """Whole numbers from ``minimum`` to ``maximum``: a list, or a text such as ``5, 10, 20-50 step 10``."""

    minimum: int = 0
    maximum: int = 2**31 - 1
    max_numbers: int = 100

    def read(self, raw: Any, columns: Sequence[str]) -> tuple[int, ...]:
        """Return the distinct numbers, ascending."""
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
            allowed = f"whole numbers from {self.minimum:,} to {self.maximum:,}, or ranges such as 5-50 step 5"
            raise _InvalidValueError(f"must be {allowed}" + (f", not {', '.join(wrong)}" if wrong else ""))
        if len(numbers) > self.max_numbers:
            raise _InvalidValueError(f"must contain at most {self.max_numbers:,} numbers, not {len(numbers):,}")
        return tuple(sorted(numbers))

    def _numbers_of(self, entry: Any) -> Sequence[int]:
        """Return the numbers of an entry; none if it is invalid."""
        text = _RANGE.fullmatch(entry.strip()) if isinstance(entry, str) else None
        if text is None:
            number = _whole_number(entry, self.minimum, self.maximum)
            return [] if number is None else [number]
        first = int(text[1])
        last, step = int(text[2] or first), int(text[3] or 1)
        if step == 0 or not self.minimum <= first <= last <= self.maximum:
            return []
        return range(first, last + 1, step)


def read_settings(
    params: Sequence[Param],
    config: Mapping[str, Any],
    columns: Sequence[str],
    *,
    check: Optional[Callable[[Mapping[str, Any]], Sequence[str]]] = None,
) -> dict[str, Any]:
    """Read and validate all fields of a form; raise a `SettingsError` with all faults.

    A param's ``applies`` may use the values of those before it. `check` returns the faults of values that conflict with
    one another; an invalid value is None.
    """
    values: dict[str, Any] = {}
    faults = []
    # An invalid choice may stand for any of its values, so fields that depend on it are validated in the same run.
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
    """Return whether a field applies, for any of the values that may have been meant for invalid ones."""
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


def _whole_number(raw: Any, minimum: int, maximum: int) -> Optional[int]:
    number = _number(raw)
    return int(number) if number is not None and number == int(number) and minimum <= number <= maximum else None


def _shown(raw: Any) -> str:
    text = repr(raw) if isinstance(raw, str) else str(raw)
    return text if len(text) <= 80 else text[:77] + "..."
