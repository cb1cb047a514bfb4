"""A child process: who hears it, and how it is stopped."""

from __future__ import annotations

import os
import signal
import sys
import threading

import pytest

from local_dss.jobs.child_process import run_to_end


def run_code(code, folder, **options):
    with open(folder / "log", "w", encoding="utf-8") as log:
        command = [sys.executable, "-c", code]
        return_code = run_to_end(command, working_folder=folder, environment=dict(os.environ), log=log, **options)
    return return_code, (folder / "log").read_text("utf-8")


@pytest.mark.parametrize(("is_quiet", "heard"), [(True, ""), (False, "spoken\n")])
def test_a_quiet_process_speaks_to_its_log_alone(tmp_path, capsys, is_quiet, heard):
    assert run_code("print('spoken')", tmp_path, is_quiet=is_quiet) == (0, "spoken\n")
    assert capsys.readouterr().err == heard


def test_a_process_is_killed_when_it_is_to_stop(tmp_path):
    stopping = threading.Event()
    stopping.set()
    return_code, _ = run_code("import time; time.sleep(60)", tmp_path, stopping=stopping)
    assert return_code == -signal.SIGKILL
