"""Recipes whose outputs do not fit on the disk: a sentence that names the output, and no half of it that looks whole.

A limit on the size of files stands for the full disk, since it works for root and in containers alike.
"""

from __future__ import annotations

import os
import random

import pytest

DISCOVER, ASSIGN = "text-explorer-topics", "text-explorer-assign"
OUTPUTS = {role: role for role in ("document_topics", "topics", "topic_terms", "model")}
_DRAW = random.Random(11)
THEMES = ("army navy battle soldier enemy fleet", "gold silver bank currency treasury coin")
ROWS = [
    {
        "id": f"d{row}",
        "kind": "ab"[row % 2],
        "text": " ".join(_DRAW.choices(THEMES[row % 2].split(), k=30)) + ". The end.",
    }
    for row in range(600)
]
WORDS = [f"{first}{second}{third}" for first in THEMES[0].split() for second in "abcdefghij" for third in range(70)]
WIDE_ROWS = [{"text": " ".join(WORDS[start::400])} for start in range(400)]
"""Few texts of many words, so that the model takes more room than the rows."""

TOPICS = {"text_column": "text", "language": "auto", "engine": "gsdmm", "n_topics": 4, "n_iterations": 3}
TEXTS = {"text_column": "text", "language": "auto"}
LARGEST_KB = 64
"""Less than the rows take, more than each of the host's own files."""


@pytest.fixture(scope="module")
def trained(shared_instance):
    """Import rows and train a model without any limit."""
    shared_instance.import_rows("documents", ROWS)
    shared_instance.import_rows("wide", WIDE_ROWS)
    done = shared_instance.run(DISCOVER, {"documents": "documents"}, OUTPUTS, TOPICS, "--form-defaults")
    assert done.returncode == 0, done.stderr
    summarize = ("text-explorer-summarize", {"documents": "documents"}, {"summaries": "summaries"}, TEXTS)
    assert shared_instance.run(*summarize, "--form-defaults").returncode == 0
    return shared_instance


CASES = {
    "assign": (
        ASSIGN, {"documents": "documents", "model": "model"}, {"document_topics": "new"}, {"text_column": "text"},
    ),
    "summarize": ("text-explorer-summarize", {"documents": "documents"}, {"summaries": "new"}, TEXTS),
    "several processes": (
        "text-explorer-summarize", {"documents": "documents"}, {"summaries": "whole", "sentences": "new"},
        {**TEXTS, "n_processes": 2, "budget": 1},
    ),
    "groups": (
        "text-explorer-summarize-groups", {"documents": "documents"}, {"group_summaries": "new"},
        {**TEXTS, "id_column": "id", "group_columns": ["id"]},
    ),
    "evaluate": (
        "text-explorer-evaluate", {"summaries": "summaries"}, {"evaluation": "new", "evaluation_overall": "overall"},
        {**TEXTS, "summary_column": "summary"},
    ),
    "discover": (DISCOVER, {"documents": "documents"}, {**OUTPUTS, "document_topics": "new"}, TOPICS),
}  # fmt: skip


def check_told(done, output):
    """Check that a run failed with a sentence at the end of its log, and without the system's own words."""
    assert done.returncode == 1
    told = done.stderr.strip().splitlines()[-1]
    assert f"{output} could not be written: a file would be larger than this system allows" in told
    assert "Errno" not in told


@pytest.mark.parametrize("case", list(CASES))
def test_an_output_that_does_not_fit_is_named_and_left_without_rows(trained, case):
    done = trained.run(*CASES[case], "--form-defaults", largest_file=LARGEST_KB)
    check_told(done, "The dataset LOCAL.new")
    exported = trained.call("export", "--home", str(trained.home), "new", str(trained.folder / "new.csv"))
    is_empty = exported.returncode == 0 and not trained.rows("new")
    assert is_empty or "has not been built" in exported.stderr


def test_a_comparison_that_does_not_fit_is_named(trained):
    config = {**TEXTS, "language": "en", "engine": "lda_gibbs", "n_topics_list": [300], "n_seeds": 1, "n_iterations": 2}
    config |= {"min_documents": 1, "max_document_share": 1.0}
    case = ("text-explorer-compare", {"documents": "wide"}, {"comparison": "c", "suggestion": "s", "fits": "fits"})
    check_told(trained.run(*case, config, "--form-defaults", largest_file=12), "The folder of finished fits")
    again = trained.run(*case, config, "--form-defaults")
    assert (again.returncode, "0 of 1 models were finished by an earlier run" in again.stderr) == (0, True)


def test_a_model_folder_that_does_not_fit_holds_no_model(trained):
    config = {**TOPICS, "language": "en", "min_documents": 1, "max_document_share": 1.0}
    done = trained.run(DISCOVER, {"documents": "wide"}, OUTPUTS, config, "--form-defaults", largest_file=LARGEST_KB)
    check_told(done, "The model folder")
    refused = trained.run(*CASES["assign"])
    assert refused.returncode == 1
    assert "The model folder has no complete model (manifest.json is missing)" in refused.stderr


def test_no_recipe_needs_temporary_files(trained, tmp_path):
    environment = {**os.environ, "TMPDIR": str(tmp_path / "missing")}
    done = trained.run(*CASES["several processes"], "--form-defaults", environment=environment)
    assert done.returncode == 0, done.stderr
    assert len(trained.rows("whole")) == len(ROWS)
