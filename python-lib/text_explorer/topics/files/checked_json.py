"""Read the JSON of a model folder as untrusted input: anyone who can write to the folder may have changed it.

Size, nesting and numbers are checked while the text is parsed, so that no file costs more memory or time than its limit
allows. `Fields` then checks each value that is used; its faults name the file and the field in one sentence.
"""

from __future__ import annotations

import codecs
import json
import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Callable, Optional

import numpy as np

from text_explorer.errors import DataError

Fault = Callable[[str], DataError]
"""Builds the error of a file from what is wrong with it, such as ``n_topics must be ...``."""

MOST_BYTES = 16 * 2**20
"""Bytes of a file that names no other limit; a manifest of 1,000 topics takes some 500,000."""
MOST_VALUES = 15_000_000
"""Values in a file: a vocabulary of two million terms, the most a form allows, holds some 12 million."""
MOST_COUNTED = 10**12
"""More words or documents than any corpus has; a million such counts can be added up in 64 bits."""
MOST_DIGITS = 18
LONGEST_TEXT = 5_000

_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls, line separators, overrides of the reading direction, halves of surrogate pairs: by them a text could pass
for several lines of a log, or show as another text."""
_HALF = re.compile("[\ud800-\udfff]")
OVERRIDES = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Characters that change the direction of reading, for `str.translate` to take out."""
_HALVES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")


class _BadNumber(str):
    """Literal of a number that no field may hold."""


_MAY_BE_BAD = (dict, list, _BadNumber)


class _Numbers:
    """Reads the numbers of a file, and notes whether one is invalid."""

    all_good = True

    def constant(self, literal: str) -> _BadNumber:
        """Note a constant that is not valid JSON, such as NaN."""
        self.all_good = False
        return _BadNumber(literal)

    def real(self, literal: str) -> Any:
        """Read a number with a fraction or an exponent."""
        number = float(literal)
        return number if math.isfinite(number) else self.constant(literal)

    def whole(self, literal: str) -> Any:
        """Read a whole number."""
        return int(literal) if len(literal) <= MOST_DIGITS else self.constant(literal)


def damaged(path: str, reason: str) -> DataError:
    """Build the error of a damaged file of 'Discover topics'."""
    return DataError(f"The model folder's {path} is damaged ({reason}). Run 'Discover topics' again.")


def fault_of(path: str) -> Fault:
    """Return `damaged` for one file."""
    return lambda reason: damaged(path, reason)


def parse_object(content: bytes, fault: Fault, *, most_bytes: int = MOST_BYTES) -> dict[str, Any]:
    """Parse a file that holds one JSON object.

    Raises
    ------
    DataError
        Where it is too large, not JSON in UTF-8, nested too deeply, or has a repeated key or an invalid number.
    """
    text, numbers = _decoded(content, fault, most_bytes), _Numbers()
    try:
        parsed = json.loads(
            text, object_pairs_hook=_object,
            parse_constant=numbers.constant, parse_float=numbers.real, parse_int=numbers.whole,
        )  # fmt: skip
    except RecursionError as error:
        raise fault("its lists and objects are nested too deeply") from error
    except ValueError as error:
        raise fault(str(error)) from error
    if not isinstance(parsed, dict):
        raise fault("it must hold a JSON object")
    for field, literal in () if numbers.all_good else _bad_numbers(parsed):
        raise fault(f"{field} must be a finite number of at most {MOST_DIGITS} digits. Got {literal[:20]}")
    return parsed


def _decoded(content: bytes, fault: Fault, most_bytes: int) -> str:
    if len(content) > most_bytes:
        raise fault(too_large(most_bytes))
    if not content:
        raise fault("it is empty")
    if content.startswith(codecs.BOM_UTF8):
        raise fault("it begins with a byte order mark")
    if content.count(b",") > MOST_VALUES:
        raise fault(f"it holds more than {MOST_VALUES:,} values")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise fault("it is not in UTF-8") from error


def too_large(most_bytes: int) -> str:
    """Return the reason why a file is too large."""
    return f"it is larger than {most_bytes / 2**20:,.0f} MB"


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    parsed = dict(pairs)
    if len(parsed) < len(pairs):
        names = Counter(name for name, _ in pairs)
        twice = next(name for name, count in names.items() if count > 1)
        raise ValueError(f"it has the key {shown(twice)} twice")
    return parsed


def _bad_numbers(parsed: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the path and the literal of each invalid number."""
    found: list[tuple[str, Any]] = list(parsed.items())
    while found:
        path, value = found.pop()
        if isinstance(value, _BadNumber):
            yield one_line(path)[:80], value
        elif isinstance(value, dict):
            found += [(f"{path}.{name}", item) for name, item in value.items()]
        elif isinstance(value, list):
            found += [(f"{path}[{i}]", item) for i, item in enumerate(value) if isinstance(item, _MAY_BE_BAD)]


def shown(value: Any) -> str:
    """Format a value for a sentence: short, on one line, in the words of JSON."""
    if value is None or isinstance(value, bool):
        return {None: "nothing", True: "true", False: "false"}[value]
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return f"a list of {len(value):,} values"
    text = ascii(value)
    return text if len(text) <= 80 else text[:77] + "..."


def is_text(value: Any) -> bool:
    """Return whether a value is a text that can be written in UTF-8."""
    return isinstance(value, str) and _HALF.search(value) is None


def is_safe_line(text: str) -> bool:
    """Return whether a text is one line that shows as it is stored."""
    return _UNSAFE.search(text) is None


def one_line(text: str) -> str:
    """Return a text as one line: controls and line breaks become spaces, overrides of the direction go."""
    if not is_safe_line(text):
        text = _UNSAFE.sub(" ", text.translate(OVERRIDES).translate(_HALVES))
    return text.strip()


def several_lines(text: str) -> str:
    """Return a text whose line breaks and tabs stay, in one form; other controls go as in `one_line`."""
    lines = _BREAKS.sub("\n", text.translate(OVERRIDES).translate(_HALVES))
    return "".join(char if char in "\n\t" or not _UNSAFE.match(char) else " " for char in lines)


@dataclass(frozen=True)
class Fields:
    """The fields of an object, each checked when it is asked for."""

    values: Mapping[str, Any]
    fault: Fault  # builds the error of the file
    prefix: str = ""  # path of the object in the file, such as ``training_profile.``

    def refuse(self, name: str, must_be: str) -> DataError:
        """Build the error of a field."""
        got = shown(self.values.get(name)) if name in self.values else "nothing"
        return self.fault(f"{self.prefix}{name} must be {must_be}. Got {got}")

    def object(self, name: str) -> Fields:
        """Return a nested object; one that is absent is empty."""
        value = self.values.get(name)
        if value is not None and not isinstance(value, dict):
            raise self.refuse(name, "an object")
        return Fields(value or {}, self.fault, f"{self.prefix}{name}.")

    def text(self, name: str, *, most: int = LONGEST_TEXT) -> Optional[str]:
        """Return a text as one line, None where it is absent."""
        value = self.values.get(name)
        if value is None:
            return None
        if not is_text(value) or len(value) > most:
            raise self.refuse(name, f"a text of at most {most:,} characters")
        return one_line(value)

    def choice(self, name: str, choices: Collection[str], default: str) -> str:
        """Return one of some texts."""
        value = self.values.get(name, default)
        if not isinstance(value, str) or value not in choices:
            raise self.refuse(name, f"one of {', '.join(choices)}" if len(choices) <= 5 else "one this version knows")
        return value

    def whole(self, name: str, *, least: int = 0, most: int = MOST_COUNTED) -> Optional[int]:
        """Return a whole number, None where it is absent."""
        value = self.values.get(name)
        if value is not None and not (type(value) is int and least <= value <= most):
            raise self.refuse(name, f"a whole number from {least:,} to {most:,}")
        return value

    def number(self, name: str, *, least: float, most: float) -> float:
        """Return a number."""
        value: Any = self.values.get(name)
        if not _is_number(value, least, most):
            raise self.refuse(name, f"a number from {least:g} to {most:g}")
        return float(value)

    def figure(self, name: str, *, least: float, most: float) -> Optional[float]:
        """Return a number, None where it is absent."""
        return None if self.values.get(name) is None else self.number(name, least=least, most=most)

    def texts(self, name: str, *, n: Optional[int] = None, least: int = 0, most: int = LONGEST_TEXT) -> list[str]:
        """Return a list of texts unchanged, of ``n``, and of some length each."""
        values: Any = self.values.get(name)
        right = isinstance(values, list) and n in (None, len(values))
        if not right or not all(is_text(value) and least <= len(value) <= most for value in values):
            number = "" if n is None else f"{n:,} "
            raise self.refuse(name, f"a list of {number}texts of {least:,} to {most:,} characters")
        return values

    def wholes(self, name: str, n: int) -> np.ndarray:
        """Return a list of ``n`` counts as int64 array."""
        values: Any = self.values.get(name)
        right = isinstance(values, list) and len(values) == n
        if not right or not all(type(value) is int and 0 <= value <= MOST_COUNTED for value in values):
            raise self.refuse(name, f"a list of {n:,} whole numbers from 0 to {MOST_COUNTED:,}")
        return np.array(values, dtype=np.int64)

    def numbers(self, name: str, n: int, *, least: float, most: float, nullable: bool = False) -> np.ndarray:
        """Return a list of ``n`` numbers as float64 array; one that may be null is NaN then."""
        values: Any = self.values.get(name)
        right = isinstance(values, list) and len(values) == n
        if not right or not all(_is_number(value, least, most) or (nullable and value is None) for value in values):
            raise self.refuse(name, f"a list of {n:,} numbers from {least:g} to {most:g}")
        return np.array([math.nan if value is None else value for value in values], dtype=np.float64)


def _is_number(value: Any, least: float, most: float) -> bool:
    return type(value) in (int, float) and least <= value <= most
