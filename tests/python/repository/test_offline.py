"""After installation nothing needs the network: not a name looked up, not a file of NLTK's data."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
CUT_OFF = ["unshare", "--map-root-user", "--net"]


@pytest.fixture(scope="module")
def cut_off() -> list[str]:
    """The start of a command that runs the rest with no network at all, loopback aside."""
    if shutil.which("unshare") and subprocess.run([*CUT_OFF, "true"], capture_output=True, check=False).returncode == 0:
        return CUT_OFF
    if os.environ.get("CI") == "true":
        pytest.fail("CI must be able to cut the network: 'unshare --map-root-user --net true' fails.")
    return pytest.skip("needs Linux with user namespaces (unshare) to cut the network")


def test_the_network_is_really_cut(cut_off):
    look_up = "import socket; socket.create_connection(('example.org', 443), timeout=5)"
    done = subprocess.run([*cut_off, sys.executable, "-c", look_up], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "gaierror" in done.stderr


def test_recipes_and_webapp_work_with_the_network_cut_and_no_nltk_data(cut_off, tmp_path):
    home = tmp_path / "user"
    home.mkdir()
    environment = {**os.environ, "NLTK_DATA": str(tmp_path / "none"), "HOME": str(home)}
    command = [*cut_off, sys.executable, "-m", "tests.python.repository.offline_run", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (
        "24 rows with topics, 24 rows assigned, 24 rows with summaries, 24 summaries evaluated, 2 topics summarized, "
        "2 topics in the webapp" in done.stdout
    )
