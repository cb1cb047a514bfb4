"""Recipes of kind PYSPARK: what they read and write, on threads and on a cluster, and what is refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

from local_dss.descriptors.plugin import load_plugin
from local_dss.errors import LocalDssError
from local_dss.jobs import spark_driver
from local_dss.jobs.flow_builder import read_flow
from local_dss.jobs.recipe_job import RecipeRequest, find_faults
from local_dss.site.local_dss_storage.datasets import StoredDataset
from local_dss.site.local_dss_storage.settings import load_settings

ROOT = Path(__file__).resolve().parents[4]
PROBE = ROOT / "tests" / "plugins" / "spark-probe"
TYPES = {
    "id": "bigint", "code": "string", "share": "double", "flag": "boolean", "moment": "date", "small": "smallint",
    "single": "float", "day": "dateonly", "local": "datetimenotz",
}  # fmt: skip
FULL = ["1", "00123", "0.5", "true", "1969-07-20T20:17:40.101Z", "-1", "0.1", "2020-02-29", "2020-03-29 02:30:00.500"]
GAPS = ["2", *[""] * 8]
TEXT = ["3", 'a "quoted",\r\ntext 😀', "1000.0", "false", "2021-01-02T00:00:00.000Z", "2", "2.5", "", ""]
MISFITS = ["4", "", "half", "maybe", "yesterday", "40000", "", "", ""]
ROLES = ("copy", "parts", "twice", "none", "nested", "facts")


def fill(folder: Path, spark_configs: dict | None = None) -> StoredDataset:
    """Make a home with a source dataset."""
    source = StoredDataset(folder / "home", "LOCAL", "source")
    source.create([{"name": name, "type": storage_type} for name, storage_type in TYPES.items()])
    writer = source.open_writer()
    for row in (FULL, GAPS, TEXT, MISFITS):
        writer.write(row)
    writer.close()
    if spark_configs:
        (folder / "home" / "instance.json").write_text(json.dumps({"spark_configs": spark_configs}), "utf-8")
    return source


def run(folder: Path, recipe: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a recipe of the probe with a folder for temporary files."""
    (folder / "temporary").mkdir()
    command = [sys.executable, "-m", "local_dss", "run", recipe, "--plugin", str(PROBE), "--home", str(folder / "home")]
    return subprocess.run(
        [*command, "--input", "source=source", *arguments],
        cwd=ROOT, env={**os.environ, "TMPDIR": str(folder / "temporary")}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def copied(folder: Path, name: str) -> SimpleNamespace:
    dataset = StoredDataset(folder / "home", "LOCAL", name)
    return SimpleNamespace(columns=dataset.read_columns(), rows=list(dataset.rows()))


@pytest.fixture(scope="module", params=["local", "two-workers"])
def done(request, tmp_path_factory):
    """Run the probe, on threads with another Python for the workers and on a cluster."""
    folder = tmp_path_factory.mktemp(request.param)
    python = folder / "python-of-workers"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
    python.chmod(0o755)
    local = {"conf": {"spark.master": "local[2]"}, "python": str(python)}
    fill(folder, {"local": local, "two-workers": {"workers": 2}})
    outputs = [f"{role}={role}" for role in ROLES]
    process = run(folder, "probe-spark", "--output", *outputs, "--spark-config", request.param)
    assert process.returncode == 0, process.stderr
    facts = dict(copied(folder, "facts").rows)
    return SimpleNamespace(folder=folder, name=request.param, facts=facts, python=str(python))


def test_rows_pass_through_spark_and_cells_that_do_not_fit_are_empty(done):
    copy = copied(done.folder, "copy")
    assert {column["name"]: column["type"] for column in copy.columns} == TYPES
    assert sorted(copy.rows) == [FULL, GAPS, TEXT, ["4", *[""] * 8]]


def test_rows_of_several_tasks_come_together(done):
    assert sorted(copied(done.folder, "parts").rows) == sorted(copied(done.folder, "copy").rows)


def test_rows_are_appended_without_delete_first(done):
    assert Counter(row[0] for row in copied(done.folder, "twice").rows) == dict.fromkeys("1234", 2)


def test_a_dataframe_without_rows_is_written(done):
    assert copied(done.folder, "none").rows == []


def test_nested_columns_keep_their_types(done):
    nested = copied(done.folder, "nested")
    assert nested.rows == [["[1,2]", '{"a":0.5}', '{"b":true}', "2020-02-29"]]
    assert [column["type"] for column in nested.columns] == ["array", "map", "object", "dateonly"]
    assert nested.columns[0]["arrayContent"]["type"] == "int"
    assert nested.columns[2]["objectFields"] == [{"name": "b", "type": "boolean"}]


def test_the_named_configuration_decides_where_spark_runs(done):
    assert done.facts["master"].startswith({"local": "local[2]", "two-workers": "spark://127.0.0.1:"}[done.name])
    assert done.facts["python of workers"] == {"local": done.python, "two-workers": sys.executable}[done.name]


def test_a_dataset_is_one_partition_without_an_order(done):
    assert (done.facts["partitions"], done.facts["orders"]) == ("1", "several")
    assert done.facts["schema"].startswith("struct<id:bigint,code:string,share:double,flag:boolean,moment:timestamp,")


def test_workers_have_nothing_of_the_plugin_nor_of_dss(done):
    names = ("spark_probe_library", "dataiku", "local_dss_storage", "pyspark")
    assert [done.facts[name] for name in names] == ["False", "False", "False", "True"]


def test_what_dss_refuses_is_refused(done):
    assert "has the type binary, unsupported in DSS" in done.facts["unsupported"]
    assert done.facts["same names"] == "The DataFrame has several columns of the same name: id"
    assert done.facts["other columns"].endswith("write the schema first.")
    assert done.facts["output read"] == "You cannot read dataset LOCAL.copy, it is not declared as an input"
    assert done.facts["input written"] == "You cannot write dataset LOCAL.source, it is not declared as an output"
    assert "Got NoneType: a session of Spark Connect has no JVM" in done.facts["no session"]


def test_nothing_is_left_of_a_job(done):
    assert list((done.folder / "temporary").iterdir()) == []
    assert list(done.folder.rglob(".spark-*")) == []
    commands = subprocess.run(["ps", "-Aww", "-o", "args"], capture_output=True, text=True, check=True).stdout
    assert str(done.folder) not in commands


def test_a_failing_task_leaves_no_rows_and_its_error(tmp_path):
    fill(tmp_path)
    (tmp_path / "config.json").write_text('{"fails": true}', "utf-8")
    process = run(tmp_path, "probe-spark", "--output", "copy=copy", "--config", str(tmp_path / "config.json"))
    assert process.returncode == 1
    assert "ZeroDivisionError: integer division or modulo by zero" in process.stderr.splitlines()[-1]
    assert StoredDataset(tmp_path / "home", "LOCAL", "copy").partitions() == []
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_session_that_a_python_recipe_starts_is_refused(tmp_path):
    fill(tmp_path)
    process = run(tmp_path, "probe-own-session")
    assert process.returncode == 1
    assert "StdDataikuSparkContext is not found in the JVM of this session" in process.stderr.splitlines()[-1]


def request_of(folder: Path, recipe: str, **options) -> RecipeRequest:
    roles = {"inputs": {"source": ["source"]}, "outputs": {"copy": ["copy"]} if recipe == "probe-spark" else {}}
    return RecipeRequest(load_plugin(PROBE), recipe, folder / "home", "LOCAL", **roles, **options)


@pytest.mark.parametrize(
    ("recipe", "options", "fault"),
    [
        (
            "probe-spark",
            {"spark_config": {"inheritConf": "huge"}},
            'There is no Spark configuration "huge". Known: local',
        ),
        ("probe-spark", {"is_containerized": True}, 'remove "containerSelection" of its params.'),
        (
            "probe-own-session",
            {"spark_config": {"inheritConf": "local"}},
            "PYTHON takes no Spark configuration",
        ),
    ],
)
def test_settings_of_another_kind_of_recipe_are_refused(tmp_path, recipe, options, fault):
    fill(tmp_path)
    (found,) = find_faults(request_of(tmp_path, recipe, **options))
    assert fault in found


def test_settings_of_the_recipe_are_accepted(tmp_path):
    fill(tmp_path)
    chosen = {"inheritConf": "default", "conf": [{"key": "spark.executor.cores", "value": "1"}]}
    assert find_faults(request_of(tmp_path, "probe-spark", spark_config=chosen)) == []
    assert find_faults(request_of(tmp_path, "probe-own-session", is_containerized=True)) == []


def test_missing_java_and_pyspark_are_named_for_recipes_on_spark_alone(tmp_path, monkeypatch):
    fill(tmp_path)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setattr(spark_driver.importlib.util, "find_spec", lambda name: None)
    package, java = find_faults(request_of(tmp_path, "probe-spark"))
    assert "needs the Python package pyspark: pip install" in package
    assert "needs Java 17: install it" in java
    assert find_faults(request_of(tmp_path, "probe-own-session")) == []


def test_unknown_kinds_are_refused(tmp_path):
    recipe = tmp_path / "custom-recipes" / "r"
    recipe.mkdir(parents=True)
    (tmp_path / "plugin.json").write_text('{"id": "p"}', "utf-8")
    (recipe / "recipe.json").write_text('{"kind": "SPARK_SCALA"}', "utf-8")
    with pytest.raises(LocalDssError, match="Only PYTHON and PYSPARK can be run here"):
        load_plugin(tmp_path).recipe_descriptor("r")


def test_entries_of_a_recipe_win_over_the_named_configuration(tmp_path):
    fill(tmp_path)
    added = {"inheritConf": "local", "conf": [{"key": "spark.executor.memory", "value": "2g"}]}
    with spark_driver.spark_environment(tmp_path / "home", added, {"SPARK_HOME": "x"}, sys.executable) as environment:
        conf = (Path(environment["SPARK_CONF_DIR"]) / "spark-defaults.conf").read_text("utf-8").splitlines()
    assert {"spark.executor.memory 2g", "spark.master local[2]"} <= set(conf)
    assert environment["SPARK_HOME"] != "x"
    assert not Path(environment["SPARK_CONF_DIR"]).exists()


def test_a_flow_file_names_the_configuration(tmp_path):
    fill(tmp_path)
    flow = tmp_path / "flow.json"
    flow.write_text(json.dumps({"recipes": [{"recipe": "probe-spark", "spark_config": "two-workers"}]}), "utf-8")
    plugin = load_plugin(PROBE)
    (request,) = read_flow(flow, plugin=plugin, home=tmp_path / "home", project_key="LOCAL", int_params="int")
    assert request.spark_config == {"inheritConf": "two-workers"}
    assert list(load_settings(tmp_path / "home").spark_configs) == ["local", "two-workers"]
