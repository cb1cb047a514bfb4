"""Read cells of a dataset as text."""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Sequence
from datetime import datetime, timezone
from typing import Optional

import numpy as np
import pandas as pd

_EXCEL_NOT_AVAILABLE = ("#n/a", "#n/d", "#nv", "#n.b", "#i/t", "#н/д", "#yok", "#saknas!", "#puuttuu!", "#hiányzik")
_EXCEL_ERRORS = ("#null!", "#ref!", "#value!", "#name?", "#num!", "#div/0!")
PLACEHOLDERS = frozenset((
    "nan", "-nan", "null", "none", "nil", "na", "n/a", "n.a.", "n.a", "n/d", "k.a.", "undefined", "nat", "<na>",
    "<nan>", "<null>", "<none>", "(null)", "(none)", "[null]", "\\n", "#na", "-", "--", "---", "\u2013", "\u2014",
    *_EXCEL_NOT_AVAILABLE, *_EXCEL_ERRORS,
))  # fmt: skip
"""What programs write into an empty cell, in lower case."""

_AROUND_LISTS = "\ufeff \t\r\n"
_LONGEST_PLACEHOLDER = 40
"""In characters, including white space around it; longer texts are not checked."""


def text_of(cell: object) -> Optional[str]:
    """Return a cell as text, the same however DSS delivers it.

    Parameters
    ----------
    cell
        A text, number, boolean or date. The same date may be text (in data frames read without parsing) or a datetime
        (in tuples), and the same integer a float (in a column with missing values).

    Returns
    -------
    str or None
        None for a missing value (including NaN and NaT) and for white space, so that they never become the words "None"
        or "nan". 17 and 17.0 are ``17``, True is ``true``, and a datetime has the format of DSS,
        ``2020-12-31T00:00:00.101Z``.
    """
    if isinstance(cell, str):
        return cell if cell.strip() else None
    if cell is None or (pd.api.types.is_scalar(cell) and pd.isna(cell)):
        return None
    if isinstance(cell, (bool, np.bool_)):
        return "true" if cell else "false"
    if isinstance(cell, (float, np.floating)) and float(cell).is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        utc = cell.astimezone(timezone.utc) if cell.tzinfo else cell
        return utc.strftime("%Y-%m-%dT%H:%M:%S.") + f"{utc.microsecond // 1000:03}Z"
    return str(cell)


def cells_in(cell: object) -> Sequence[object]:
    """Return the texts of a list of texts in a cell; any other cell is the only one.

    The list is JSON, as DSS writes arrays, or as Python writes lists. Texts in an inner list are the lines of one text,
    and of a JSON object the values count.
    """
    if not isinstance(cell, str) or not cell.strip(_AROUND_LISTS).startswith(("[", "{")):
        return (cell,)
    found = _list_in(cell.strip(_AROUND_LISTS))
    parts = list(found.values()) if isinstance(found, dict) else found
    if not isinstance(parts, list):
        return (cell,)
    texts = ["\n".join(part) if _is_list_of_texts(part) else part for part in parts]
    return texts if all(text is None or isinstance(text, str) for text in texts) else (cell,)


def _list_in(text: str) -> object:
    """Return what a text describes in JSON or, if it begins like a list of texts, in Python; None for another text."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        if not text.startswith(("['", '["', "[['", '[["')):
            return None
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return None


def _is_list_of_texts(part: object) -> bool:
    return isinstance(part, list) and bool(part) and all(isinstance(text, str) for text in part)


def is_placeholder(text: str) -> bool:
    """Return whether a text is only a placeholder for an empty cell, such as ``null`` or ``N/A``, in any case."""
    return len(text) <= _LONGEST_PLACEHOLDER and text.strip().casefold() in PLACEHOLDERS


def text_key(text: Optional[str], *beside: Optional[str]) -> int:
    """Return a 63-bit hash of a text and of the cells read beside it, the same in every process; 0 for no text."""
    if text is None:
        return 0
    whole = "\0".join([text, *(cell or "" for cell in beside)])
    digest = hashlib.blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def natural_order(key: str) -> tuple[bool, int, str]:
    """Order ids: whole numbers by size, before all others, which are ordered as text."""
    is_number = key.isascii() and key.isdigit()
    return not is_number, int(key) if is_number else 0, key
