"""Reading calls of ``Dataset``: frames, chunks of frames, rows, raw bytes."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any, BinaryIO, Optional

import pandas as pd

from .cells import DatasetRow, cell_reader
from .dataset_handle import DatasetHandle
from .errors import DssError, storage_faults
from .frames import FrameOptions, dataframe_schema, read_frames
from .raw_formats import open_raw_stream
from .sampling import create_sampling_argument, sample_rows

logger = logging.getLogger(__name__)
_SAMPLING_ARGUMENTS = ("sampling", "sampling_column", "limit", "ratio", "ascending")


class DatasetReading(DatasetHandle):
    """The part of ``Dataset`` that reads rows."""

    def get_dataframe(  # noqa: PLR0917, the order of DSS 14
        self,
        columns: Optional[list[str]] = None,
        sampling: Any = "head",
        sampling_column: Optional[str] = None,
        limit: Optional[int] = None,
        ratio: Optional[float] = None,
        ascending: bool = True,
        infer_with_pandas: bool = True,
        parse_dates: bool = True,
        bool_as_str: bool = False,
        int_as_float: bool = False,
        use_nullable_integers: bool = False,
        categoricals: Any = None,
        float_precision: Optional[str] = None,
        na_values: Any = None,
        keep_default_na: bool = True,
        print_deep_memory_usage: bool = True,
        skip_additional_data_checks: bool = False,
        date_parser: Any = None,
        override_dtypes: Optional[dict[str, Any]] = None,
        pandas_read_kwargs: Optional[dict[str, Any]] = None,
    ) -> pd.DataFrame:
        """Read the dataset, or a sample of it, into one frame; the parameters are those of DSS 14.

        By default pandas infers the types and the schema is ignored, except for its dates. Without rows, it raises
        pandas' ``EmptyDataError`` when the instance is set to raise.
        """
        arguments = dict(locals())
        frame = next(self._frames(arguments, chunksize=None))
        if print_deep_memory_usage:
            logger.info("Loading dataframe: %s rows, %s columns", len(frame), len(frame.columns))
        return frame

    def iter_dataframes(  # noqa: PLR0917
        self,
        chunksize: int = 10000,
        infer_with_pandas: bool = True,
        sampling: Any = "head",
        sampling_column: Optional[str] = None,
        parse_dates: bool = True,
        limit: Optional[int] = None,
        ratio: Optional[float] = None,
        columns: Optional[list[str]] = None,
        bool_as_str: bool = False,
        int_as_float: bool = False,
        use_nullable_integers: bool = False,
        categoricals: Any = None,
        float_precision: Optional[str] = None,
        na_values: Any = None,
        keep_default_na: bool = True,
        ascending: bool = True,
        pandas_read_kwargs: Optional[dict[str, Any]] = None,
    ) -> Iterator[pd.DataFrame]:
        """Read the dataset as frames of `chunksize` rows; each chunk is inferred on its own."""
        arguments = dict(locals())
        yield from self._frames(arguments, chunksize=chunksize)

    def iter_dataframes_forced_types(  # noqa: PLR0917
        self,
        names: list[str],
        dtypes: Optional[dict[str, Any]],
        parse_date_columns: Any,
        chunksize: int = 10000,
        sampling: Any = "head",
        sampling_column: Optional[str] = None,
        limit: Optional[int] = None,
        ratio: Optional[float] = None,
        float_precision: Optional[str] = None,
        na_values: Any = None,
        keep_default_na: bool = True,
        ascending: bool = True,
        pandas_read_kwargs: Optional[dict[str, Any]] = None,
    ) -> Iterator[pd.DataFrame]:
        """Read the dataset as frames with the names, dtypes and date columns given by the caller."""
        forced = {"dtype": dtypes, "parse_dates": parse_date_columns, **(pandas_read_kwargs or {})}
        arguments = {**locals(), "columns": names, "pandas_read_kwargs": forced}
        yield from self._frames(arguments, chunksize=chunksize)

    @staticmethod
    def get_dataframe_schema_st(
        schema: list[dict[str, Any]],
        columns: Optional[list[str]] = None,
        parse_dates: bool = True,
        infer_with_pandas: bool = False,
        bool_as_str: bool = False,
        int_as_float: bool = False,
        use_nullable_integers: bool = False,
        categoricals: Any = None,
    ) -> tuple[list[str], Any, Any]:
        """Return the names, dtypes and date columns that a read with these options hands to pandas."""
        given = {name: value for name, value in locals().items() if name != "schema"}
        return dataframe_schema(schema, FrameOptions(**given))

    def iter_tuples(
        self,
        sampling: Any = "head",
        sampling_column: Optional[str] = None,
        limit: Optional[int] = None,
        ratio: Optional[float] = None,
        log_every: int = -1,
        timeout: int = 30,
        columns: Optional[list[str]] = None,
        ascending: bool = True,
    ) -> Iterator[tuple[Any, ...]]:
        """Yield rows as tuples typed by the schema; `log_every` and `timeout` are accepted and have no effect."""
        arguments = dict(locals())
        schema = self.read_schema()
        names, _, _ = dataframe_schema(schema, FrameOptions(columns=columns))
        position = {column["name"]: index for index, column in enumerate(schema)}
        readers = [(position[name], cell_reader(schema[position[name]]["type"])) for name in names]
        for row in self._sampled_rows(arguments):
            yield tuple(read(row[index]) for index, read in readers)

    def iter_rows(
        self,
        sampling: Any = "head",
        sampling_column: Optional[str] = None,
        limit: Optional[int] = None,
        ratio: Optional[float] = None,
        log_every: int = -1,
        timeout: int = 30,
        columns: Optional[list[str]] = None,
        ascending: bool = True,
    ) -> Iterator[DatasetRow]:
        """Yield rows as dict-like objects typed by the schema."""
        arguments = {name: value for name, value in locals().items() if name != "self"}
        names, _, _ = dataframe_schema(self.read_schema(), FrameOptions(columns=columns))
        for values in self.iter_tuples(**arguments):
            yield DatasetRow(names, values)

    def raw_formatted_data(
        self,
        sampling: Any = None,
        columns: Optional[list[str]] = None,
        format: str = "tsv-excel-noheader",
        format_params: Optional[dict[str, Any]] = None,
        read_session_id: Optional[str] = None,
    ) -> BinaryIO:
        """Open a stream of the rows as bytes, forward only and formatted as it is read.

        `sampling` is in the form of DSS; for `format` and its parameters see `raw_formats.open_raw_stream`. The session
        has no effect.
        """
        schema = self.read_schema()
        names, _, _ = dataframe_schema(schema, FrameOptions(columns=columns))
        position = {column["name"]: index for index, column in enumerate(schema)}
        rows = self._sampled_rows({"sampling": "head" if sampling is None else sampling})
        cells = ([row[position[name]] for name in names] for row in rows)
        return open_raw_stream([schema[position[name]] for name in names], cells, format, format_params)

    def get_fast_path_dataframe(
        self,
        auto_fallback: bool = False,
        columns: Optional[list[str]] = None,
        pandas_read_kwargs: Optional[dict[str, Any]] = None,
        print_deep_memory_usage: bool = True,
    ) -> pd.DataFrame:
        """Read through the fast path, which no dataset offers here: fall back, or raise as DSS does."""
        if not auto_fallback:
            raise DssError(
                f"Fast path is not available for dataset {self.name}: it is not stored in a suitable format."
            )
        return self.get_dataframe(
            columns=columns, pandas_read_kwargs=pandas_read_kwargs, print_deep_memory_usage=print_deep_memory_usage
        )

    def _frames(self, arguments: dict[str, Any], chunksize: Optional[int]) -> Iterator[pd.DataFrame]:
        options = FrameOptions(**{name: arguments[name] for name in _OPTION_NAMES if name in arguments})
        return read_frames(self._sampled_rows(arguments), self.read_schema(), options, chunksize)

    def _sampled_rows(self, arguments: dict[str, Any]) -> Iterator[list[str]]:
        if not self.readable:
            raise DssError(f"You cannot read dataset {self.name}, it is not declared as an input")
        given = {name: arguments[name] for name in _SAMPLING_ARGUMENTS if name in arguments}
        sampling = create_sampling_argument(**given)
        schema = self.read_schema()
        with storage_faults("Failed to read dataset stream data: "):
            self.stored.data_files(self.read_partitions)
        return sample_rows(lambda: self.stored.rows(self.read_partitions), schema, sampling)


_OPTION_NAMES = tuple(FrameOptions.__dataclass_fields__)
