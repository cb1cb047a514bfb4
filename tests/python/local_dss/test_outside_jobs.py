"""The ``dataiku`` package in a process without a job, as in a webapp's backend."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from local_dss.command_line import main
from local_dss.descriptors.plugin import load_plugin
from local_dss.environment import child_environment
from local_dss.site.local_dss_storage.datasets import StoredDataset

CODE = """
import json, sys
import dataiku, pandas as pd
from dataiku import customwebapp
from dataiku.core.flow import FLOW
from dataiku.customrecipe import get_input_names, get_recipe_config

def ask(call, *arguments):
    try:
        return call(*arguments)
    except Exception as error:
        return [type(error).__name__, str(error)]

edits = dataiku.Dataset("edits")
found = {
    "flow": FLOW,
    "flags": [edits.readable, edits.writable, edits.name],
    "missing": ask(dataiku.Dataset("missing").read_schema),
    "write missing": ask(dataiku.Dataset("missing").write_with_schema, pd.DataFrame({"a": [1]})),
    "roles": ask(get_input_names),
    "recipe config": ask(get_recipe_config),
    "flow variables": [ask(dataiku.get_flow_variables), dataiku.dku_flow_variables],
    "exports": sorted(customwebapp.__all__),
    "webapp config": customwebapp.get_webapp_config(),
    "plugin": [customwebapp.get_plugin_config(), customwebapp.get_plugin_settings()],
    "resource": customwebapp.get_webapp_resource(),
    "conflict": ask(dataiku.Dataset, "OTHER.d", "LOCAL"),
    "other project": dataiku.Dataset("d", project_key="OTHER").full_name,
    "bad name": ask(dataiku.Dataset, "../d"),
}
project = dataiku.Project()
variables = project.get_variables()
variables["standard"]["round"] = 2
project.set_variables(variables)
found["project"] = [
    project.project_key,
    variables,
    dataiku.api_client().get_default_project().get_variables(),
    dataiku.get_custom_variables(typed=True),
]
found["variables of another kind"] = ask(project.set_variables, {"round": 3})
project.set_variables({"standard": {"a": 1, "b": 2}, "local": {"a": 3}})
found["local variables"] = dataiku.get_custom_variables(typed=True)
found["bad project"] = ask(dataiku.Project, "../x")
edits.write_with_schema(pd.DataFrame({"n": [1]}))
edits.spec_item["appendMode"] = True
edits.write_dataframe(pd.DataFrame({"n": [2]}))
found["edits"] = edits.get_dataframe()["n"].tolist()
parts = dataiku.Dataset("parts")
found["no partition chosen"] = ask(parts.write_dataframe, pd.DataFrame({"a": ["x"]}))
for partition in ("p", "q"):
    parts = dataiku.Dataset("parts")
    parts.set_write_partition(partition)
    parts.write_dataframe(pd.DataFrame({"a": ["in " + partition]}))
parts = dataiku.Dataset("parts")
found["partitions"] = parts.list_partitions()
found["all rows"] = parts.get_dataframe()["a"].tolist()
parts.add_read_partitions("q")
found["one partition"] = parts.get_dataframe()["a"].tolist()
parts.add_read_partitions(["nope"])
found["no such partition"] = ask(parts.get_dataframe)
parts.write_schema([{"name": "b", "type": "int"}], drop_and_create=True)
found["dropped"] = ask(parts.list_partitions)
long = dataiku.Dataset("long")
rows_read = []
stored_rows = long.stored.rows
long.stored.rows = lambda *partitions: (rows_read.append(1) or row for row in stored_rows(*partitions))
with long.raw_formatted_data(format="csv") as stream:
    found["first line"] = [stream.readline().decode(), len(rows_read)]
    found["last line"] = [stream.read().splitlines()[-1].decode(), len(rows_read)]
json.dump(found, sys.stdout)
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory, probe):
    home = tmp_path_factory.mktemp("outside") / "home"
    schema = home.parent / "schema.json"
    schema.write_text('[{"name": "a", "type": "string"}]')
    assert main(["create", "edits", "--home", str(home)]) == 0
    assert main(["create", "parts", "--home", str(home), "--schema", str(schema), "--partition-by", "part"]) == 0
    probe.import_dataset(home, "long", "number\n" + "".join(f"{number}\n" for number in range(20_000)))
    (home / "instance.json").write_text('{"variables": {"site": "a"}}')
    environment = child_environment(home=home, project_key="LOCAL", plugin=load_plugin(probe.folder))
    environment["DKU_CUSTOM_WEBAPP_CONFIG"] = json.dumps({"dataset": "edits"})
    done = subprocess.run([sys.executable, "-c", CODE], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {"home": home, **json.loads(done.stdout)}


def test_there_is_no_flow_and_datasets_can_be_read_and_written(found):
    assert found["flow"] is None
    assert found["flags"] == [True, True, "LOCAL.edits"]
    assert found["other project"] == "OTHER.d"


def test_append_mode_adds_rows(found):
    assert found["edits"] == [1, 2]
    assert list(StoredDataset(found["home"], "LOCAL", "edits").rows()) == [["1"], ["2"]]


def test_partitions_are_chosen_by_the_code(found):
    assert found["no partition chosen"][1] == "Dataset LOCAL.parts is partitioned: set the partition to write."
    assert found["partitions"] == ["p", "q"]
    assert found["all rows"] == ["in p", "in q"]
    assert found["one partition"] == ["in q"]
    assert "no partition nope is built" in found["no such partition"][1]


def test_dropping_with_the_schema_removes_all_partitions(found):
    assert found["dropped"][1].startswith("No partitions in LOCAL.parts.")


def test_a_missing_dataset_is_not_made_by_writing(found):
    assert found["missing"] == [
        "DssError",
        "Unable to fetch schema for LOCAL.missing: Dataset LOCAL.missing does not exist.",
    ]
    assert found["write missing"][1].endswith("Dataset LOCAL.missing does not exist.")


def test_calls_of_a_recipe_are_refused(found):
    assert found["roles"][1] == "There is no recipe running: inputs and outputs are only known inside a job."
    assert "only works inside a plugin recipe" in found["recipe config"][1]
    assert found["flow variables"][0][1] == "Flow variables are only available inside a recipe."
    assert found["flow variables"][1] == {}


def test_the_webapp_module_exports_exactly_four_names(found, probe):
    assert found["exports"] == ["get_plugin_config", "get_plugin_settings", "get_webapp_config", "get_webapp_resource"]
    assert found["webapp config"] == {"dataset": "edits"}
    assert found["plugin"] == [{}, {}]
    assert found["resource"] == str(probe.folder / "resource")


def test_variables_of_a_project_are_kept_without_those_of_the_instance(found):
    variables = {"standard": {"round": 2}, "local": {}}
    assert found["project"] == ["LOCAL", variables, variables, {"site": "a", "round": 2}]
    assert found["variables of another kind"][1].startswith("Variables are given as")


def test_local_variables_win_over_standard_ones(found):
    assert found["local variables"] == {"site": "a", "a": 3, "b": 2}


def test_bad_names_are_refused(found):
    assert found["bad project"][0] == "DssError"
    assert found["conflict"] == ["ValueError", "Project key LOCAL incompatible with fullname dataset OTHER.d."]
    assert found["bad name"][0] == "DssError"


def test_raw_bytes_are_made_from_the_rows_as_they_are_read(found):
    line, n_rows = found["first line"]
    assert line == "number\r\n"
    assert 0 < n_rows < 10_000
    assert found["last line"] == ["19999", 20_000]
