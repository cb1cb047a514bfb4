"""Write what people decide in the webapp: files added to the model folder, and tables of the webapp's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dataiku
import pandas as pd

from text_explorer.columns import Column, names_of, schema_of
from text_explorer.dss.io.datasets import write_rows
from text_explorer.dss.io.disk_faults import advice_on_disk
from text_explorer.dss.webapp.asking import explain_faults
from text_explorer.errors import DataError

_DTYPES = {"bigint": "Int64", "boolean": "boolean", "date": "datetime64[ns, UTC]"}
"""pandas' type for each storage type of DSS, so that cells may be empty; texts are objects."""

_COLUMNS_NAMED = 5


def add_file(folder: dataiku.Folder, path: str, content: bytes) -> None:
    """Put a new file into a managed folder; what fails is a ``DataError``."""

    def sentence(error: Exception) -> str:
        reason = advice_on_disk(error) or "the user who runs this webapp needs the right to write to it"
        return f"The folder of the setting 'Model' cannot be written, so nothing was saved: {reason}."

    with explain_faults(sentence):
        folder.upload_data(path, content)


def write_own_table(name: str, label: str, columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> None:
    """Replace the rows of a dataset that holds nothing but what the webapp wrote; None is an empty cell.

    Parameters
    ----------
    name, label
        Of the dataset, and of the setting that names it.
    columns, rows
        Columns of the dataset, and cells in their order.

    Raises
    ------
    DataError
        Where the dataset has other columns, so that something else would be lost, or cannot be written.
    """

    def sentence(error: Exception) -> str:
        reason = (
            advice_on_disk(error) or "it may have been deleted, or the user who runs this webapp may lack write access"
        )
        return f"The dataset '{name}' of the setting '{label}' cannot be written: {reason}."

    with explain_faults(sentence):
        present = [column["name"] for column in dataiku.Dataset(name).read_schema(raise_if_empty=False)]
    _check_columns(name, label, present, names_of(columns))
    frame = pd.DataFrame(
        {
            column.name: pd.Series([row[place] for row in rows], dtype=_DTYPES.get(column.type, object))
            for place, column in enumerate(columns)
        }
    )
    with explain_faults(sentence):
        write_rows(name, schema_of(columns), [frame])


def _check_columns(name: str, label: str, present: Sequence[str], own: Sequence[str]) -> None:
    """Let pass a dataset that is new or has the webapp's own columns; some databases change the case of names.

    New versions add columns at the end, after the time of an entry, so one of an older version has the first ones.
    """
    first = own[: len(present)]
    if not present or ("time" in first and sorted(map(str.lower, present)) == sorted(first)):
        return
    named = ", ".join(f"'{column}'" for column in present[:_COLUMNS_NAMED])
    more = f" and {len(present) - _COLUMNS_NAMED} more" if len(present) > _COLUMNS_NAMED else ""
    raise DataError(
        f"The dataset '{name}' of the setting '{label}' was not written by this webapp: it has the columns {named}"
        f"{more}. Nothing was written to it. Select a new, empty dataset for this setting."
    )
