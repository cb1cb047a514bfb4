"""What official plugins ask of ``dataiku.api_client()``, of metrics, of ``dkujson`` and of uploads."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from local_dss.command_line import main
from local_dss.descriptors.plugin import load_plugin
from local_dss.environment import child_environment

CODE = """
import datetime, io, json, os, sys
import dataiku, numpy as np, pandas as pd
from dataiku.core import dkujson

def ask(call, *arguments, **options):
    try:
        return call(*arguments, **options)
    except Exception as error:
        return [type(error).__name__, str(error)]

found = {}
project = dataiku.api_client().get_project("LOCAL")

# folders
listed = project.list_managed_folders()
found["folders"] = [[item["name"], item["type"], item["projectKey"]] for item in listed]
folder = project.get_managed_folder(listed[0]["id"])
found["definition"] = [folder.get_definition()[key] for key in ("id", "name", "partitioning")] + [folder.id]
folder.put_file("sub/bytes.bin", io.BytesIO(b"\\x00\\xff"))
found["uploaded"] = {key: value for key, value in folder.put_file("/text.txt", io.StringIO("caf\\u00e9")).items()
                     if key != "lastModified"}
folder.put_file("string.txt", "caf\\u00e9")
folder.put_file("raw.txt", b"raw")
with folder.get_file("/text.txt") as answer:
    found["text"] = answer.content.decode("utf-8")
with folder.get_file("sub/bytes.bin") as answer:
    found["raw"] = list(answer.raw.read())
found["pieces"] = b"".join(folder.get_file("string.txt").iter_content(2)).decode("utf-8")
folder.put_file("value.json", json.dumps({"a": [1]}))
found["json"] = folder.get_file("value.json").json()
found["contents"] = [[item["path"], item["size"]] for item in folder.list_contents()["items"]]
found["times"] = [item["lastModified"] > 1_500_000_000_000 for item in folder.list_contents()["items"]]
folder.delete_file("value.json")
folder.delete_file("never.txt")
found["left"] = [item["path"] for item in folder.list_contents()["items"]]
found["no file"] = ask(folder.get_file, "never.txt")
os.makedirs("local/deep")
with open("local/deep/a.txt", "w") as stream:
    stream.write("a")
folder.upload_folder("up", "local")
found["folder up"] = folder.get_file("up/deep/a.txt").text
by_name = project.get_managed_folder("box")
found["by name"] = ask(by_name.list_contents)
computed = folder.compute_metrics()["result"]["computed"]
found["folder metrics"] = [[entry["metricId"], entry["value"]] for entry in computed]
found["folder metric"] = dataiku.Folder("box").get_last_metric_values().get_global_value("basic:COUNT_FILES")
core = dataiku.Folder("box")
core.upload_stream("letters.txt", io.StringIO("\\u00e9" * 1_500_000))
with core.get_download_stream("letters.txt") as stream:
    found["letters"] = stream.read().decode("utf-8") == "\\u00e9" * 1_500_000

# datasets
found["names"] = [dataiku.Dataset.list(), dataiku.Dataset.list("OTHER"), dataiku.Dataset.list(project_key="NONE")]
found["items"] = [[item.name, item["name"], item.type, [c["name"] for c in item.schema["columns"]]]
                  for item in project.list_datasets()]
found["objects"] = [item.name for item in project.list_datasets(as_type="objects")]
dataset = project.get_dataset("d")
report = dataset.compute_metrics(metric_ids=["records:COUNT_RECORDS"])
found["report"] = [[entry["metric"]["metricType"], entry["value"]] for entry in report["result"]["computed"]]
last = dataiku.Dataset("d").get_last_metric_values()
data = last.get_global_data(metric_id="records:COUNT_RECORDS")
found["metric"] = [data["value"], dataiku.ComputedMetrics.get_value_from_data(data)]
found["ids"] = last.get_all_ids()
found["of the api"] = dataset.get_last_metric_values().get_global_value("records:COUNT_RECORDS")
writable = dataiku.Dataset("d")
writable.write_with_schema(pd.DataFrame({"a": [1]}))
found["stale"] = writable.get_last_metric_values().get_global_value("records:COUNT_RECORDS")
dataset.compute_metrics()
everything = writable.get_last_metric_values()
found["all metrics"] = {name: everything.get_global_value(name) for name in everything.get_all_ids()}
found["unknown metric"] = ask(dataset.compute_metrics, metric_ids=["col_stats:MEAN:a"])
found["never computed"] = ask(everything.get_global_value, "col_stats:MEAN:a")
found["probes"] = ask(dataset.compute_metrics, probes={})
found["metrics of nothing"] = ask(project.get_dataset("unbuilt").compute_metrics)
writable.save_external_metric_values({"flag": True, "share": 0.5, "kind": "x", "count": 3}, {"count": "DOUBLE"})
everything = writable.get_last_metric_values()
found["external"] = [everything.get_global_value(f"external:{name}") for name in ("flag", "share", "kind", "count")]
parts = project.get_dataset("parts")
for partition in ("x", "y"):
    parts.compute_metrics(partition=partition, metric_ids=["records:COUNT_RECORDS"])
parts.compute_metrics(metric_ids=["records:COUNT_RECORDS"])
of_parts = dataiku.Dataset("parts").get_last_metric_values()
found["of partitions"] = [of_parts.get_partition_value("records:COUNT_RECORDS", name) for name in ("x", "y", "ALL")]
found["over partitions"] = of_parts.get_global_value("records:COUNT_RECORDS")
of_y = dataiku.Dataset("parts").get_last_metric_values("y").get_metric_by_id("records:COUNT_RECORDS")
found["of one partition"] = [[value["partition"], value["value"]] for value in of_y["lastValues"]]
found["no such partition"] = of_parts.get_partition_data("records:COUNT_RECORDS", "z")
found["rows"] = [list(project.get_dataset("typed").iter_rows()), list(parts.iter_rows(partitions="y", columns=["a"]))]
found["exists"] = [project.get_dataset("d").exists(), project.get_dataset("nope").exists()]

# JSON
found["dumps"] = dkujson.dumps({
    "int": np.int64(3), "float": np.float64(0.5), "small": np.float32(0.5), "flag": np.bool_(True),
    "vector": np.array([1, 2]), "nan": float("nan"), "nested": [np.int8(1), np.array(["a"])],
}, indent=None)
found["not JSON"] = [ask(dkujson.dumps, value)[0]
                     for value in (np.zeros((2, 2)), datetime.date(2020, 1, 1), pd.Timestamp("2020"), {1, 2}, pd.NaT)]
found["loads"] = dkujson.loads('{"a": [1, null]}')
found["encoder"] = json.dumps({"n": np.int64(1)}, cls=dkujson.DKUJSONEncoder)
dkujson.dump_to_filepath("value.json", {"n": np.int64(1)})
found["files"] = [dkujson.load_from_filepath("value.json"), open("value.json").read()]
found["failed file"] = [ask(dkujson.dump_to_filepath, "value.json", {1})[0], dkujson.load_from_filepath("value.json")]
with open("broken.json", "w") as stream:
    stream.write("{")
found["broken file"] = dkujson.load_from_filepath("broken.json")
with open("dumped.json", "w") as stream:
    dkujson.dump(stream, [np.int64(1)])
found["dumped"] = dkujson.load(open("dumped.json"))
json.dump(found, sys.stdout)
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory, probe):
    home = tmp_path_factory.mktemp("api") / "home"
    work = home.parent / "work"
    (home.parent / "nothing").mkdir()
    work.mkdir()
    probe.import_dataset(home, "d", "a,b\n1,\n2,x\n3,y\n")
    probe.import_dataset(
        home, "typed", "n,s\n1,x\n,\n", [{"name": "n", "type": "int"}, {"name": "s", "type": "string"}]
    )
    probe.import_dataset(home, "parts", "a,part\n1,x\n2,y\n3,y\n", None, "--partition-by", "part")
    probe.import_dataset(home, "OTHER.elsewhere", "a\n1\n")
    assert main(["create", "unbuilt", "--home", str(home)]) == 0
    assert main(["import-folder", "box", str(home.parent / "nothing"), "--home", str(home)]) == 0
    environment = child_environment(home=home, project_key="LOCAL", plugin=load_plugin(probe.folder))
    done = subprocess.run(
        [sys.executable, "-c", CODE], cwd=work, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return {"stderr": done.stderr, **json.loads(done.stdout)}


def test_folders_are_listed_with_their_type_and_found_by_id_alone(found):
    assert found["folders"] == [["box", "S3", "LOCAL"]]
    identifier, name, partitioning, same = found["definition"]
    assert (identifier, name, partitioning) == (same, "box", {"dimensions": []})
    assert found["by name"] == ["DssError", "Managed folder LOCAL.box does not exist."]


def test_files_are_put_listed_read_and_deleted(found):
    assert found["uploaded"] == {"path": "/text.txt", "size": 5}
    assert (found["text"], found["raw"], found["pieces"], found["json"]) == ("café", [0, 255], "café", {"a": [1]})
    files = [["/raw.txt", 3], ["/string.txt", 5], ["/sub/bytes.bin", 2], ["/text.txt", 5], ["/value.json", 10]]
    assert found["contents"] == files
    assert found["times"] == [True] * 5
    assert found["left"] == [path for path, _ in files[:4]]
    assert found["no file"][0] == "DssError"
    assert found["folder up"] == "a"


def test_text_streams_are_uploaded_as_utf_8(found):
    assert found["letters"] is True


def test_metrics_of_a_folder_are_counted(found):
    assert found["folder metrics"] == [["basic:COUNT_FILES", "5"], ["basic:SIZE", "16"]]
    assert found["folder metric"] == 5


def test_datasets_are_listed_by_name(found):
    assert found["names"] == [["d", "parts", "typed", "unbuilt"], ["elsewhere"], []]
    assert found["items"][0] == ["d", "d", "Filesystem", ["a", "b"]]
    assert found["objects"] == ["d", "parts", "typed", "unbuilt"]
    assert found["exists"] == [True, False]
    assert found["rows"] == [[[1, "x"], [None, ""]], [["2"], ["3"]]]


def test_the_number_of_records_is_counted_when_it_is_computed(found):
    assert found["report"] == [["COUNT_RECORDS", "3"]]
    assert found["metric"] == ["3", 3]
    assert found["ids"] == ["records:COUNT_RECORDS"]
    assert (found["of the api"], found["stale"]) == (3, 3)
    counted = found["all metrics"]
    assert counted == {
        "records:COUNT_RECORDS": 1,
        "basic:COUNT_COLUMNS": 1,
        "basic:COUNT_FILES": 1,
        "basic:SIZE": 3,
    }


def test_metrics_of_partitions_stand_side_by_side(found):
    assert found["of partitions"] == [1, 2, 3]
    assert found["over partitions"] == 3
    assert found["of one partition"] == [["y", "2"]]
    assert found["no such partition"] is None


def test_external_metrics_have_the_type_that_is_found_or_given(found):
    assert found["external"] == ["true", 0.5, "x", 3.0]
    assert isinstance(found["external"][3], float)


@pytest.mark.parametrize(
    ("name", "error", "message"),
    [
        ("unknown metric", "NotAvailableHereError", "The metric col_stats:MEAN:a is not available"),
        ("probes", "NotAvailableHereError", "Probes given to compute_metrics are not available"),
        ("never computed", "DssError", "Metric col_stats:MEAN:a not found among: ['records:COUNT_RECORDS'"),
        ("metrics of nothing", "DssError", "LOCAL.unbuilt is not ready"),
    ],
)
def test_metrics_that_cannot_be_computed_are_an_error(found, name, error, message):
    assert found[name][0] == error
    assert message in found[name][1]


def test_json_holds_numpy_scalars_and_vectors_alone(found):
    assert found["dumps"] == (
        '{"int": 3, "float": 0.5, "small": 0.5, "flag": true, "vector": [1, 2], "nan": NaN, "nested": [1, ["a"]]}'
    )
    assert found["not JSON"] == ["TypeError"] * 5
    assert found["loads"] == {"a": [1, None]}
    assert found["encoder"] == '{"n": 1}'


def test_json_files_are_indented_and_kept_when_writing_fails(found):
    assert found["files"] == [{"n": 1}, '{\n    "n": 1\n}']
    assert found["failed file"] == ["TypeError", {"n": 1}]
    assert found["broken file"] is None
    assert "Expecting property name" in found["stderr"]
    assert found["dumped"] == [1]
