import itertools
import json
import random
from datetime import datetime, timedelta, timezone

import pytest

from text_explorer.errors import DataError
from text_explorer.topics.files import append_only_log
from text_explorer.topics.files.append_only_log import AppendOnlyLog, last_of, new_path, parse_entry_file, to_bytes

NOON = datetime(2026, 1, 31, 12, tzinfo=timezone.utc)
TOKEN = "0" * 32
DAMAGED = [b"", b'{"format_version": 1, "wo', b"[" * 100_000, b'{"format_version": 9}', b"\xff", b'{"n": NaN}']


class Folder:
    """A folder on a remote storage: paths come in any order, and a file is there once it was written."""

    def __init__(self):
        self.files = {}

    def model_paths(self, prefix):
        paths = [path for path in self.files if path.startswith(prefix)]
        random.Random(len(paths)).shuffle(paths)
        return paths

    def model_file(self, path):
        return self.files.get(path)

    def add_model_file(self, path, content):
        assert path not in self.files
        self.files[path] = content


@pytest.fixture
def folder():
    return Folder()


@pytest.fixture
def log(folder):
    return AppendOnlyLog(folder, "stop_words", lambda path, content: parse_entry_file(path, content)["word"])


def words(log):
    return list(log.read()[0].values())


CLOCKS = [timedelta(0), timedelta(microseconds=1), timedelta(hours=-3), timedelta(days=40), timedelta(days=365 * 900)]


@pytest.mark.parametrize("steps", list(itertools.permutations(CLOCKS, 4)), ids=lambda steps: " ".join(map(str, steps)))
def test_files_come_in_the_order_of_writing_whatever_the_clocks_say(log, steps):
    for number, step in enumerate(steps):
        log.add({"word": number}, NOON + step)
    assert words(log) == [0, 1, 2, 3]


def test_files_of_one_instant_come_in_the_order_of_writing(log):
    for number in range(20):
        log.add({"word": number}, NOON)
    assert words(log) == list(range(20))


def test_two_logs_that_share_a_folder_see_one_order(folder):
    ahead, behind = (AppendOnlyLog(folder, "review", lambda path, content: content) for _ in range(2))
    for number in range(6):
        (ahead if number % 2 else behind).add({"n": number}, NOON + timedelta(days=number % 2))
    numbers = [json.loads(content)["n"] for content in ahead.read()[0].values()]
    assert numbers == list(range(6))
    assert ahead.read() == behind.read()


def test_two_writers_who_do_not_see_each_other_take_two_names_and_all_read_one_order(log, folder):
    paths = {new_path("stop_words", NOON, None) for _ in range(50)}
    assert len(paths) == 50
    folder.files = {path: to_bytes({"word": path}) for path in paths}
    assert words(log) == sorted(paths)


@pytest.mark.parametrize("content", DAMAGED)
def test_a_new_file_comes_after_one_that_cannot_be_read_yet(log, folder, content):
    ahead = new_path("stop_words", NOON + timedelta(days=3), None, TOKEN)
    folder.files[ahead] = content
    log.add({"word": "later"}, NOON)
    entries, (warning,) = log.read()
    assert list(entries.values()) == ["later"]
    assert ahead in warning
    assert warning.isprintable()
    folder.files[ahead] = to_bytes({"word": "earlier"})  # it was half written
    assert words(log) == ["earlier", "later"]


FOREIGN = [
    "notes.txt", ".DS_Store", "x.json", "a\nb.json", "\u202ex.json",
    *(
        f"{stamp}-{TOKEN}.json"
        for stamp in (
            "99999999T999999999999Z", "99991231T235959999999Z", "00010101T000000000000Z", "20260230T120000000000Z",
            "x/20260131T120000000000Z", "２0260131T120000000000Z",
        )
    ),
    f"20260131T120000000000Z-{TOKEN}.json.bak",
]  # fmt: skip


@pytest.mark.parametrize("name", FOREIGN)
def test_a_foreign_name_is_a_warning_and_neither_orders_nor_stops_anything(log, folder, name):
    log.add({"word": "first"}, NOON)
    folder.files[f"stop_words/{name}"] = to_bytes({"word": "foreign"})
    log.add({"word": "second"}, NOON)
    entries, (warning,) = log.read()
    assert list(entries.values()) == ["first", "second"]
    assert "which is not a file of stop words. Remove it." in warning
    assert warning.isprintable()
    assert max(entries) < f"stop_words/{NOON:%Y%m%d}T13"


def test_the_last_path_is_that_of_the_latest_name_of_ours():
    paths = [new_path("edits", NOON + timedelta(days=day), None, TOKEN) for day in range(3)]
    assert last_of([paths[1], "edits/zzz", paths[2], paths[0]]) == paths[2]
    assert last_of(["edits/zzz"]) is None


def test_more_files_than_can_be_read_are_refused(log, folder, monkeypatch):
    monkeypatch.setattr(append_only_log, "MOST_FILES", 3)
    folder.files = {f"stop_words/{number}": b"" for number in range(4)}
    with pytest.raises(DataError, match="holds 4 files in stop_words/; at most 3 can be read"):
        log.read()


def test_more_bytes_than_can_be_read_are_refused(log, monkeypatch):
    for number in range(4):
        log.add({"word": number}, NOON)
    monkeypatch.setattr(append_only_log, "MOST_BYTES", 200)
    with pytest.raises(DataError, match="together larger than"):
        log.read()


def test_of_very_many_damaged_files_the_first_are_named(log, folder):
    folder.files = {new_path("stop_words", NOON, None): b"" for _ in range(50)}
    _, warnings = log.read()
    assert len(warnings) == 21
    assert warnings[-1] == "30 more files in stop_words/ of the model folder cannot be read."


def test_a_file_larger_than_any_of_ours_is_not_parsed(log, folder):
    folder.files[new_path("stop_words", NOON, None)] = b"[" + b"0," * 2**24
    assert "larger than 24 MB" in log.read()[1][0]
