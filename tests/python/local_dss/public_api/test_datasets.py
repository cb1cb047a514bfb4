"""Datasets through the real client: uploads, detection, schema, rows, samples, managed ones, and what is refused."""

from __future__ import annotations

import gzip
import io
import itertools
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from dataikuapi.utils import DataikuException

from local_dss.site.local_dss_storage.datasets import StoredDataset
from local_dss.site.local_dss_storage.projects import write_json
from tests.python.instance_support.running_instance import KEY, RunningInstance

REVIEWS = 'id;text;stars\n1;"a ""quoted""; text\nover 😀 lines";4.5\n2;café\tbar;3\n'
NUMBERS = itertools.count()


pytestmark = pytest.mark.oldest


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    running = RunningInstance(
        tmp_path_factory.mktemp("home"),
        api_keys={
            "reader": {"user": "analyst", "projects": {"SHOP": ["READ_CONF"]}},
            "writer": {"user": "maker", "projects": {"SHOP": ["WRITE_CONF"]}},
        },
    ).start()
    try:
        running.client().create_project("SHOP", "Shop", "admin")
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def project(instance):
    return instance.client().get_project("SHOP")


@pytest.fixture
def uploaded(project):
    """An uploaded dataset with the file of reviews, its format not yet set."""
    dataset = project.create_upload_dataset(f"uploaded_{next(NUMBERS)}")
    dataset.uploaded_add_file(io.BytesIO(REVIEWS.encode()), "reviews.csv")
    return dataset


def stored(instance, name):
    return StoredDataset(instance.home, "SHOP", name)


def test_an_uploaded_file_is_readable_once_its_detected_settings_are_saved(instance, uploaded):
    with pytest.raises(DataikuException, match="is not ready: it has not been built yet"):
        list(uploaded.iter_rows())
    settings = uploaded.autodetect_settings()
    assert settings.get_raw_format_params()["separator"] == ";"
    settings.save()
    assert [column["name"] for column in uploaded.get_schema()["columns"]] == ["id", "text", "stars"]
    assert list(uploaded.iter_rows()) == [["1", 'a "quoted"; text\nover 😀 lines', "4.5"], ["2", "café\tbar", "3"]]
    assert stored(instance, uploaded.name).count_rows() == 2


def test_types_are_guessed_when_asked(uploaded):
    uploaded.autodetect_settings(infer_storage_types=True).save()
    assert [column["type"] for column in uploaded.get_schema()["columns"]] == ["bigint", "string", "double"]
    assert [row[::2] for row in uploaded.iter_rows()] == [[1, 4.5], [2, 3.0]]


def test_a_format_and_schema_set_by_hand_are_read_with_comments_and_meanings(uploaded):
    settings = uploaded.get_settings()
    settings.set_csv_format(separator=";", header_row=True)
    columns = [{"name": "key", "type": "string", "comment": "a key", "meaning": "Text"}]
    columns += [{"name": "text", "type": "string"}]
    settings.get_raw()["schema"] = {"columns": columns, "userModified": True}
    settings.save()
    assert uploaded.get_schema() == {"columns": columns, "userModified": True}
    assert [row[0] for row in uploaded.iter_rows()] == ["1", "2"]


def test_rows_have_the_new_types_after_the_schema_was_set(uploaded):
    uploaded.autodetect_settings().save()
    schema = uploaded.get_schema()
    schema["columns"][0]["type"] = "bigint"
    uploaded.set_schema(schema)
    assert [row[0] for row in uploaded.iter_rows()] == [1, 2]


@pytest.mark.newer_client
def test_columns_are_read_in_the_order_asked_for(uploaded):
    uploaded.autodetect_settings().save()
    assert list(uploaded.iter_rows(columns=["stars", "id"])) == [["4.5", "1"], ["3", "2"]]
    with pytest.raises(DataikuException, match="has no column nothing"):
        uploaded.iter_rows(columns=["nothing"]).__next__()


def test_a_second_file_adds_its_rows_and_one_of_the_same_name_replaces(uploaded):
    uploaded.autodetect_settings().save()
    uploaded.uploaded_add_file(io.BytesIO(gzip.compress(b"id;text;stars\n3;c;1\n")), "more.csv.gz")
    assert sorted(row[0] for row in uploaded.iter_rows()) == ["1", "2", "3"]
    uploaded.uploaded_add_file(io.BytesIO(b"id;text;stars\n9;z;1\n"), "reviews.csv")
    assert sorted(row[0] for row in uploaded.iter_rows()) == ["3", "9"]
    assert [item["path"] for item in uploaded.uploaded_list_files()] == ["more.csv.gz", "reviews.csv"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04\x00\x00"])
def test_a_file_that_is_no_text_is_not_detected(project, content):
    dataset = project.create_upload_dataset(f"no_text_{len(content)}")
    dataset.uploaded_add_file(io.BytesIO(content), "book.xlsx")
    with pytest.raises(DataikuException, match="Format detection failed, complete response is"):
        dataset.autodetect_settings()


def test_nothing_is_detected_before_a_file_is_uploaded(project):
    with pytest.raises(DataikuException, match="No file was uploaded"):
        project.create_upload_dataset("without_files").autodetect_settings()


def test_an_uploaded_dataset_with_a_format_but_no_rows_is_told_from_one_that_is_not_ready(project):
    dataset = project.create_upload_dataset("header_only")
    dataset.uploaded_add_file(io.BytesIO(b"a,b\n"), "header.csv")
    dataset.autodetect_settings().save()
    assert list(dataset.iter_rows()) == []


@pytest.mark.parametrize("name", ["../x.csv", "a/b.csv", ".hidden", "x" * 300])
def test_a_hostile_file_name_is_refused_and_writes_nothing(instance, uploaded, name):
    before = sorted(path for path in instance.home.rglob("*") if path.is_file() and path.name != "requests.log")
    answer = requests.post(
        f"{instance.url}/public/api/projects/SHOP/datasets/{uploaded.name}/uploaded/files",
        files={"file": (name, b"a\n1\n")},
        auth=(KEY, ""),
        timeout=10,
    )
    assert answer.status_code == 400
    after = sorted(path for path in instance.home.rglob("*") if path.is_file() and path.name != "requests.log")
    assert after == before


def test_unknown_keys_of_a_definition_are_kept_and_its_name_and_type_are_not_changed(uploaded):
    settings = uploaded.get_settings()
    settings.get_raw()["customFields"] = {"team": ["a"]}
    settings.tags = ["raw"]
    settings.save()
    assert uploaded.get_settings().custom_fields == {"team": ["a"]}
    assert uploaded.get_metadata()["tags"] == ["raw"]
    for key, value in (("name", "other"), ("type", "Filesystem")):
        with pytest.raises(DataikuException, match=f"The {key} of a dataset cannot be changed"):
            uploaded.client._perform_json(
                "PUT",
                f"/projects/SHOP/datasets/{uploaded.name}",
                body={**settings.get_raw(), key: value},
            )


@pytest.mark.parametrize("body", [{"schema": []}, {"params": None}, {"schema": {"columns": [{"name": "a"}]}}])
def test_a_definition_that_is_none_is_refused_and_a_part_of_one_leaves_the_rest(uploaded, body):
    uploaded.autodetect_settings().save()
    before = uploaded.get_settings().get_raw()
    path = f"/projects/SHOP/datasets/{uploaded.name}"
    with pytest.raises(DataikuException, match="IllegalArgumentException"):
        uploaded.client._perform_json("PUT", path, body=body)
    assert uploaded.get_settings().get_raw() == before
    uploaded.client._perform_json("PUT", path, body={"tags": ["only"], "formatType": "csv"})
    after = uploaded.get_settings().get_raw()
    assert (after["tags"], after["type"], after["schema"]) == (["only"], "UploadedFiles", before["schema"])


def test_files_that_are_uploaded_at_once_are_all_read(instance, project):
    dataset = project.create_upload_dataset("at_once")
    dataset.uploaded_add_file(io.BytesIO(b"n\nn0\n"), "file_0.csv")
    dataset.autodetect_settings().save()

    def upload(number):
        content = "n\n" + f"n{number}\n" * 500
        of_thread = instance.client().get_project("SHOP").get_dataset("at_once")
        of_thread.uploaded_add_file(io.BytesIO(content.encode()), f"file_{number}.csv")

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(upload, range(1, 9)))
    counts = Counter(row[0] for row in dataset.iter_rows())
    assert counts == {"n0": 1, **{f"n{number}": 500 for number in range(1, 9)}}


@pytest.mark.parametrize(
    ("kind", "params", "message"),
    [
        ("parquet", {}, "The format 'parquet' is not available"),
        ("csv", {"style": "fixed"}, "The CSV style 'fixed' is not available"),
        ("csv", {"charset": "klingon"}, "The charset 'klingon' is unknown"),
        ("csv", {"separator": "::"}, "Separator and quote are one character"),
    ],
)
def test_a_format_that_cannot_be_read_is_refused_when_it_is_saved(uploaded, kind, params, message):
    settings = uploaded.get_settings()
    settings.set_format(kind, params)
    with pytest.raises(DataikuException, match=message):
        settings.save()


def test_a_managed_dataset_is_made_unbuilt_without_schema(project):
    dataset = project.new_managed_dataset("made").with_store_into("filesystem_managed").create()
    assert dataset.exists()
    assert dataset.get_schema()["columns"] == []
    assert dataset.get_settings().get_raw_params()["connection"] == "filesystem_managed"
    assert dataset.get_info().last_build_end_time is None
    with pytest.raises(DataikuException, match="not ready"):
        list(dataset.iter_rows())


@pytest.mark.parametrize("connection", ["elsewhere", None])
def test_an_unknown_connection_is_refused(project, connection):
    with pytest.raises(DataikuException, match="does not exist, or you may not use it"):
        project.new_managed_dataset("nowhere").with_store_into(connection).create()
    if connection:
        with pytest.raises(DataikuException, match="does not exist, or you may not use it"):
            project.create_upload_dataset("nowhere", connection=connection)
    assert not project.get_dataset("nowhere").exists()


def test_a_managed_dataset_takes_the_partitioning_of_another(instance, project):
    by_day = [{"name": "day", "type": "time", "params": {"period": "DAY"}}]
    stored(instance, "daily").create([{"name": "day", "type": "string"}], by_day)
    builder = project.new_managed_dataset("daily_too").with_store_into("filesystem_managed")
    dataset = builder.with_copy_partitioning_from("daily").create()
    assert dataset.get_settings().get_raw()["partitioning"]["dimensions"] == by_day


def fill(instance, name, rows):
    dataset = stored(instance, name)
    dataset.create([{"name": "n", "type": "bigint"}, {"name": "ok", "type": "boolean"}])
    writer = dataset.open_writer()
    for row in rows:
        writer.write(row)
    writer.close()
    return dataset


def test_rows_that_a_recipe_wrote_are_read_counted_and_cleared(instance, project):
    fill(instance, "written", [[number, "true"] for number in range(1200)])
    dataset = project.get_dataset("written")
    rows = list(dataset.iter_rows())
    assert (len(rows), rows[0], rows[-1]) == (1200, [0, True], [1199, True])
    assert dataset.get_info().is_last_build_successful
    assert dataset.list_partitions() == ["NP"]
    dataset.compute_metrics(metric_ids=["records:COUNT_RECORDS"])
    assert dataset.get_last_metric_values().get_global_value("records:COUNT_RECORDS") == 1200
    dataset.clear()
    with pytest.raises(DataikuException, match="not ready"):
        list(dataset.iter_rows())
    assert [column["name"] for column in dataset.get_schema()["columns"]] == ["n", "ok"]


def test_a_fault_after_the_first_rows_is_raised_when_all_were_read(instance, project):
    dataset = fill(instance, "broken", [[number, "true"] for number in range(6000)])
    (path,) = dataset.data_files()
    path.write_bytes(path.read_bytes() + b"\xff\xfe,x\r\n")
    rows = project.get_dataset("broken").iter_rows()
    assert next(rows) == [0, True]
    with pytest.raises(DataikuException, match="Reading the rows failed"):
        list(rows)


def test_the_end_of_a_read_that_never_began_is_a_404(project):
    with pytest.raises(DataikuException, match="NotFoundException: Unknown read session: none"):
        project.client._perform_empty(
            "GET", "/projects/SHOP/datasets/broken/finish-streaming/", params={"readSessionId": "none"}
        )


def test_a_name_that_is_taken_is_refused_and_its_rows_stay(instance, project):
    fill(instance, "taken", [[1, "true"]])
    with pytest.raises(DataikuException, match=r"SHOP\.taken exists already"):
        project.create_upload_dataset("taken")
    with pytest.raises(DataikuException, match=r"SHOP\.taken exists already"):
        project.new_managed_dataset("taken").with_store_into("filesystem_managed").create()
    assert list(project.get_dataset("taken").iter_rows()) == [[1, True]]


@pytest.mark.parametrize("name", ["", "a b", "a.b", "../up", "ä", "x" * 201, "<b>"])
def test_a_hostile_name_is_refused(project, name):
    with pytest.raises(DataikuException, match="A dataset is named with letters, digits"):
        project.create_upload_dataset(name)


def test_other_types_are_refused(project):
    with pytest.raises(DataikuException, match="A dataset of the type 'Filesystem' cannot be created"):
        project.create_filesystem_dataset("etc", "filesystem_root", "/etc")


@pytest.mark.newer_client
def test_datasets_are_listed_and_filtered_by_tag(project):
    names = ("listed_a", "listed_b")
    for name in names:
        project.create_upload_dataset(name)
    settings = project.get_dataset("listed_a").get_settings()
    settings.tags = ["picked"]
    settings.save()
    assert set(names) <= {item.name for item in project.list_datasets()}
    assert [item.name for item in project.list_datasets(tags=["picked"])] == ["listed_a"]


@pytest.mark.newer_client
def test_a_dataset_of_another_project_is_listed_once_it_is_exposed(instance, project):
    other = instance.client().create_project("OTHER", "Other", "admin")
    other.create_upload_dataset("shared")
    settings = other.get_settings()
    settings.add_exposed_object("DATASET", "shared", "SHOP")
    settings.save()
    foreign = {(item["projectKey"], item["name"]) for item in project.list_datasets(include_shared=True)}
    assert ("OTHER", "shared") in foreign
    assert "shared" not in {item.name for item in project.list_datasets()}


def test_a_deleted_dataset_is_gone_with_the_recipes_that_use_it(instance, project):
    dataset = project.create_upload_dataset("leaving")
    recipe = {"recipe": {"name": "use", "inputs": {"main": {"items": [{"ref": "leaving"}]}}, "outputs": {}}}
    write_json(instance.home / "projects/SHOP/recipes/use.json", recipe)
    dataset.delete(drop_data=True)
    assert not dataset.exists()
    assert not (instance.home / "projects/SHOP/recipes/use.json").exists()
    with pytest.raises(DataikuException, match=r"NotFoundException: Dataset not found: SHOP\.leaving"):
        dataset.get_schema()


@pytest.mark.newer_client
def test_the_sample_of_an_installed_plugin_is_a_dataset_with_rows(instance, project):
    folder = instance.home / "plugins/installed/toys/sample-datasets/tiny"
    columns = [{"name": "id", "type": "bigint"}, {"name": "word", "type": "string", "comment": "a word"}]
    write_json(folder / "dataset.json", {"meta": {"label": "Tiny"}, "columns": columns})
    write_json(folder.parents[1] / "plugin.json", {"id": "toys", "version": "1.0.0"})
    (folder / "data").mkdir()
    (folder / "data/a.csv").write_text('1,"one, or so"\n2,two\n', encoding="utf-8")
    (folder / "data/b.csv.gz").write_bytes(gzip.compress(b"3,three\n"))
    dataset = project.create_sample_dataset("tiny", "toys", "tiny")
    assert list(dataset.iter_rows()) == [[1, "one, or so"], [2, "two"], [3, "three"]]
    assert dataset.get_schema()["columns"] == columns
    with pytest.raises(DataikuException, match="cannot be cleared"):
        dataset.clear()


@pytest.mark.newer_client
@pytest.mark.parametrize(("plugin", "sample"), [("absent", "tiny"), ("..", "tiny"), ("toys", "../tiny")])
def test_a_sample_that_does_not_exist_is_refused(project, plugin, sample):
    with pytest.raises(DataikuException, match="Plugin component not installed"):
        project.create_sample_dataset("no_sample", plugin, sample)
    assert not project.get_dataset("no_sample").exists()


def test_a_reader_reads_and_may_not_write_while_a_writer_may(instance, uploaded):
    uploaded.autodetect_settings().save()
    of_reader = instance.client("reader").get_project("SHOP")
    assert len(list(of_reader.get_dataset(uploaded.name).iter_rows())) == 2
    with pytest.raises(DataikuException, match=r"ForbiddenException.*permission WRITE_CONF on project SHOP"):
        of_reader.create_upload_dataset("by_reader")
    with pytest.raises(DataikuException, match="ForbiddenException"):
        of_reader.get_dataset(uploaded.name).delete()
    assert instance.client("writer").get_project("SHOP").create_upload_dataset("by_writer").exists()
