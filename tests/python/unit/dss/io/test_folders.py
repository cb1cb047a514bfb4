"""Files of managed folders, over a stand-in of the calls of ``dataiku.Folder`` that are made."""

import io
from types import SimpleNamespace

import pytest

from text_explorer.errors import DataError

EDIT = f"edits/20260131T120000000000Z-{'0' * 32}.json"


class Endless(io.RawIOBase):
    """A stream without an end, which gives a few bytes at a time and counts them."""

    n_read = 0

    def read(self, size=-1):
        assert size > 0
        part = b" " * min(size, 2**19 + 1)
        self.n_read += len(part)
        return part


class Folder:
    def __init__(self, streams, vanishing=()):
        self.streams, self.vanishing = streams, vanishing

    def list_paths_in_partition(self):
        return [f"/{path}" for path in self.streams]

    def get_download_stream(self, path):
        path = path.lstrip("/")
        if path in self.vanishing:
            del self.streams[path]
            raise RuntimeError("404 of the storage")
        return self.streams[path]


@pytest.fixture
def folders(load_adapter):
    return load_adapter(SimpleNamespace(Folder=Folder), "io.folders")


@pytest.mark.parametrize("path", ["manifest.json", "/correlations.json", EDIT])
def test_no_more_is_read_than_a_file_of_this_name_may_have(folders, path):
    stream = Endless()
    with pytest.raises(DataError, match=r"larger than (16|64|24) MB") as refused:
        folders.read_file(Folder({path.lstrip("/"): stream}), path)
    assert path.lstrip("/") in str(refused.value)
    assert stream.n_read <= 2**26 + 1


def test_a_file_that_comes_in_pieces_is_read_whole(folders):
    content = bytes(range(256)) * 10_000
    assert folders.read_file(Folder({"model.npz": io.BytesIO(content)}), "model.npz") == content


def test_a_file_that_is_removed_meanwhile_is_a_missing_one(folders):
    assert folders.read_file(Folder({"manifest.json": None}, ["manifest.json"]), "manifest.json") is None
    assert folders.read_file(Folder({}), "manifest.json") is None


def test_the_files_of_a_log_are_read_one_by_one(folders, monkeypatch):
    folder = Folder({"edits/b": io.BytesIO(b"2"), "edits/a": io.BytesIO(b"1"), "edits.json": io.BytesIO(b"3")})
    assert list(folders.read_log(folder, "edits")) == [("edits/a", b"1"), ("edits/b", b"2")]
    monkeypatch.setattr("text_explorer.topics.files.append_only_log.MOST_FILES", 1)
    with pytest.raises(DataError, match="holds 2 files in edits/; at most 1 can be read"):
        next(folders.read_log(folder, "edits"))
