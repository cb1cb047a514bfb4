"""A model folder, edits, logs and webapp settings written by version 0.1.0 still open (``tests/data``)."""

from __future__ import annotations

import csv
import json

import pytest

from local_dss.command_line import main
from tests.python.conftest import ROOT, LocalInstance
from tests.python.local_dss.webapp_host.running_host import wait_until

OLD = ROOT / "tests" / "data" / "project_of_0_1_0"
WRITTEN = ("with_topics", "topics", "topic_terms", "edits")
ORCHARD, COURT, HARBOUR = 0, 1, 2


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    """Import what version 0.1.0 wrote."""
    old = LocalInstance(tmp_path_factory.mktemp("old"))
    home = str(old.home)
    for name in WRITTEN:
        files = [str(OLD / f"{name}.csv"), "--schema", str(OLD / f"{name}.schema.json")]
        assert main(["import", "--home", home, name, *files]) in (0, None)
    assert main(["import-folder", "--home", home, "model", str(OLD / "model")]) in (0, None)
    assert main(["create", "--home", home, "stop_words"]) in (0, None)
    return old


@pytest.fixture(scope="module")
def host(serve, instance):
    settings = json.loads((OLD / "webapp.json").read_text("utf-8"))
    started = serve("--user", "analyst", home=instance.home, **settings)
    wait_until(lambda: started.call("/api/status").json()["state"] == "ready", "the index")
    return started


def test_new_rows_get_the_topics_and_edits_of_the_old_model(instance):
    rows = list(csv.DictReader((OLD / "with_topics.csv").read_text("utf-8").splitlines()))
    instance.import_rows("again", [{"id": row["id"], "text": row["text"]} for row in rows])
    inputs, outputs = {"documents": "again", "model": "model"}, {"document_topics": "assigned"}
    done = instance.run("text-explorer-assign", inputs, outputs, {"text_column": "text", "apply_edits": False})
    assert done.returncode == 0, done.stderr
    assert [row["topic_id"] for row in instance.rows("assigned")] == [row["topic_id"] for row in rows]
    done = instance.run("text-explorer-assign", inputs, outputs, {"text_column": "text", "apply_edits": True})
    assert done.returncode == 0, done.stderr
    assigned = {
        row["topic_id"]: (new["topic_label"], new["topic_status"]) for row, new in zip(rows, instance.rows("assigned"))
    }
    hidden = ("", "hidden topic")
    assert assigned == {str(ORCHARD): ("Äpfel & <b>pears</b>", "ok"), str(COURT): hidden, str(HARBOUR): hidden}


def test_the_webapp_opens_with_the_old_settings_and_edits(host):
    topics = {topic["id"]: topic for topic in host.call("/api/overview").json()["topics"]}
    assert topics[ORCHARD]["label"] == "Äpfel & <b>pears</b>"
    assert topics[COURT]["hidden"] is True
    assert topics[HARBOUR]["belongs_to"] == COURT
    assert host.call("/api/documents").json()["total"] == 40


def test_old_stop_words_and_answers_are_read(host):
    assert [entry["word"] for entry in host.call("/api/stop-words").json()["words"]] == ["日本"]
    (answers,) = (OLD / "model" / "review").iterdir()
    stored = json.loads(answers.read_text("utf-8"))["answers"]
    assert host.call("/api/review/results").json()["n_answers"] == len(stored) == 2


def test_an_edit_is_added_to_the_old_log(host):
    changes = {"seen": host.call("/api/edits").json()["version"], "changes": [{"topic_id": COURT, "hidden": False}]}
    saved = host.call("/api/edits", "POST", json=changes, headers={"X-Text-Explorer": "1"}).json()
    assert saved["dataset"]["rows"] == 4
