"""What the adapter to DSS writes, and whom it takes a visitor to be."""

from __future__ import annotations

import errno
import io
import os
from contextlib import contextmanager
from types import SimpleNamespace

import pandas as pd
import pytest

from text_explorer.columns import Column, names_of, schema_of
from text_explorer.errors import DataError, SettingsError
from text_explorer.explorer.shared.source import Visitor
from text_explorer.topics.edits.columns import EDITS

COLUMNS = [
    Column("topic_id", "bigint", "Topic."),
    Column("label", "string", "Its label."),
    Column("hidden", "boolean", "Whether it is hidden."),
    Column("time", "date", "When."),
]
WHEN = pd.Timestamp("2026-01-31T12:00:00Z")


class WritableDataset:
    """A dataset whose rows can be replaced."""

    def __init__(self, columns=()):
        self.schema = [{"name": name, "type": "string"} for name in columns]
        self.frames = []

    def read_schema(self, raise_if_empty=True):
        if raise_if_empty and not self.schema:
            raise ValueError("empty schema")
        return self.schema

    def write_schema(self, columns):
        self.schema = columns

    @contextmanager
    def get_writer(self):
        self.frames = []
        yield SimpleNamespace(write_dataframe=self.frames.append)

    def rows(self):
        return pd.concat(self.frames[1:]).astype(object).where(lambda frame: frame.notna(), None).to_numpy().tolist()


class WritableFolder:
    """A managed folder on a storage that may refuse."""

    def __init__(self):
        self.files = {"/manifest.json": b"{}", "/edits/b.json": b"2", "/edits/a.json": b"1"}
        self.fault = None

    def list_paths_in_partition(self):
        if self.fault:
            raise self.fault
        return list(self.files)

    def get_download_stream(self, path):
        return io.BytesIO(self.files["/" + path.lstrip("/")])

    def upload_data(self, path, content):
        if self.fault:
            raise self.fault
        self.files["/" + path.lstrip("/")] = content


@pytest.fixture
def dss(load_adapter):
    datasets = {"edits": WritableDataset(), "docs": WritableDataset(["text"])}
    folder = WritableFolder()
    client = SimpleNamespace(get_auth_info_from_browser_headers=lambda headers: {"authIdentifier": "ann"})
    stand_in = SimpleNamespace(
        Dataset=datasets.__getitem__, Folder=lambda name: folder, api_client=lambda: client, __spec__=None
    )
    module = load_adapter(stand_in, "webapp.source")
    source = module.WebappSource({"model": "folder", "edits": "edits", "document_topics": "docs"})
    return SimpleNamespace(datasets=datasets, folder=folder, client=client, source=source, make=module.WebappSource)


def test_files_of_the_model_folder_are_found_by_the_begin_of_their_path(dss):
    assert dss.source.model_paths("edits/") == ["edits/a.json", "edits/b.json"]
    assert dss.source.model_files("edits/") == {"edits/a.json": b"1", "edits/b.json": b"2"}
    assert dss.source.model_file("edits/none.json") is None


def test_without_a_folder_there_are_no_files_and_none_can_be_added(dss):
    source = dss.make({})
    assert (source.model_paths(""), source.model_file("manifest.json")) == ([], None)
    with pytest.raises(SettingsError, match="Select 'Model' in its settings"):
        source.add_model_file("edits/c.json", b"3")


def test_a_file_is_added_to_the_folder(dss):
    dss.source.add_model_file("edits/c.json", b"3")
    assert dss.folder.files["/edits/c.json"] == b"3"


def test_a_folder_that_refuses_is_reported(dss):
    dss.folder.fault = OSError("access denied")
    with pytest.raises(DataError, match="cannot be read"):
        dss.source.model_paths("edits/")
    with pytest.raises(DataError, match="cannot be written, so nothing was saved"):
        dss.source.add_model_file("edits/c.json", b"3")


def test_a_full_disk_is_named_as_the_cause(dss):
    dss.folder.fault = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with pytest.raises(DataError, match="nothing was saved: no space is left on the disk where it is stored"):
        dss.source.add_model_file("edits/c.json", b"3")


@pytest.mark.parametrize(
    "present", [(), ("topic_id", "label", "hidden", "time"), ("TIME", "TOPIC_ID", "LABEL", "HIDDEN")]
)
def test_a_new_dataset_and_the_webapps_own_one_are_written_with_their_types(dss, present):
    dss.datasets["edits"] = WritableDataset(present)
    dss.source.write_table("edits", COLUMNS, [(1, "Taxes", True, WHEN), (2, None, None, None)])
    assert dss.datasets["edits"].schema == schema_of(COLUMNS)
    assert dss.datasets["edits"].rows() == [[1, "Taxes", True, WHEN], [2, None, None, None]]


@pytest.mark.parametrize("n_newer", [2, 4])
def test_a_dataset_of_an_older_version_gets_the_new_columns(dss, n_newer):
    dss.datasets["edits"] = WritableDataset(names_of(EDITS[:-n_newer]))
    dss.source.write_table("edits", EDITS, [])
    assert dss.datasets["edits"].schema == schema_of(EDITS)


def test_no_row_empties_the_dataset(dss):
    dss.source.write_table("edits", COLUMNS, [])
    assert [len(frame) for frame in dss.datasets["edits"].frames] == [0, 0]


@pytest.mark.parametrize(
    ("present", "told"),
    [
        (("topic_id", "label"), "'topic_id', 'label'"),
        (("topic_id", "label", "hidden", "time", "text"), "'text'"),
        (tuple("abcdefgh"), "'e' and 3 more"),
    ],
)
def test_a_dataset_with_other_columns_is_never_overwritten(dss, present, told):
    dss.datasets["edits"] = WritableDataset(present)
    with pytest.raises(DataError, match="'edits' of the setting 'Edits' was not written by this webapp") as refused:
        dss.source.write_table("edits", COLUMNS, [])
    assert told in str(refused.value)
    assert dss.datasets["edits"].frames == []
    assert [column["name"] for column in dss.datasets["edits"].schema] == list(present)


def test_a_dataset_of_another_setting_is_never_written(dss):
    source = dss.make({"edits": "docs", "document_topics": "docs"})
    with pytest.raises(SettingsError, match="has the same dataset as another setting"):
        source.write_table("edits", COLUMNS, [])


def test_a_column_may_be_called_like_the_dataset(dss):
    dss.make({"edits": "edits", "text_column": "edits"}).write_table("edits", COLUMNS, [])
    assert dss.datasets["edits"].schema == schema_of(COLUMNS)


def test_a_dataset_that_is_gone_is_reported(dss):
    del dss.datasets["edits"]
    with pytest.raises(DataError, match="'edits' of the setting 'Edits' cannot be written"):
        dss.source.write_table("edits", COLUMNS, [])


def test_a_visitor_is_who_dss_says(dss):
    assert dss.source.visitor({"Cookie": "x"}) == Visitor("ann", "ann")
    dss.client.get_auth_info_from_browser_headers = lambda headers: {
        "authIdentifier": "bo",
        "displayName": "Bo\n \ud800<b>",
    }
    assert dss.source.visitor({}) == Visitor("bo", "Bo ?<b>")


@pytest.mark.parametrize("told", [None, {}, {"authIdentifier": ""}, {"authIdentifier": 7}, [], {"displayName": "x"}])
def test_an_answer_without_a_name_is_an_anonymous_visitor(dss, told):
    dss.client.get_auth_info_from_browser_headers = lambda headers: told
    assert dss.source.visitor({}) is None


def test_an_anonymous_visitor_is_no_fault(dss):
    def refuse(headers):
        raise RuntimeError("not authenticated")

    dss.client.get_auth_info_from_browser_headers = refuse
    assert dss.source.visitor({}) is None
