"""What a cell of a text column holds: a text, or nothing."""

from __future__ import annotations

from typing import Optional

import pandas as pd


def text_of(cell: object) -> Optional[str]:
    """Read a cell as text.

    Parameters
    ----------
    cell
        Any value of a column: text, None, NaN, NaT, number, date.

    Returns
    -------
    str or None
        None for a missing value (NaN and NaT too) and for a text of white space alone, so that they never become the
        words "None" or "nan".
    """
    if not isinstance(cell, str):
        if cell is None or (pd.api.types.is_scalar(cell) and pd.isna(cell)):
            return None
        cell = str(cell)
    return cell if cell.strip() else None
