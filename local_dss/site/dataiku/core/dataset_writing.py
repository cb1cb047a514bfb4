"""Writing calls of ``Dataset``: schema, frames, writer."""

from __future__ import annotations

from typing import Any, Optional

import pandas as pd
from local_dss_storage.schema import check_columns

from .dataset_handle import DatasetHandle
from .dataset_write import DatasetWriter
from .errors import DssError, storage_faults
from .schema_handling import get_schema_from_df


class DatasetWriting(DatasetHandle):
    """The part of ``Dataset`` that writes rows and schema."""

    def write_with_schema(
        self, df: pd.DataFrame, drop_and_create: bool = False, dropAndCreate: Optional[bool] = None
    ) -> None:
        """Write the schema of a frame, then its rows; the rows already there are replaced unless appending.

        `drop_and_create` drops the stored rows of all partitions; `dropAndCreate` is its deprecated spelling.
        """
        self._check_frame(df, "write_with_schema")
        self.write_dataframe(df, infer_schema=True, drop_and_create=bool(drop_and_create or dropAndCreate))

    def write_dataframe(
        self,
        df: pd.DataFrame,
        infer_schema: bool = False,
        drop_and_create: bool = False,
        dropAndCreate: Optional[bool] = None,
    ) -> None:
        """Write the rows of a frame into the existing schema, or into its own with `infer_schema`."""
        self._check_frame(df, "write_dataframe")
        self._check_writable()
        get_schema_from_df(df)  # duplicate labels are refused even when the schema is kept
        if infer_schema:
            self.write_schema_from_dataframe(df, drop_and_create=bool(drop_and_create or dropAndCreate))
        with self.get_writer() as writer:
            writer.write_dataframe(df)

    def write_from_dataframe(
        self, df: pd.DataFrame, infer_schema: bool = False, write_direct: bool = False, dropAndCreate: bool = False
    ) -> None:
        """Write the rows of a frame; older name of `write_dataframe`."""
        self.write_dataframe(df, infer_schema=infer_schema, drop_and_create=dropAndCreate)

    def write_schema_from_dataframe(
        self, df: pd.DataFrame, drop_and_create: bool = False, dropAndCreate: Optional[bool] = None
    ) -> None:
        """Write the schema of a frame, without rows."""
        self._check_frame(df, "write_schema_from_dataframe")
        self.write_schema(get_schema_from_df(df), drop_and_create=bool(drop_and_create or dropAndCreate))

    def write_schema(
        self, columns: list[dict[str, Any]], drop_and_create: bool = False, dropAndCreate: Optional[bool] = None
    ) -> None:
        """Write the schema, whose columns keep keys beyond name and type."""
        self._check_writable()
        with storage_faults(f"Unable to write schema for {self.name}: "):
            checked = check_columns(columns)
            self.stored.write_columns(checked)
            if drop_and_create or dropAndCreate:
                self.stored.clear()
        self.cols = checked

    def get_writer(self) -> DatasetWriter:
        """Open a writer; one may be open for a dataset at a time."""
        self._check_writable()
        return DatasetWriter(self)

    def _check_writable(self) -> None:
        if not self.writable:
            raise DssError(f"You cannot write dataset {self.name}, it is not declared as an output")

    @staticmethod
    def _check_frame(df: Any, method: str) -> None:
        if not hasattr(df, "to_csv"):
            raise ValueError(f"Method {method} expects a dataframe as argument. You gave a {type(df)}")
