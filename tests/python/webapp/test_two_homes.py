"""Two instances on one machine whose webapps are the same in all they know, but for the documents."""

from __future__ import annotations

import pytest

from tests.python.conftest import ROOT
from tests.python.local_dss.webapp_host.running_host import RunningHost, wait_until, write_config
from tests.python.unit.explorer.memory_source import small_source
from tests.python.webapp.conftest import WEBAPP, import_source

ROLES = ("document_topics", "topics", "topic_terms")
# As of tables of a database: neither files nor metrics, and the same name in both instances.
WITHOUT_SIGNS = """
import dataiku

for question in ("get_files_info", "get_last_metric_values", "get_location_info"):
    setattr(dataiku.Dataset, question, None)
"""


@pytest.fixture
def plugins(tmp_path):
    """Make plugins like this one whose backend looks for changes at every request, with and without signs of them."""

    def make(name: str, first_lines: str):
        folder = tmp_path / name
        webapp = folder / "webapps" / WEBAPP
        webapp.mkdir(parents=True)
        for file in (ROOT / "webapps" / WEBAPP).iterdir():
            (webapp / file.name).write_bytes(file.read_bytes())
        for linked in ("python-lib", "resource", "plugin.json"):
            (folder / linked).symlink_to(ROOT / linked)
        backend = (webapp / "backend.py").read_text("utf-8")
        asking = backend.replace("embed=embed_query)", "embed=embed_query, check_every=0)")
        assert asking != backend
        (webapp / "backend.py").write_text(first_lines + asking, "utf-8")
        return folder

    return {"files": make("files", ""), "no signs": make("no-signs", WITHOUT_SIGNS)}


@pytest.fixture
def serve_home(tmp_path, monkeypatch):
    """Serve homes that differ in the texts of their documents, with the same settings and temporary folder."""
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    config = write_config(tmp_path, **{role: role for role in ROLES}, text_column="text", id_column="id")
    hosts = []

    def start(name: str, plugin, *options: str) -> RunningHost:
        home = tmp_path / name
        if not home.exists():
            source = small_source()
            for row in source.tables["document_topics"]:
                row["text"] = f"{name} {row['text']}"
            import_source(source, home, tmp_path / f"{name}-files")
        hosts.append(RunningHost(WEBAPP, home, "--config", config, *options, plugin=plugin))
        return hosts[-1].wait_until_serving()

    yield start
    for host in hosts:
        host.stop()


def texts_of(host):
    return {entry["excerpt"].split(" ")[0] for entry in host.call("/api/documents").json()["documents"]}


def wait_until_ready(host):
    return wait_until(lambda: (status := host.call("/api/status").json())["state"] == "ready" and status, "an index")


def count_builds(host):
    return sum("built in" in line for line in host.log)


@pytest.mark.parametrize("signs", ["files", "no signs"])
def test_each_of_two_equal_webapps_shows_its_own_documents_and_builds_once(serve_home, plugins, signs):
    hosts = {name: serve_home(name, plugins[signs]) for name in ("first", "second")}
    versions = {name: wait_until_ready(host)["version"] for name, host in hosts.items()}
    assert versions["first"] != versions["second"]
    for _ in range(10):
        for name, host in hosts.items():
            assert texts_of(host) == {name}
            assert host.call("/api/status").json()["version"] == versions[name]
    assert [count_builds(host) for host in hosts.values()] == [1, 1]


@pytest.mark.parametrize("signs", ["files", "no signs"])
def test_the_processes_of_one_backend_share_one_index(serve_home, plugins, signs):
    host = serve_home("first", plugins[signs], "--processes", "2")
    version = wait_until_ready(host)["version"]
    assert {host.call("/api/status").json()["version"] for _ in range(8)} == {version}
    assert count_builds(host) == 1


def test_a_backend_that_is_started_again_takes_the_index_that_is_there(serve_home, plugins):
    host = serve_home("first", plugins["files"])
    version = wait_until_ready(host)["version"]
    host.stop()
    again = serve_home("first", plugins["files"])
    assert again.call("/api/status").json()["version"] == version
    assert count_builds(again) == 0
