"""What people decide in the page, from a request to the running webapp to the rows and files a flow reads."""

from __future__ import annotations

import csv
import json
import shutil

import pytest

from local_dss.command_line import main
from tests.python.conftest import LocalInstance
from tests.python.local_dss.webapp_host.running_host import RunningHost, wait_until, write_config
from tests.python.unit.explorer.trained_source import TEXTS, topic_of, trained_source
from tests.python.webapp.conftest import ROOT, WEBAPP, import_source

GUARD = {"X-Text-Explorer": "1"}
ROLES = ("document_topics", "topics", "topic_terms", "model", "edits", "stop_words")


@pytest.fixture(scope="module")
def trained():
    return trained_source()


@pytest.fixture(scope="module")
def home(trained, tmp_path_factory):
    """Make a home folder with the trained model, two new datasets to write, and people."""
    folder = tmp_path_factory.mktemp("written")
    home = folder / "home"
    import_source(trained, home, folder / "files")
    for name in ("edits", "stop_words"):
        assert main(["create", "--home", str(home), name]) in (0, None)
    for path, content in trained.files.items():
        (folder / "model" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "model" / path).write_bytes(content)
    assert main(["import-folder", "--home", str(home), "model", str(folder / "model")]) in (0, None)
    return home


@pytest.fixture(scope="module")
def serve(home, tmp_path_factory):
    """Start hosts of the webapp, their files kept in a folder of the test."""
    hosts = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(tmp_path_factory.mktemp("temporary")))

        def start(*options, **settings):
            config = write_config(tmp_path_factory.mktemp("config"), **{role: role for role in ROLES}, **settings)
            host = RunningHost(WEBAPP, home, "--config", config, *options, plugin=ROOT)
            hosts.append(host.wait_until_serving())
            wait_until(lambda: host.call("/api/status").json()["state"] == "ready", "the index")
            return host

        yield start
        for host in hosts:
            host.stop()


@pytest.fixture(scope="module")
def host(serve):
    return serve("--user", "analyst", "--processes", "2", text_column="text")


def post(host, path, body, **headers):
    return host.call(f"/api/{path}", "POST", json=body, headers={**GUARD, **headers})


def rows_of(home, name, folder):
    path = folder / f"{name}.csv"
    assert main(["export", "--home", str(home), name, str(path)]) in (0, None)
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def test_edits_reach_the_folder_and_the_dataset(host, home, trained, tmp_path):
    pets, money = topic_of(trained, "pets"), topic_of(trained, "money")
    seen = host.call("/api/edits").json()["version"]
    changes = [{"topic_id": pets, "label": "Tiere 🐈 <b>", "note": "a\nb"}, {"topic_id": money, "hidden": True}]
    saved = post(host, "edits", {"seen": seen, "changes": changes}, Origin=host.origin).json()
    assert (saved["written"], saved["dataset"], saved["dataset_error"]) == (2, {"name": "edits", "rows": 2}, None)
    rows = rows_of(home, "edits", tmp_path)
    assert [(row["topic_id"], row["label"], row["merged_into"], row["hidden"], row["author"]) for row in rows] == [
        (str(pets), "Tiere 🐈 <b>", "", "false", "analyst"),
        (str(money), "money", "", "true", "analyst"),
    ]
    assert main(["export-folder", "--home", str(home), "model", str(tmp_path / "model")]) in (0, None)
    (file,) = (tmp_path / "model" / "edits").iterdir()
    assert json.loads(file.read_text("utf-8"))["model_id"] == trained.model["model_id"]
    topics = {topic["id"]: topic for topic in host.call("/api/overview").json()["topics"]}
    assert topics[pets]["label"] == "Tiere 🐈 <b>"
    assert topics[money]["hidden"] is True
    taken_back = {"seen": saved["version"], "changes": [{"topic_id": money, "hidden": False}]}
    assert post(host, "edits", taken_back).json()["dataset"]["rows"] == 3


def test_stop_words_reach_the_dataset_in_the_column_discover_topics_reads_first(host, home, tmp_path):
    told = post(host, "stop-words", {"add": ["cats", "日本"]}).json()
    assert told["dataset_error"] is None
    rows = rows_of(home, "stop_words", tmp_path)
    assert next(iter(rows[0])) == "stop_word"
    assert {row["stop_word"] for row in rows} == {"cats", "日本"}


def test_the_folder_of_what_people_said_is_a_model_folder_still(host):
    question = host.call("/api/review?n=1").json()["questions"][0]
    answers = [{"id": question["id"], "word": question["words"][0]}]
    assert post(host, "review", {"round": 0, "answers": answers}).json()["stored"] is True
    assert post(host, "try", {"text": "cats purr"}).json()["n_known"] == 2
    assert host.call("/api/documents/0/words").json()["n_words"] == len(TEXTS[0].split())


def test_an_anonymous_visitor_reads_and_cannot_write(serve):
    host = serve("--anonymous", text_column="text")
    assert host.call("/api/edits").json()["visitor"] is None
    refused = post(host, "edits", {"seen": "x", "changes": []})
    assert refused.status_code == 403
    assert "You are not signed in" in refused.json()["error"]


def test_a_request_of_another_page_is_refused_by_the_running_webapp(host):
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert post(host, "stop-words", {"add": ["x"]}, **headers).status_code == 403


def test_recipes_take_what_was_written_and_a_new_training_keeps_it(host, home, trained, tmp_path):
    pets = topic_of(trained, "pets")
    seen = host.call("/api/edits").json()["version"]
    post(host, "edits", {"seen": seen, "changes": [{"topic_id": pets, "label": "Tiere"}]})
    post(host, "stop-words", {"add": ["kittens"]})
    question = host.call("/api/review?n=1").json()["questions"][0]
    post(host, "review", {"round": 1, "answers": [{"id": question["id"], "word": question["words"][0]}]})
    texts = [{"id": str(row), "text": text} for row, text in enumerate(TEXTS)]
    instance = LocalInstance(tmp_path)
    shutil.copytree(home, instance.home)
    instance.import_rows("texts", texts)
    done = instance.run(
        "text-explorer-assign", {"documents": "texts", "model": "model"}, {"document_topics": "scored"},
        {"text_column": "text"}, "--form-defaults",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert {row["topic_label"] for row in instance.rows("scored")} == {"Tiere", "money", ""}
    before = instance.model_files("model")
    outputs = {"document_topics": "new_docs", "topics": "new_topics", "topic_terms": "new_terms", "model": "model"}
    done = instance.run(
        "text-explorer-topics", {"documents": "texts", "stop_words": "stop_words"}, outputs,
        {"text_column": "text", "language": "en", "min_documents": 1}, "--form-defaults",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "kittens" not in {row["term"] for row in instance.rows("new_terms")}
    after = instance.model_files("model")
    said = {path for path in before if path.split("/")[0] in ("edits", "review", "stop_words")}
    assert {path.split("/")[0] for path in said} == {"edits", "review", "stop_words"}
    assert {path: after[path] for path in said} == {path: before[path] for path in said}
    assert json.loads(after["manifest.json"])["model_id"] != trained.model["model_id"]
