"""The adapter to DSS, over a stand-in of the few calls of the ``dataiku`` package it makes."""

from __future__ import annotations

import csv
import io
import itertools
import json
import sys
from datetime import datetime, timezone
from types import SimpleNamespace

import pytest

from text_explorer.errors import DataError, SettingsError

CONFIG = {"document_topics": "docs", "topics": "topics", "topic_terms": "terms", "model": "folder", "summaries": ""}


class ByteStream:
    """Rows as DSS sends them, made as they are read."""

    def __init__(self, rows):
        self._rows = iter(rows)

    def read(self, size):
        text = io.StringIO(newline="")
        csv.writer(text, delimiter="\t").writerows(itertools.islice(self._rows, 100))
        return text.getvalue().encode("utf-8")

    def close(self):
        """Close nothing."""


class FakeDataset:
    """A dataset on a kind of storage that may or may not tell of its files and metrics."""

    name = "docs"

    def __init__(self, columns, rows, *, types=None, files=None, metrics=None):
        self.columns, self.tuples, self.files, self.metrics = columns, rows, files, metrics
        self.types = types or ["string"] * len(columns)

    def read_schema(self):
        if not self.columns:
            raise ValueError("empty schema")
        return [{"name": name, "type": storage_type} for name, storage_type in zip(self.columns, self.types)]

    def raw_formatted_data(self, sampling=None, columns=None, format="tsv-excel-noheader"):  # noqa: A002
        if self.tuples is None:
            raise OSError("dataset is not built")
        assert format == "tsv-excel-noheader"
        places = [self.columns.index(name) for name in columns or self.columns]
        return ByteStream([row[place] for place in places] for row in self.tuples)

    def get_files_info(self):
        if self.files is None:
            raise NotImplementedError("not a dataset of files")
        return self.files

    def get_last_metric_values(self):
        if self.metrics is None:
            raise NotImplementedError("no metrics")
        return SimpleNamespace(get_raw=lambda: self.metrics)


class FakeFolder:
    """A managed folder as remote storages give it: streams, no path."""

    def __init__(self, files):
        self.files = files

    def get_download_stream(self, path):
        return io.BytesIO(self.files[path])

    def list_paths_in_partition(self):
        return list(self.files)

    def get_path_details(self, path):
        return {"path": path, "size": len(self.files.get(path, b""))}


@pytest.fixture
def dss(load_adapter):
    """Return the adapter datasets and a folder; changing them is a change in DSS."""
    datasets = {
        "docs": FakeDataset(["id", "text"], [("007", "NA"), ("8", "")], files={"lastModified": 1}),
        "topics": FakeDataset(["topic_id"], [(0,)], files={"lastModified": 1}),
        "terms": FakeDataset(["topic_id", "term"], [(0, "cats")], files={"lastModified": 1}),
    }
    files = {"/manifest.json": json.dumps({"format_version": 1, "engine": "gsdmm"}).encode()}
    stand_in = SimpleNamespace(Dataset=datasets.__getitem__, Folder=lambda name: FakeFolder(files))
    module = load_adapter(stand_in, "webapp.source")
    return SimpleNamespace(datasets=datasets, files=files, source=module.WebappSource(CONFIG), make=module.WebappSource)


def test_rows_come_with_the_columns_asked_for_and_texts_as_they_are(dss):
    assert list(dss.source.rows("document_topics", ["text", "id"])) == [("NA", "007"), ("", "8")]


def test_rows_come_whatever_is_in_them_typed_by_their_columns(dss):
    moment = "2020-12-31T10:30:00.101Z"
    columns = ["text", "n", "share", "flag", "moment"]
    rows = [
        ("a\0b", "9007199254740993", "0.1", "true", moment),
        ("", "n/a", "n/a", "maybe", "n/a"),
        ('"c"\r\nd', "", "", "", "+12000-01-01T00:00:00.000Z"),
    ]
    dss.datasets["docs"] = FakeDataset(columns, rows, types=["string", "bigint", "double", "boolean", "date"])
    read = list(dss.source.rows("document_topics", ["moment", "text", "n", "share", "flag"]))
    assert read == [
        (datetime(2020, 12, 31, 10, 30, 0, 101000, tzinfo=timezone.utc), "a\0b", 9007199254740993, 0.1, "true"),
        ("", "", None, None, ""),
        ("+12000-01-01T00:00:00.000Z", '"c"\r\nd', None, None, ""),
    ]


def test_an_empty_setting_is_no_dataset(dss):
    assert dss.source.dataset_name("summaries") is None
    assert dss.source.dataset_name("topics") == "topics"


def test_the_state_is_the_same_until_something_changes(dss):
    assert dss.source.state() == dss.source.state()


@pytest.mark.parametrize("name", ["docs", "topics", "terms"])
def test_a_rewritten_dataset_changes_the_state(dss, name):
    before = dss.source.state()
    dss.datasets[name].files = {"lastModified": 2}
    assert dss.source.state() != before


def test_a_new_build_of_a_database_table_changes_the_state(dss):
    dss.datasets["docs"].files = None
    dss.datasets["docs"].metrics = {"BUILD_START_DATE": 1}
    before = dss.source.state()
    dss.datasets["docs"].metrics = {"BUILD_START_DATE": 2}
    assert dss.source.state() != before


def test_where_nothing_is_known_the_topics_themselves_show_a_new_training(dss):
    dss.datasets["topics"].files = None
    before = dss.source.state()
    dss.datasets["topics"].tuples = [(0,), (1,)]
    assert dss.source.state() != before


def test_a_new_model_changes_the_state(dss):
    before = dss.source.state()
    dss.files["/manifest.json"] += b" "
    assert dss.source.state() != before


def test_a_model_folder_that_is_gone_is_reported(dss, monkeypatch):
    def missing(name):
        raise LookupError(f"Managed folder {name} was not found")

    monkeypatch.setattr(sys.modules["dataiku"], "Folder", missing)
    with pytest.raises(DataError, match="The folder of the setting 'Model' cannot be read"):
        dss.source.state()


def test_all_missing_settings_are_reported_together(dss):
    with pytest.raises(SettingsError) as caught:
        dss.make({"topics": "topics"}).state()
    assert "'Documents with topics'" in str(caught.value)
    assert "'Topic terms'" in str(caught.value)


def test_an_unbuilt_dataset_is_reported_by_name(dss):
    dss.datasets["docs"].tuples = None
    with pytest.raises(DataError, match="'docs' of the setting 'Documents with topics' cannot be read"):
        list(dss.source.rows("document_topics", ["text"]))


def test_a_dataset_without_schema_is_reported_by_name(dss):
    dss.datasets["docs"].columns = []
    with pytest.raises(DataError, match="'docs'"):
        dss.source.state()


@pytest.mark.parametrize("fault", ["no schema", "no rows"])
def test_a_comparison_that_is_not_built_is_no_fault_and_changes_the_state_once_it_is(dss, fault):
    source = dss.make({**CONFIG, "comparison": "compared"})
    dss.datasets["compared"] = FakeDataset([] if fault == "no schema" else ["n_topics"], None)
    before = source.state()
    dss.datasets["compared"] = FakeDataset(["n_topics"], [(10,)])
    assert source.state() != before


def test_where_nothing_is_known_new_rows_of_a_comparison_change_the_state(dss):
    source = dss.make({**CONFIG, "comparison": "compared"})
    dss.datasets["compared"] = FakeDataset(["n_topics"], [(10,)])
    before = source.state()
    dss.datasets["compared"].tuples = [(10,), (20,)]
    assert source.state() != before


def test_a_long_dataset_in_the_place_of_a_small_one_is_not_read_whole(dss):
    source = dss.make({**CONFIG, "comparison": "compared"})
    read = []
    dss.datasets["compared"] = FakeDataset(["n_topics"], (read.append(n) or (n,) for n in range(100_000)))
    source.state()
    assert 2_000 <= len(read) < 5_000


@pytest.mark.parametrize(
    "files", [None, {}, [], {"globalPaths": [], "pathsByPartition": {}}, {"globalPaths": [{"size": 1}]}]
)
@pytest.mark.parametrize("metrics", [None, {"metrics": []}, {"metrics": [{"lastValues": [{"value": "7"}]}]}])
def test_without_a_certain_sign_of_the_documents_another_backend_has_another_state(dss, files, metrics):
    dss.datasets["docs"].files, dss.datasets["docs"].metrics = files, metrics
    assert dss.source.state() == dss.source.state()
    assert dss.make(CONFIG).state() != dss.source.state()


def test_with_a_sign_of_every_dataset_another_backend_has_the_same_state(dss):
    listed = {"globalPaths": [{"path": "/out", "size": 1, "lastModified": 5}], "pathsByPartition": {}}
    dss.datasets["docs"].files = listed
    dss.datasets["topics"].files = None
    assert dss.make(CONFIG).state() == dss.source.state()


def test_small_datasets_without_files_stand_for_themselves_though_their_metrics_are_known(dss):
    dss.datasets["topics"].files, dss.datasets["topics"].metrics = None, {"metrics": [{"value": 1}]}
    before = dss.source.state()
    dss.datasets["topics"].tuples = [(1,)]
    assert dss.source.state() != before


def test_where_the_public_api_knows_of_a_build_it_changes_the_state(dss, monkeypatch):
    monkeypatch.setenv("DKU_CURRENT_PROJECT_KEY", "BOOKS")
    dss.datasets["docs"].files = None
    asked, built = [], {"buildEndTime": 1}

    def get_dataset(name):
        asked.append(name)
        return SimpleNamespace(get_info=lambda: SimpleNamespace(get_raw=lambda: {"lastBuild": dict(built)}))

    project = SimpleNamespace(get_dataset=get_dataset)
    client = SimpleNamespace(get_project=lambda key: asked.append(key) or project)
    monkeypatch.setattr(sys.modules["dataiku"], "api_client", lambda: client, raising=False)
    before = dss.source.state()
    assert asked == ["BOOKS", "docs"]
    built["buildEndTime"] = 2
    assert dss.source.state() != before


def test_a_dataset_at_another_place_has_another_state(dss):
    places = []
    for path in ("/one", "/two"):
        dss.datasets["docs"].get_location_info = lambda path=path: {"info": {"path": path}}
        places.append(dss.make(CONFIG).state())
    assert places[0] != places[1]


def test_a_model_folder_without_times_stands_for_itself(dss):
    dss.files["/manifest.json"] = b'{"format_version": 1, "engine": "gsdmm"}'
    before = dss.source.state()
    dss.files["/manifest.json"] = b'{"format_version": 1, "engine": "other"}'
    assert dss.source.state() != before


@pytest.mark.parametrize(
    "name",
    ["DKU_CURRENT_PROJECT_KEY", "DIP_HOME", "DKU_BACKEND_PORT", "DKU_CUSTOM_RESOURCE_FOLDER", "DKU_CURRENT_WEBAPP_ID"],
)
def test_another_project_or_instance_is_another_webapp(dss, monkeypatch, name):
    identities = []
    for value in ("ONE", "TWO"):
        monkeypatch.setenv(name, value)
        identities.append(dss.source.identity())
    assert identities[0] != identities[1]


def test_a_dataset_is_named_with_its_project(dss, monkeypatch):
    monkeypatch.setenv("DKU_CURRENT_PROJECT_KEY", "BOOKS")
    source = dss.make({**CONFIG, "topics": "SHARED.topics"})
    named = json.loads(source.identity())[1]
    assert (named["topics"], named["document_topics"], named["model"]) == (
        "SHARED.topics",
        "BOOKS.docs",
        "BOOKS.folder",
    )


def test_the_manifest_is_read_as_a_stream(dss):
    assert dss.source.manifest()["engine"] == "gsdmm"
    assert dss.make({}).manifest() is None


def test_a_folder_without_a_model_is_reported(dss):
    dss.files.clear()
    with pytest.raises(
        DataError, match=r"has no complete model \(manifest\.json is missing\)\. Run 'Discover topics' first"
    ):
        dss.source.manifest()


@pytest.mark.parametrize("content", [b"{", b"[]"])
def test_a_damaged_model_is_reported(dss, content):
    dss.files["/manifest.json"] = content
    with pytest.raises(DataError, match=r"model folder.s manifest\.json is damaged"):
        dss.source.manifest()


def test_a_model_of_a_newer_plugin_is_refused(dss):
    dss.files["/manifest.json"] = b'{"format_version": 99}'
    with pytest.raises(DataError, match=r"in format 99; this version reads up to format 2\. Update the plugin"):
        dss.source.manifest()


def test_a_folder_that_is_being_written_is_reported(dss):
    del dss.files["/manifest.json"]
    dss.files["/being-written.json"] = b"{}"
    with pytest.raises(DataError, match="'Discover topics' is writing it, or a run was interrupted"):
        dss.source.manifest()


@pytest.mark.parametrize("path", ["manifest.json", "edits/x.json"])
def test_a_file_that_is_too_large_is_reported_by_its_name(dss, path):
    dss.files[f"/{path}"] = b" " * (2**24 * 2)
    with pytest.raises(DataError, match=f"{path}.*larger than (16|24) MB"):
        dss.source.model_file(path)
