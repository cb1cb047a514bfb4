"""Rows of Spark's workers: how cells are read and written, and work that does not depend on how rows are divided."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest

from text_explorer.columns import Column
from text_explorer.concurrency.sending import unpack
from text_explorer.concurrency.threads import MAX_WORKERS, limit_workers
from text_explorer.corpus.language.document_languages import TextLanguages
from text_explorer.dss.batches import on_spark, spark_rows
from text_explorer.dss.batches.groups import GroupedCounts
from text_explorer.dss.batches.spark_rows import RowFormat, Worked, work_on_rows
from text_explorer.dss.forms.summarize import read_summarize_groups_settings

NOON = int(datetime(1969, 7, 20, 20, 17, 40).timestamp() - datetime(1970, 1, 1).timestamp()) * 1_000_000 + 101_000
NAMES = ("id", "text", "place", "weight")


@pytest.fixture(autouse=True)
def threads_as_before():
    """Undo the limit that workers set."""
    yield
    limit_workers(MAX_WORKERS)


@pytest.mark.parametrize(
    ("value", "storage_type", "read"),
    [
        (None, "string", None),
        ("00123", "string", "00123"),
        (17, "bigint", 17),
        (float(np.float32(0.1)), "float", 0.1),
        (0.5, "double", 0.5),
        (True, "boolean", "true"),
        (NOON, "date", "1969-07-20T20:17:40.101Z"),
        (date(2020, 2, 29), "dateonly", "2020-02-29"),
        (datetime(2020, 3, 29, 2, 30, 0, 500_000), "datetimenotz", "2020-03-29 02:30:00.500"),
        (["é", None], "array", '["é", null]'),
        ({"a": [True]}, "map", '{"a": [true]}'),
    ],
)
def test_a_cell_is_read_as_from_the_dataset(value, storage_type, read):
    row_format = RowFormat(("c",), (storage_type,), ("c",), ())
    ((rows, chunk),) = row_format.chunks([(value,)])
    assert (rows, chunk["c"].tolist()) == ([(value,)], [read])


def test_rows_keep_their_cells_and_get_plain_values(monkeypatch):
    monkeypatch.setattr(spark_rows, "ROWS_AT_ONCE", 2)
    added = tuple(Column(name, kind, "") for name, kind in (("n", "bigint"), ("x", "double"), ("s", "string")))
    row_format = RowFormat(("id", "text"), ("bigint", "string"), ("text",), added, (Column("ok", "boolean", ""),))

    def work(chunk):
        assert list(chunk) == ["text"]
        n_rows = len(chunk)
        table = pd.DataFrame({
            "n": pd.array([pd.NA, 7][:n_rows], dtype="Int64"), "x": [float("nan"), 0.5][:n_rows],
            "s": [None, "é"][:n_rows],
        })  # fmt: skip
        return Worked(table, pd.DataFrame({"ok": [True]}), n_rows)

    done = list(work_on_rows([(1, "a"), (2, None), (3, "c")], row_format, work))
    assert [row for rows, _, _ in done for row in rows] == [
        (1, "a", None, None, None), (2, None, 7, 0.5, "é"), (3, "c", None, None, None),
    ]  # fmt: skip
    assert [further for _, further, _ in done] == [[(True,)], [(True,)]]
    assert [unpack(counts) for _, _, counts in done] == [2, 1]


def groups_of(rows, n_parts, **config):
    """Summarize groups of rows that come in parts, as the workers do."""
    settings = read_summarize_groups_settings(
        {"text_column": "text", "group_columns": ["place"], "id_column": "id", **config}, NAMES
    )
    row_format = RowFormat(NAMES, ("bigint", "string", "string", "double"), tuple(settings.columns), ())
    languages, parts, counts = TextLanguages("en", detect=False), {}, GroupedCounts(TextLanguages("en", detect=False))
    for first in range(n_parts):
        ((groups, content),) = on_spark.collect_groups(row_format, settings, languages, rows[first::n_parts])
        counts.merge(unpack(content))
        for key, group in groups:
            parts.setdefault(key, []).append(group)
    done = map(unpack, on_spark.summarize_groups(settings, True, parts.items()))
    return {group.key[0]: group for group in done}, counts


ROWS = [
    (number, f"Number {number} is a room. The room {number % 5} has a view.", "sea" if number % 2 else None, 0.5)
    for number in range(40)
]


@pytest.mark.parametrize("config", [{}, {"max_documents": 5}, {"max_documents": 5, "weight_column": "weight"}])
def test_groups_do_not_depend_on_how_rows_are_divided(config):
    whole, _ = groups_of(ROWS, 1, **config)
    for divided in (groups_of(ROWS, 7, **config)[0], groups_of(ROWS[::-1], 3, **config)[0]):
        assert divided == whole
    assert whole["sea"].values["n_documents"] == 20
    assert {row[0] for row in whole["sea"].sentences} <= {str(number) for number in range(1, 40, 2)}


def test_counts_of_groups_are_those_of_all_rows():
    _, counts = groups_of([*ROWS, (40, " ", "sea", None)], 4, weight_column="weight")
    assert (counts.n_rows, counts.n_documents, counts.n_without_weight) == (41, 40, 1)
    assert counts.languages.as_dict()["n_texts"] == {"en": 40}
