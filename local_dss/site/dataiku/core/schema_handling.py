"""Storage types against pandas dtypes, in both directions."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from .errors import DssError

# dtypes of typed reads; every other type is read as object.
DKU_PANDAS_TYPES_MAP = {
    "int": np.int32,
    "bigint": np.int64,
    "float": np.float32,
    "double": np.float64,
    "boolean": np.bool_,
}
NULLABLE_INTEGER_DTYPES = {"tinyint": "Int8", "smallint": "Int16", "int": "Int32", "bigint": "Int64"}
# What a frame's schema becomes; every other dtype is written as string.
PANDAS_DKU_TYPES_MAP = {
    "int64": "bigint",
    "Int64": "bigint",
    "int32": "int",
    "float64": "double",
    "float32": "float",
    "bool": "boolean",
    "boolean": "boolean",
}


def get_type_from_dtype(dtype: Any) -> str:
    """Return the storage type a pandas column is written with.

    It is ``string`` for category, small and unsigned integers, periods, text and anything unlisted.
    """
    if pd.api.types.is_datetime64_any_dtype(dtype):
        return "date"
    return PANDAS_DKU_TYPES_MAP.get(str(dtype), "string")


def get_schema_from_df(df: pd.DataFrame) -> list[dict[str, str]]:
    """Return the schema a frame is written with; the index is no part of it, equal labels are refused."""
    names = [str(label) for label in df.columns]
    duplicates = sorted({name for name in names if names.count(name) > 1})
    if duplicates:
        raise DssError(
            f"DSS doesn't support dataframes containing multiple columns with label: {', '.join(duplicates)}"
        )
    return [{"name": name, "type": get_type_from_dtype(dtype)} for name, dtype in zip(names, df.dtypes)]
