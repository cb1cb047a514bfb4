"""The sample dataset, read as DSS does: by the columns of its descriptor, from files without a header line."""

from __future__ import annotations

import csv
import json

from tests.python.conftest import ROOT

FOLDER = ROOT / "sample-datasets" / "text-explorer-reviews"
DESCRIPTOR = json.loads((FOLDER / "dataset.json").read_text("utf-8"))
TYPES = {column["name"]: column["type"] for column in DESCRIPTOR["columns"]}
FILES = sorted((FOLDER / "data").glob("*.csv"))


def read_cells() -> list[list[str]]:
    """Return the cells of every row."""
    rows = []
    for path in FILES:
        with path.open(encoding="utf-8", newline="") as stream:
            rows += list(csv.reader(stream, strict=True))
    return rows


def read_reviews() -> list[dict[str, str]]:
    """Return the rows by the names of their columns."""
    return [dict(zip(TYPES, cells)) for cells in read_cells()]
