"""Stored rows as pandas frames, with the options of the reading calls of ``Dataset``."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Optional, Union

import numpy as np
import pandas as pd

from .errors import DssError
from .instance import empty_reads_give_frame
from .raw_formats import RowStream
from .schema_handling import DKU_PANDAS_TYPES_MAP, NULLABLE_INTEGER_DTYPES

_INTEGER_TYPES = tuple(NULLABLE_INTEGER_DTYPES)


@dataclass(frozen=True)
class FrameOptions:
    """How cells become values; the names are those of ``Dataset.get_dataframe``."""

    columns: Optional[list[str]] = None
    infer_with_pandas: bool = True
    parse_dates: bool = True
    bool_as_str: bool = False
    int_as_float: bool = False
    use_nullable_integers: bool = False
    categoricals: Union[str, list[str], None] = None
    float_precision: Optional[str] = None
    na_values: Any = None
    keep_default_na: bool = True
    date_parser: Any = None
    override_dtypes: Optional[dict[str, Any]] = None
    pandas_read_kwargs: Optional[dict[str, Any]] = field(default=None)


def dataframe_schema(schema: list[dict[str, Any]], options: FrameOptions) -> tuple[list[str], Any, Any]:
    """Translate a dataset's schema into the ``names``, ``dtype`` and ``parse_dates`` of ``pandas.read_csv``.

    The dtypes are None when pandas infers all, the date columns False when there are none.
    """
    types = {column["name"]: column["type"] for column in schema}
    names = list(types) if options.columns is None else list(dict.fromkeys(options.columns))
    unknown = [name for name in names if name not in types]
    if unknown:
        raise DssError(f"Column not found in the schema of the dataset: {', '.join(map(str, unknown))}")
    date_columns = [name for name in names if types[name] == "date"] if options.parse_dates else []
    if options.infer_with_pandas:
        dtypes = {name: "str" for name in names if options.bool_as_str and types[name] == "boolean"}
    else:
        # pandas leaves a date column alone that has both a dtype and is to be parsed
        dtypes = {name: _typed_dtype(types[name], options) for name in names if name not in date_columns}
    dtypes.update(dict.fromkeys(_categorical_columns(names, types, options), "category"))
    dtypes.update({name: dtype for name, dtype in (options.override_dtypes or {}).items() if name in names})
    return names, dtypes or None, date_columns or False


def read_frames(
    rows: Iterable[list[str]], schema: list[dict[str, Any]], options: FrameOptions, chunksize: Optional[int] = None
) -> Iterator[pd.DataFrame]:
    """Yield stored rows as one frame, or as frames of `chunksize` rows; they are streamed, never held together."""
    names, dtypes, date_columns = dataframe_schema(schema, options)
    positions = [[column["name"] for column in schema].index(name) for name in names]
    cells = ([row[position] for position in positions] for row in rows)
    first = list(itertools.islice(cells, 1))
    if not first and not empty_reads_give_frame():
        raise pd.errors.EmptyDataError("No columns to parse from file")
    stream = io.BufferedReader(RowStream(itertools.chain(first, cells)))
    reader = pd.read_csv(stream, **_read_arguments(names, dtypes, date_columns, options, chunksize))
    if chunksize is None:
        yield reader
    else:
        yield from reader


def _read_arguments(
    names: list[str], dtypes: Any, date_columns: Any, options: FrameOptions, chunksize: Optional[int]
) -> dict[str, Any]:
    arguments: dict[str, Any] = {
        "names": names,
        "header": None,
        "dtype": dtypes,
        "parse_dates": date_columns,
        "chunksize": chunksize,
        "doublequote": True,
        "quotechar": '"',
        "float_precision": options.float_precision,
        "na_values": options.na_values,
        "keep_default_na": options.keep_default_na,
    }
    if options.date_parser is not None:
        arguments["date_parser"] = options.date_parser
    return {**arguments, **(options.pandas_read_kwargs or {})}


def _typed_dtype(storage_type: str, options: FrameOptions) -> Any:
    if storage_type == "boolean" and options.bool_as_str:
        return "str"
    if storage_type in _INTEGER_TYPES and options.int_as_float:
        return "float64"
    if storage_type in _INTEGER_TYPES and options.use_nullable_integers:
        return NULLABLE_INTEGER_DTYPES[storage_type]
    return DKU_PANDAS_TYPES_MAP.get(storage_type, np.object_)


def _categorical_columns(names: list[str], types: dict[str, str], options: FrameOptions) -> list[str]:
    if options.categoricals is None:
        return []
    if options.categoricals == "all_strings":
        return [name for name in names if types[name] == "string"]
    return [name for name in names if name in options.categoricals]
