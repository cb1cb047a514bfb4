"""The life of backend processes: start, readiness, death, restart, end."""

from __future__ import annotations

import os
import signal
import subprocess
import time

import pytest
import requests

from local_dss.webapp_host.backends import MAX_RESTARTS
from tests.python.local_dss.webapp_host.running_host import POLL_SECONDS, wait_until, write_config


def is_running(process_id: int) -> bool:
    """Return whether a process runs; one that has ended but is not yet collected does not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(process_id)], capture_output=True, text=True, check=False)
    return state.stdout.strip() != "" and not state.stdout.strip().startswith("Z")


def refused_for_a_second(host) -> set[int]:
    deadline = time.monotonic() + 1.0
    codes = set()
    while time.monotonic() < deadline:
        codes.add(host.call("/where").status_code)
        time.sleep(POLL_SECONDS)
    return codes


def test_the_backend_is_not_running_until_it_is_ready(start_host, tmp_path):
    gate = tmp_path / "gate"
    config = write_config(tmp_path, gate=str(gate))
    host = start_host("webapp-probe_gated", "--config", config).wait_until_listening()
    early = host.call("/where")
    assert (early.status_code, early.text) == (502, "Backend not running.\n")
    assert host.output == []
    gate.touch()
    host.wait_until_serving()
    assert host.output == [f"Serving Probe gated on {host.origin}/"]
    assert host.call("/where").text == "past the gate"


def test_a_backend_that_dies_is_restarted_a_limited_number_of_times(start_host, tmp_path):
    host = start_host("webapp-probe_classic", "--config", write_config(tmp_path, title="T")).wait_until_serving()
    seen = []
    for _ in range(MAX_RESTARTS + 1):
        answer = wait_until(lambda: host.call("/where").ok and host.call("/where"), "a backend that answers")
        seen.append(answer.json()["process"])
        assert host.call("/die", "POST").status_code == 502
    assert len(set(seen)) == MAX_RESTARTS + 1
    host.wait_for_log(f"[backend] The backend ended after {MAX_RESTARTS} restarts. It stays down.")
    assert host.call("/where").status_code == 502


def test_a_backend_that_cannot_be_imported_stays_down_and_says_why_in_the_log_only(start_host):
    host = start_host("webapp-probe_broken").wait_until_serving()
    answer = host.call("/where")
    assert (answer.status_code, answer.text) == (502, "Backend not running.\n")
    assert any("webapp-probe_broken/backend.py" in line for line in host.log)
    assert "[backend] RuntimeError: the probe cannot be imported" in host.log
    assert host.log[-1] == "[backend] The backend ended before it was ready. It stays down."
    assert host.get("/").ok


def test_a_backend_with_a_flask_object_of_its_own_never_becomes_ready(start_host):
    host = start_host("webapp-probe_own-flask").wait_until_listening()
    host.wait_for_log("backend.py replaced the Flask object it was given")
    assert refused_for_a_second(host) == {502}


def test_requests_are_spread_over_all_processes(start_host, tmp_path):
    config = write_config(tmp_path, title="T")
    host = start_host("webapp-probe_classic", "--config", config, "--processes", "2").wait_until_serving()
    seen = [host.call("/where").json()["process"] for _ in range(4)]
    assert seen[0] != seen[1]
    assert seen[:2] == seen[2:]
    os.kill(seen[0], signal.SIGKILL)
    wait_until(lambda: not is_running(seen[0]), "the end of one process")
    answers = {host.call("/where").status_code for _ in range(4)}
    assert 200 in answers
    prefixes = {line.partition("]")[0] for line in host.log if line.startswith("[")}
    assert prefixes == {"[backend 1", "[backend 2"}


def test_sigterm_ends_the_host_the_backend_and_what_the_backend_started(start_host, tmp_path):
    gate = tmp_path / "gate"
    gate.touch()
    config = write_config(tmp_path, gate=str(gate))
    host = start_host("webapp-probe_gated", "--config", config).wait_until_serving()
    grandchild = int(host.call("/child").text)
    assert is_running(grandchild)
    assert host.stop() == 0
    wait_until(lambda: not is_running(grandchild), "the end of the process the backend started")
    assert not any("Traceback" in line for line in host.log)


def test_ctrl_c_ends_the_host_too_and_frees_the_port(start_host, tmp_path):
    host = start_host("webapp-probe_classic", "--config", write_config(tmp_path, title="T")).wait_until_serving()
    backend = host.call("/where").json()
    host.process.send_signal(signal.SIGINT)
    assert host.process.wait(timeout=10) == 0
    assert not is_running(backend["process"])
    assert not os.path.exists(backend["folder"])
    with pytest.raises(requests.ConnectionError):
        host.get("/")


def test_the_backend_ends_when_the_host_is_killed(start_host, tmp_path):
    host = start_host("webapp-probe_classic", "--config", write_config(tmp_path, title="T")).wait_until_serving()
    backend = host.call("/where").json()
    host.process.kill()
    wait_until(lambda: not is_running(backend["process"]), "the end of the orphan")
    assert not os.path.exists(backend["folder"])
