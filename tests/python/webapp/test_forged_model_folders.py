"""The webapp over model folders that are forged, damaged or being written: a sentence on every route, and no 500."""

from __future__ import annotations

import threading

import pytest
from flask import Flask

from tests.python.unit.explorer.trained_source import trained_source
from tests.python.unit.topics.forged_folders import ARRAYS, FORGERIES, MANIFEST, VOCABULARY
from text_explorer.explorer.api.blueprint import register
from text_explorer.topics.storage.manifest import WRITING, read_manifest

GETS = ("status", "overview", "edits", "topics/0", "documents", "documents/0/words", "review", "review/results",
        "stop-words", "terms", "merge?topics=0,1")  # fmt: skip
POSTS = {
    "try": {"text": "cats"},
    "stop-words": {"add": ["cats"]},
    "edits": {"seen": "none:0:none", "changes": [{"topic_id": 0, "hidden": True}]},
    "review": {"round": 0, "answers": [{"id": "0.0.00000000", "word": "x"}]},
}
OF_MANIFEST = (
    "empty manifest", "nested manifest", "manifest in UTF-16", "key twice", "long manifest", "list for the name",
    "1e999", "no format", "text for the labels", "fewer labels", "text for the languages",
)  # fmt: skip
OF_MODEL = (
    "empty vocabulary", "nested vocabulary", "term turned around", "number for stems", "bomb of another shape",
    "header of 10^13 numbers", "negative counts", "NaN for a prior", "cut arrays", "unknown normal form",
)  # fmt: skip


def answers_of(files):
    """Ask every route over a folder of these files; return status code and answer by route."""
    source = trained_source()
    source.files = files
    source.model_file = files.get
    source.manifest = lambda: read_manifest(files.get)
    app = Flask("webapp")
    register(app, source, check_every=0)
    client = app.test_client()
    client.get("/api/status")
    for thread in threading.enumerate():
        if thread.name == "text-explorer-index":
            thread.join(20)
    answers = {path: client.get(f"/api/{path}") for path in GETS}
    headers = {"X-Text-Explorer": "1"}
    answers |= {f"post {path}": client.post(f"/api/{path}", json=body, headers=headers) for path, body in POSTS.items()}
    return {path: (answer.status_code, answer.json) for path, answer in answers.items()}


@pytest.fixture(autouse=True)
def own_temporary_files(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


def good_files():
    return trained_source().files


def spoiled(name):
    files = good_files()
    if name == "1e999":
        return {**files, MANIFEST: files[MANIFEST].replace(b'"n_words": ', b'"n_words": 1e999, "x": ')}
    return FORGERIES[name][0](files)


def faults_of(answers):
    return {path: answer for path, (code, answer) in answers.items() if code in (500, 501, 502)}


@pytest.mark.parametrize("name", OF_MANIFEST)
def test_a_forged_manifest_is_a_sentence_on_every_route(name):
    answers = answers_of(spoiled(name))
    assert faults_of(answers) == {}
    error = answers["status"][1]["error"]
    assert MANIFEST in error
    assert error.isprintable()
    for path in ("stop-words", "post stop-words"):
        code, answer = answers[path]
        assert (code, MANIFEST in answer["error"]) == (422, True)


@pytest.mark.parametrize("name", OF_MODEL)
def test_a_forged_model_leaves_the_datasets_to_be_read_and_says_why(name):
    answers = answers_of(spoiled(name))
    assert faults_of(answers) == {}
    assert answers["status"][1]["state"] == "ready"
    code, answer = answers["post try"]
    assert code == 422
    assert FORGERIES[name][1] in answer["error"]
    notes = answers["overview"][1]["notes"]
    if name != "unknown normal form":  # which the words of the topics do not need
        assert any(FORGERIES[name][1] in note for note in notes)


def test_a_folder_that_is_being_written_is_said_to_be_so():
    files = {path: content for path, content in good_files().items() if path != MANIFEST}
    answers = answers_of({**files, WRITING: b"{}"})
    assert faults_of(answers) == {}
    assert "'Discover topics' is writing it, or a run was interrupted" in answers["status"][1]["error"]


def test_files_of_another_run_are_not_shown_as_words_of_these_topics():
    other = trained_source("lda_gibbs").files
    files = {**good_files(), VOCABULARY: other[VOCABULARY], ARRAYS: other[ARRAYS], WRITING: b"{}"}
    answers = answers_of(files)
    assert faults_of(answers) == {}
    assert "its files do not fit together yet" in answers["post try"][1]["error"]
    assert any("its files do not fit together yet" in note for note in answers["overview"][1]["notes"])
