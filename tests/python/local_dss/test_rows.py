"""Rows on disk: what becomes of files that were never finished."""

from __future__ import annotations

import subprocess
import sys

from local_dss.site.local_dss_storage.rows import RowWriter, read_rows, remove_unfinished


def test_a_new_run_leaves_the_rows_of_a_run_that_still_goes_on(tmp_path):
    writer = RowWriter(tmp_path / "NP.csv", n_columns=1)
    writer.write(["kept"])
    remove_unfinished(tmp_path)
    writer.close()
    assert list(read_rows([tmp_path / "NP.csv"])) == [["kept"]]


def test_a_new_run_removes_the_rows_of_a_run_that_was_killed(tmp_path):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    (tmp_path / f"NP.csv.{ended.pid}.unfinished").write_text("half a row")
    remove_unfinished(tmp_path)
    assert list(tmp_path.iterdir()) == []
