"""Small helpers on frames."""

from __future__ import annotations

from typing import Optional

import numpy as np
import pandas as pd


def split_train_valid(
    df: pd.DataFrame, prop: float = 0.8, seed: Optional[int] = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split a frame at random; the first part has the share `prop`."""
    order = np.random.default_rng(seed).permutation(len(df))
    n_first = int(len(df) * prop)
    return df.iloc[order[:n_first]], df.iloc[order[n_first:]]


def audit(df: pd.DataFrame) -> pd.DataFrame:
    """Describe each column: dtype, share filled, number of distinct values."""
    return pd.DataFrame(
        {
            "_a_variable": df.columns,
            "_b_data_type": list(df.dtypes),
            "_c_cardinality": [df[column].nunique() for column in df.columns],
            "_d_missings": [int(df[column].isna().sum()) for column in df.columns],
        }
    )
