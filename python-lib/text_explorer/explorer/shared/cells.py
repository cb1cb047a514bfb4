"""Read single cells of a dataset tolerantly: whatever a storage returns, never NaN, never an exception."""

from __future__ import annotations

import json
from datetime import datetime, time
from typing import Any

# Private-use characters that frame a match while SQLite hands it over.
MARK_START = "\ue000"
MARK_END = "\ue001"
# A larger topic id is a number of something else, and arrays have a place for each id.
MOST_TOPICS = 100_000
_LARGEST = 1e30
"""A larger number is a mistake, and sums and products of such would be infinite, in 32 bits even sooner."""
_REPLACED = str.maketrans(dict.fromkeys(("\0", MARK_START, MARK_END), "\ufffd"))


def as_text(cell: object) -> str:
    """Read a cell as text: a missing value is the empty text, 3.0 is ``3``, midnight is the day alone."""
    if isinstance(cell, str):  # first, as most cells are
        return cell if cell.isascii() and "\0" not in cell else _storable(cell)
    if cell is None or cell != cell:  # noqa: PLR0124 - only NaN and NaT differ from themselves
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat()
    return json.dumps(cell) if isinstance(cell, (dict, list)) else str(cell)


def _storable(text: str) -> str:
    """Replace, one for one, what cannot stand in the index: NUL, halves of surrogate pairs, marks of matches."""
    text = text.translate(_REPLACED)
    return text.encode("utf-8", "replace").decode("utf-8")


def as_number(cell: object) -> float | None:
    """Read a cell as a number, or None: what is not finite, or larger than any figure of a model, is none."""
    if isinstance(cell, (str, bool)) or cell is None:
        cell = as_text(cell).strip() or "nan"
    try:
        number = float(cell)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None
    return number if abs(number) <= _LARGEST else None


def as_integer(cell: object) -> int | None:
    """Read a cell as an integer, or None: ``3``, ``"3"`` and ``3.0`` are 3, ``3.5`` is none."""
    number = as_number(cell)
    return int(number) if number is not None and number.is_integer() and abs(number) < 2**53 else None


def as_topic_id(cell: object) -> int | None:
    """Read a cell as a topic id, or None where the document has no topic."""
    topic = as_integer(cell)
    return topic if topic is not None and 0 <= topic < MOST_TOPICS else None


def as_list(cell: object) -> list[Any] | None:
    """Read a cell that holds a JSON array; an empty cell is an empty list, anything unreadable is None."""
    if isinstance(cell, list):
        return cell
    text = as_text(cell).strip()
    if not text:
        return []
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, list) else None


def as_object(value: object) -> dict[str, Any]:
    """Return a JSON object as it is and anything else as an empty one."""
    return value if isinstance(value, dict) else {}
