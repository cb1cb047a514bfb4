"""Read rows of a dataset for a page: ``python local_dss_page_data.py``, with the request on stdin, the rows on stdout.

The request is a JSON object with ``home``, ``projectKey``, ``dataset`` and what ``dataiku.fetch`` sends. The answer is
``{"columns": [...], "rows": [[...], ...]}``, or ``{"message": "..."}`` with exit code 1 when the rows cannot be read.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dataiku.core.errors import DssError, NotAvailableHereError
from dataiku.core.sampling import sample_rows
from local_dss_storage.datasets import StoredDataset
from local_dss_storage.errors import StorageError
from local_dss_storage.row_formula import row_filter
from local_dss_storage.schema import column_names


def read_page_rows(request: dict[str, Any]) -> dict[str, Any]:
    """Return the rows a request chooses: the filter first, then the sampling, then the columns.

    A cell is its text, null when it is empty.
    """
    dataset = StoredDataset(Path(request["home"]), request["projectKey"], request["dataset"])
    columns = dataset.read_columns()
    names = column_names(columns)
    wanted = request.get("columns") or names
    unknown = [name for name in wanted if name not in names]
    if unknown:
        raise StorageError(f"Dataset {dataset.full_name} has no column {', '.join(map(str, unknown))}.")
    partitions = request["partitions"].split(",") if request.get("partitions") else None
    dataset.data_files(partitions)  # a dataset that is not built is an error even when no row is asked for
    keeps = row_filter(request["filterExpression"], names) if request.get("filterExpression") else None

    def rows() -> Iterator[list[str]]:
        return filter(keeps, dataset.rows(partitions)) if keeps else dataset.rows(partitions)

    positions = [names.index(name) for name in wanted]
    sampled = sample_rows(rows, columns, request.get("sampling") or {})
    return {"columns": wanted, "rows": [[row[position] or None for position in positions] for row in sampled]}


def main() -> int:
    """Answer the request on stdin; return the exit code."""
    try:
        answer = read_page_rows(json.load(sys.stdin))
    except (StorageError, DssError, NotAvailableHereError) as error:
        print(json.dumps({"message": str(error)}))
        return 1
    json.dump(answer, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
