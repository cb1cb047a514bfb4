"""An index that is damaged is thrown away and built again at the next request."""

from __future__ import annotations

import json
import sqlite3
from contextlib import suppress

import pytest
from flask import Flask

from tests.python.unit.explorer.memory_source import small_source
from tests.python.unit.explorer.test_index_store import count_documents, make_store, try_again, wait
from text_explorer.explorer.api.blueprint import register
from text_explorer.explorer.index import opener
from text_explorer.explorer.loading.filter_columns import GatheredColumns
from text_explorer.explorer.shared import seal
from text_explorer.explorer.shared.errors import DamagedIndexError, NotReadyError


def garbled(content):
    return b"\xa5" * len(content)


DAMAGES = {
    "empty": lambda content: b"",
    "cut": lambda content: content[: len(content) // 2],
    "one byte short": lambda content: content[:-1],
    "garbage": lambda content: b"garbage",
    "garbage of the same size": garbled,
    "garbage at the end": lambda content: content[:-20] + b"\xa5" * 20,
    "longer": lambda content: content + b"\0" * 4096,
}
FILES = [("sqlite", damage) for damage in DAMAGES] + [("columns", damage) for damage in DAMAGES]
FILES += [("seal", damage) for damage in ("empty", "garbage", "garbage of the same size")]


@pytest.fixture
def finished(source, tmp_path):
    """Build an index, and return a way to overwrite one of its files."""
    wait(make_store(source, tmp_path))

    def damage(suffix, change):
        (path,) = tmp_path.glob(f"*.{suffix}")
        if change == "missing":
            path.unlink()
        else:
            path.write_bytes(DAMAGES[change](path.read_bytes()))

    return damage


@pytest.mark.parametrize(
    ("suffix", "change"), [*FILES, ("sqlite", "missing"), ("columns", "missing"), ("seal", "missing")]
)
def test_a_damaged_index_is_built_again_when_a_backend_starts(source, finished, tmp_path, suffix, change):
    finished(suffix, change)
    store = make_store(source, tmp_path)
    assert store.status()["state"] == "building"
    assert wait(store)["state"] == "ready"
    assert count_documents(store) == 7
    assert source.n_readings == 2


@pytest.mark.parametrize(("suffix", "change"), [*FILES, ("columns", "missing")])
def test_an_index_damaged_while_it_is_in_use_is_built_again(source, finished, tmp_path, suffix, change):
    store = make_store(source, tmp_path)
    assert count_documents(store) == 7
    finished(suffix, change)
    with suppress(NotReadyError):  # so small a one may be built again in no time
        assert count_documents(store) == 7
    assert wait(store)["state"] == "ready"
    assert count_documents(store) == 7


def test_an_anonymous_visitor_need_not_do_anything_for_it(source, finished, tmp_path):
    app = Flask(__name__)
    source.guest = None
    store = register(app, source, folder=tmp_path, check_every=0)
    client = app.test_client()
    assert client.get("/api/documents").status_code == 200
    finished("sqlite", "garbage of the same size")
    answer = client.get("/api/documents")
    assert (answer.status_code, "being read again" in answer.get_json()["error"]) == (503, True)
    assert wait(store)["state"] == "ready"
    assert client.get("/api/documents").status_code == 200


@pytest.mark.parametrize("message", ["database disk image is malformed", "file is not a database"])
def test_damage_met_in_the_middle_of_a_request_makes_it_be_built_again(source, finished, tmp_path, message):
    store = make_store(source, tmp_path)
    with pytest.raises(DamagedIndexError, match="being read again"), store.open():
        raise sqlite3.DatabaseError(message)
    assert wait(store)["state"] == "ready"
    assert source.n_readings == 2


def test_damage_met_in_the_middle_of_a_csv_file_cuts_it_and_makes_it_be_built_again(
    source, finished, tmp_path, monkeypatch
):
    def documents_then_damage(index, selection, sort, rank):
        yield "row,text\n"
        yield "0,Cats purr.\n"
        raise sqlite3.DatabaseError("database disk image is malformed")

    monkeypatch.setattr("text_explorer.explorer.api.documents.documents_csv", documents_then_damage)
    app = Flask(__name__)
    store = register(app, source, folder=tmp_path, check_every=0)
    answer = app.test_client().get("/api/documents.csv", buffered=False)
    pieces = iter(answer.response)
    assert [next(pieces), next(pieces)] == [b"row,text\n", b"0,Cats purr.\n"]
    with pytest.raises(DamagedIndexError, match="being read again"):
        next(pieces)
    answer.close()
    assert list(tmp_path.glob("*.sqlite")) == []
    assert wait(store)["state"] == "ready"
    assert source.n_readings == 2


@pytest.mark.parametrize(
    "fault", [sqlite3.OperationalError("database is locked"), sqlite3.IntegrityError("not unique")]
)
def test_other_faults_of_a_request_leave_the_index_alone(source, finished, tmp_path, fault):
    store = make_store(source, tmp_path)
    with pytest.raises(type(fault)), store.open():
        raise fault
    assert store.status()["state"] == "ready"


def test_damage_in_a_part_that_no_digest_covers_is_found_by_the_tables(source, finished, tmp_path, monkeypatch):
    monkeypatch.setattr(opener, "is_intact", lambda path: True)
    store = make_store(source, tmp_path)
    (path,) = tmp_path.glob("*.sqlite")
    content = path.read_bytes()
    path.write_bytes(content[:100] + garbled(content[100:]))
    assert wait(store)["state"] == "ready"
    assert count_documents(store) == 7
    assert source.n_readings == 2


def test_a_long_file_is_checked_by_blocks_from_all_over_it(tmp_path, monkeypatch):
    monkeypatch.setattr(seal, "_BLOCK", 64)
    monkeypatch.setattr(seal, "_MOST_BLOCKS", 10)
    path, columns, vectors = (tmp_path / f"a{suffix}" for suffix in (".sqlite", ".columns", ".vectors"))
    content = bytes(range(250)) * 40
    path.write_bytes(content)
    columns.write_bytes(b"")
    vectors.write_bytes(b"")
    seal.write_seal(path)
    assert seal.is_intact(path)
    for start in range(0, 10_000, 1_000):
        path.write_bytes(content[:start] + b"\xff" + content[start + 1 :])
        assert not seal.is_intact(path)


def test_entries_cut_while_they_are_gathered_are_noticed(tmp_path, monkeypatch):
    close = GatheredColumns.close

    def close_and_cut(gathered):
        close(gathered)
        (records,) = tmp_path.glob("*.records")
        records.write_bytes(records.read_bytes()[:-1])

    monkeypatch.setattr(GatheredColumns, "close", close_and_cut)
    store = make_store(small_source(), tmp_path)
    status = wait(store)
    assert (status["state"], "was cut off" in status["error"]) == ("failed", True)
    monkeypatch.undo()
    try_again(store)
    assert wait(store)["state"] == "ready"


def test_a_damaged_progress_is_none(source, finished, tmp_path):
    (path,) = tmp_path.glob("*.sqlite")
    for content in ("", "[]", "{}", json.dumps({"role": "gone", "rows_read": 1})):
        path.with_suffix(".progress").write_text(content)
        path.unlink(missing_ok=True)
        source.version += "1"
        assert make_store(source, tmp_path).status()["rows_read"] >= 0
