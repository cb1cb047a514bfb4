"""Recipes that work row by row write the same rows on Spark as without it, in another order."""

from __future__ import annotations

import json

import pytest

from tests.python.recipes.model_folders import import_folder
from tests.python.spark.conftest import CLUSTER, THREADS
from tests.python.unit.topics.theme_models import THEMES, theme_files

CONFIGURATIONS = (THREADS, CLUSTER)
TYPES = {
    "id": "bigint", "text": "string", "written": "date", "share": "double", "single": "float", "flag": "boolean",
    "topic_id": "string", "day": "dateonly", "Text": "string", "tags": "array",
}  # fmt: skip
N_DOCUMENTS = 60


def documents():
    """Return documents of every theme, and some that are empty, unknown, or odd."""
    rows = []
    for number in range(N_DOCUMENTS):
        theme = list(THEMES)[number % len(THEMES)]
        rows.append({
            "id": number, "text": f"The {THEMES[theme]} of {theme}. A row of its own is number {number}.",
            "written": f"19{number + 10:02}-03-29T01:{number:02}:07.50{number % 10}Z", "share": number / 7,
            "single": 0.1, "flag": number % 2 == 0, "topic_id": "00123", "day": "2020-02-29", "Text": "another column",
            "tags": json.dumps(["a", number]),
        })  # fmt: skip
    empty = dict.fromkeys(TYPES, "")
    odd = ("", "zebras and giraffes", "the of and", "null", " \n ", 'army, "gold"\nmoney\x00 whale 😀', "war " * 50_000)
    return [*rows, *({**empty, "id": N_DOCUMENTS + number, "text": text} for number, text in enumerate(odd))]


@pytest.fixture(scope="session")
def flow(on_spark):
    """Import the documents and a model with edits."""
    on_spark.import_rows("documents", [{name: _cell(row[name]) for name in TYPES} for row in documents()], TYPES)
    on_spark.import_rows("nothing", [], TYPES)
    import_folder(on_spark, "model", theme_files("lda_gibbs"))
    return on_spark


def _cell(value):
    return str(value).lower() if isinstance(value, bool) else value


def run(instance, recipe, inputs, outputs, config, *options):
    done = instance.run(recipe, inputs, outputs, config, "--form-defaults", *options)
    assert done.returncode == 0, done.stderr
    return done


def columns_of(instance, name):
    path = instance.home / "projects" / "LOCAL" / "datasets" / name / "schema.json"
    return json.loads(path.read_text("utf-8"))["columns"]


def assert_same(instance, twin, name):
    """Check that two datasets have the same columns and, in any order, the same rows."""
    assert columns_of(instance, name) == columns_of(instance, twin)
    rows = [sorted(map(tuple, (row.items() for row in instance.rows(each)))) for each in (twin, name)]
    assert rows[0] == rows[1]
    return rows[1]


ASSIGN = {"text_column": "text", "share_columns": True}


@pytest.mark.parametrize("configuration", CONFIGURATIONS)
def test_topics_are_assigned_as_without_spark(flow, configuration):
    inputs = {"documents": "documents", "model": "model"}
    run(flow, "text-explorer-assign", inputs, {"document_topics": "assigned", "drift": "drift"}, ASSIGN)
    outputs = {"document_topics": "assigned_spark", "drift": "drift_spark"}
    run(flow, "text-explorer-assign-spark", inputs, outputs, ASSIGN, "--spark-config", configuration)
    assert len(assert_same(flow, "assigned", "assigned_spark")) == len(documents())
    assert flow.export_bytes("drift_spark") == flow.export_bytes("drift")
