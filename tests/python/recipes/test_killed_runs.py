"""Recipes killed with no warning in the middle of writing, as by the machine running out of memory."""

import json
import random

import pytest

DISCOVER, ASSIGN = "text-explorer-topics", "text-explorer-assign"
OUTPUTS = {role: role for role in ("document_topics", "topics", "topic_terms", "model")}
CONFIG = {"text_column": "text", "language": "en", "engine": "gsdmm", "n_topics": 6, "n_iterations": 3}
_DRAW = random.Random(11)
THEMES = ("army navy battle soldier enemy fleet", "gold silver bank currency treasury coin")
# Enough rows for the writing to take a second.
ROWS = [{"text": " ".join(_DRAW.choices(THEMES[row % 2].split(), k=6))} for row in range(60_000)]
OTHER_ROWS = ROWS[:200]


@pytest.fixture
def documents(instance):
    instance.import_rows("documents", ROWS)
    return instance


def manifests(instance):
    return list(instance.home.rglob("manifest.json"))


def test_a_partly_written_model_is_never_read_as_complete(documents):
    inputs = {"documents": "documents"}
    assert documents.run(DISCOVER, inputs, OUTPUTS, CONFIG, "--form-defaults").returncode == 0
    first = documents.export_bytes("document_topics"), documents.model_files("model")
    # From the first output on, the folder does not look whole: datasets and model would be of two runs.
    log = documents.run_until_killed(DISCOVER, inputs, OUTPUTS, {**CONFIG, "seed": 1}, lambda: not manifests(documents))
    assert "Process died with signal 9" in log
    assert not manifests(documents)
    refused = documents.run(
        ASSIGN, {**inputs, "model": "model"}, {"document_topics": "assigned"}, {"text_column": "text"}
    )
    assert refused.returncode == 1
    assert "The model folder has no complete model (manifest.json is missing)" in refused.stderr
    assert "'Discover topics' is writing it, or a run was interrupted" in refused.stderr
    assert documents.run(DISCOVER, inputs, OUTPUTS, CONFIG, "--form-defaults").returncode == 0
    again = documents.export_bytes("document_topics"), documents.model_files("model")
    assert again[0] == first[0]
    assert without_time(again[1]) == without_time(first[1])


def without_time(files):
    manifest = json.loads(files["manifest.json"])
    assert manifest.pop("training_seconds") > 0
    return {**files, "manifest.json": manifest}


def test_an_interrupted_assignment_can_be_repeated(documents):
    documents.import_rows("few", OTHER_ROWS)
    assert documents.run(DISCOVER, {"documents": "few"}, OUTPUTS, CONFIG, "--form-defaults").returncode == 0
    inputs, outputs = {"documents": "documents", "model": "model"}, {"document_topics": "assigned"}
    config = {"text_column": "text"}

    def is_writing():
        return any(documents.home.rglob("assigned/data/*"))

    assert "Process died with signal 9" in documents.run_until_killed(ASSIGN, inputs, outputs, config, is_writing)
    assert documents.run(ASSIGN, inputs, outputs, config).returncode == 0
    again = documents.export_bytes("assigned")
    assert documents.run(ASSIGN, inputs, {"document_topics": "undisturbed"}, config).returncode == 0
    assert again == documents.export_bytes("undisturbed")
    assert len(again.splitlines()) == len(ROWS) + 1
