"""A document's shares of the topics as the index holds them: four bytes each, a third of what JSON takes."""

from __future__ import annotations

from array import array
from typing import Optional

import numpy as np

from text_explorer.explorer.cells import as_list, as_number

# Shares are written with at most six digits; single precision keeps seven.
SHARE_DIGITS = 6


def pack_shares(cell: object) -> Optional[bytes]:
    """Pack a cell that holds a JSON array of shares; None where it cannot be read, an unreadable share counts as 0."""
    shares = as_list(cell)
    if shares is None:
        return None
    try:
        packed = array("f", shares)
    except (TypeError, OverflowError):  # texts, nulls or nested lists among the numbers
        packed = array("f", [as_number(share) or 0.0 for share in shares])
    values = np.frombuffer(packed, dtype=np.float32)
    return (packed if np.isfinite(values).all() else np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)).tobytes()


def unpack_shares(packed: bytes) -> np.ndarray:
    """Give the shares of a document.

    Returns
    -------
    ndarray of shape (n_topics,), float64
        Empty where the document has none.
    """
    return np.round(np.frombuffer(packed, dtype=np.float32).astype(np.float64), SHARE_DIGITS)
