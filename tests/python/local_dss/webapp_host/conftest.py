"""Hosts for the tests of this folder; each is ended, and must leave nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.python.local_dss.webapp_host.running_host import ROOT, RunningHost, write_config

LIBRARIES = ROOT / ".webapp-libraries"


@pytest.fixture
def start_host(tmp_path):
    """Start hosts; all are ended after the test."""
    started = []

    def start(webapp: str, *options: str, plugin: Path | None = None, home: Path | None = None) -> RunningHost:
        chosen = {} if plugin is None else {"plugin": plugin}
        started.append(RunningHost(webapp, home or tmp_path / "home", *options, **chosen))
        return started[-1]

    yield start
    for host in started:
        host.stop()


@pytest.fixture(scope="session")
def libraries() -> str:
    """Return the folder of the libraries."""
    assert (LIBRARIES / "are-ready").exists(), "This test needs the libraries of webapps: run 'make webapp-libraries'."
    return str(LIBRARIES)


@pytest.fixture(scope="module")
def classic_host(tmp_path_factory):
    """One running host of the classic webapp, shared by the tests of a module."""
    folder = tmp_path_factory.mktemp("classic")
    config = write_config(folder, title="Été <b>")
    host = RunningHost("webapp-probe_classic", folder / "home", "--config", config, "--anonymous").wait_until_serving()
    yield host
    host.stop()
