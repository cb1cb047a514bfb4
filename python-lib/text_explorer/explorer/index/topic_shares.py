"""A document's shares of the topics as the index holds them: the JSON the recipes wrote, read only when it is shown."""

from __future__ import annotations

import json
import re
from typing import Optional

import numpy as np

from text_explorer.explorer.shared.cells import as_list, as_number

# Shares are written with at most six digits, and sums of them are rounded to as many.
SHARE_DIGITS = 6
# An array of numbers: of what the recipes write, this look is all, as reading fifty numbers takes ten times as long.
_NUMBERS = re.compile(r"\[[0-9., eE+-]*\]", re.ASCII)


def pack_shares(cell: object) -> Optional[str]:
    """Bring a cell into the form that `unpack_shares` reads, None where it holds no array; no share counts as 0."""
    if isinstance(cell, str) and _NUMBERS.fullmatch(cell):
        return cell
    shares = as_list(cell)
    return None if shares is None else json.dumps([as_number(share) or 0.0 for share in shares])


def unpack_shares(packed: str) -> np.ndarray:
    """Return the shares of a document: float64 array of shape (n_topics,), empty where it has none."""
    try:
        shares = np.array(json.loads(packed or "[]"), dtype=np.float64)
    except (ValueError, OverflowError):  # such as "[0.5,,0.5]", which looks like an array of numbers
        return np.empty(0)
    return np.where((shares >= 0) & (shares <= 1), shares, 0.0)
