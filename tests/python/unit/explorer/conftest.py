"""An index of the small corpus, opened as the queries see it."""

from __future__ import annotations

import pytest

from tests.python.unit.explorer.memory_source import small_source
from text_explorer.explorer.index.opener import IndexOpener
from text_explorer.explorer.loading.build import build_index
from text_explorer.explorer.shared.current_edits import no_edits
from text_explorer.explorer.shared.write_lock import WriteLock


@pytest.fixture
def source():
    return small_source()


@pytest.fixture
def writing(tmp_path):
    """Return a lock of writers that waits for nobody."""
    return WriteLock("test", tmp_path / "writing", longest_wait=0)


@pytest.fixture
def indexed(tmp_path):
    """Build an index of a source, the small one by default, and open it."""
    opened = []

    def build(source=None, report=lambda role, n_rows: None, edits=no_edits):
        path = tmp_path / f"{len(opened)}.sqlite"
        build_index(source or small_source(), path, report)
        opened.append(IndexOpener(edits).open(path))
        return opened[-1].__enter__()

    yield build
    for index in opened:
        index.__exit__(None, None, None)
