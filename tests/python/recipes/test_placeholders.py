"""Cells that hold nothing but a word such as 'null': no text in any recipe, unless a setting makes them one."""

from __future__ import annotations

import json

import pytest

from tests.python.conftest import ROOT
from tests.python.recipes.model_folders import import_folder, plugin_with_chunks
from tests.python.unit.topics.theme_models import THEMES, theme_files

PLACEHOLDERS = [
    "nan", "NaN", "null", "NULL", "Null", "na", "NA", "none", "None", "NONE", "n/a", "N/A", "#N/A", "#NV", "#Н/Д", "-",
    "nil", "undefined", " null ", "\\N", "<NA>",
]  # fmt: skip
TEXTS = [
    "The treaty was null and void", "Nan, my grandmother, sold bread", "none of the soldiers",
    "N/A means not available", "Der Vertrag ist null und nichtig", "undefined behaviour of the navy",
]  # fmt: skip
OFF = {"placeholders_as_empty": False}


@pytest.fixture(scope="module")
def flow(shared_instance):
    """Import the rows: placeholders, each four times, texts with such words, and texts on the themes."""
    texts = [*PLACEHOLDERS * 4, *TEXTS, *[f"{words} {words}" for words in THEMES.values()] * 4]
    rows = [{"kind": "nan" if text in PLACEHOLDERS else "text", "text": text, "gold": "null"} for text in texts]
    shared_instance.import_rows("documents", rows)
    return shared_instance


def run(instance, recipe, config, outputs, plugin=ROOT, **inputs):
    """Run a recipe on the documents; return the rows of its first output, and its log."""
    instance.plugin = plugin
    inputs = inputs or {"documents": "documents"}
    config = {"text_column": "text", "language": "en", **config}
    done = instance.run(f"text-explorer-{recipe}", inputs, outputs, config, "--form-defaults")
    assert done.returncode == 0, done.stderr
    return instance.rows(next(iter(outputs.values()))), done.stderr


def topics(instance, name, config):
    outputs = {role: f"{role}_{name}" for role in ("document_topics", "topics", "topic_terms", "model")}
    return run(instance, "topics", {"n_topics": 4, "min_documents": 1, **config}, outputs)


def statuses(rows, column):
    """Return the statuses of placeholders and of texts."""
    return [{row[column] for row in rows if (row["kind"] == "nan") == is_one} for is_one in (True, False)]


@pytest.fixture(scope="module")
def trained(flow):
    return {name: topics(flow, name, config) for name, config in (("default", {}), ("off", OFF))}


def test_a_placeholder_has_no_topic_and_is_not_a_term(flow, trained):
    rows, log = trained["default"]
    assert statuses(rows, "topic_status") == [{"empty text"}, {"ok"}]
    assert [row["text"] for row in rows][: len(PLACEHOLDERS)] == PLACEHOLDERS
    assert f"{4 * len(PLACEHOLDERS)} cells contain only a word such as 'null'" in log
    terms = {row["term"]: int(row["document_count"]) for row in flow.rows("topic_terms_default")}
    assert terms["null"] == 2
    manifest = json.loads(flow.model_files("model_default")["manifest.json"])
    assert manifest["settings"]["placeholders_as_empty"] is True


def test_a_setting_keeps_placeholders_as_texts(flow, trained):
    rows, log = trained["off"]
    assert {row["topic_status"] for row in rows if row["text"] == "null"} == {"ok"}
    assert "cells contain only" not in log
    terms = {row["term"]: int(row["document_count"]) for row in flow.rows("topic_terms_off")}
    assert terms["null"] == 2 + 4 * 4


@pytest.mark.parametrize(("model", "expected"), [("default", {"empty text"}), ("off", {"ok"})])
def test_new_documents_are_read_as_those_of_training(flow, trained, model, expected):
    inputs = {"documents": "documents", "model": f"model_{model}"}
    rows, log = run(flow, "assign", {}, {"document_topics": "assigned"}, **inputs)
    assert {row["topic_status"] for row in rows if row["text"] == "null"} == expected
    assert ("cells contain only" in log) == (model == "default")


def test_a_model_without_the_setting_reads_placeholders_as_texts(flow):
    import_folder(flow, "old_model", theme_files())
    inputs = {"documents": "documents", "model": "old_model"}
    rows, _ = run(flow, "assign", {}, {"document_topics": "assigned_old"}, **inputs)
    assert {row["topic_status"] for row in rows if row["text"] == "null"} == {"no known term"}


@pytest.mark.parametrize(("config", "expected"), [({}, {"empty text"}), (OFF, {"short"})])
@pytest.mark.parametrize("method", ["lexrank", "lead"])
def test_a_placeholder_has_no_summary(flow, config, expected, method):
    rows, _ = run(flow, "summarize", {"preset": "custom", "method": method, **config}, {"summaries": "summaries"})
    assert {row["summary_status"] for row in rows if row["text"] == "null"} == expected
    assert {row["summary"] for row in rows if row["text"] == "null"} == (
        {""} if expected == {"empty text"} else {"null"}
    )
    assert "empty text" not in statuses(rows, "summary_status")[1]


def test_rows_read_at_once_make_no_difference(flow, tmp_path):
    whole = run(flow, "summarize", {}, {"summaries": "summaries"})
    plugin = plugin_with_chunks(tmp_path / "plugin", ROOT, "text-explorer-summarize", 3)
    rows, log = run(flow, "summarize", {}, {"summaries": "summaries"}, plugin)
    assert rows == whole[0]
    assert f"{4 * len(PLACEHOLDERS)} cells contain only" in log


def test_a_group_may_be_called_nan_while_its_texts_are_none(flow):
    config = {"group_columns": ["kind"]}
    rows, _ = run(flow, "summarize-groups", config, {"group_summaries": "groups"})
    assert [(row["kind"], row["n_documents"]) for row in rows] == [("nan", "0"), ("text", str(len(TEXTS) + 24))]
    rows, _ = run(flow, "summarize-groups", {**config, **OFF}, {"group_summaries": "groups"})
    n_shown = len(PLACEHOLDERS) - 1  # <NA> is a tag of HTML, which shows nothing
    assert rows[0]["n_documents"] == str(4 * n_shown)


@pytest.mark.parametrize(("config", "n_references"), [({}, {"0"}), (OFF, {"1"})])
def test_placeholders_are_neither_summaries_nor_references(flow, config, n_references):
    outputs = {"evaluation": "evaluation", "evaluation_overall": "overall"}
    config = {"summary_column": "text", "text_column": "kind", "reference_columns": ["gold"], **config}
    rows, _ = run(flow, "evaluate", config, outputs, summaries="documents")
    assert {row["n_references"] for row in rows} == n_references
    without = {row["evaluation_status"] for row in rows if row["text"] == "null"}
    assert without == ({"no summary"} if config.get("placeholders_as_empty", True) else {"ok"})


def test_comparisons_ignore_placeholders(flow):
    outputs = {"comparison": "comparison", "suggestion": "suggestion"}
    config = {"n_topics_list": [2], "n_seeds": 2, "engine": "lda_gibbs", "n_iterations": 10}
    _, log = run(flow, "compare", config, outputs)
    assert f"{4 * len(PLACEHOLDERS)} cells contain only" in log
