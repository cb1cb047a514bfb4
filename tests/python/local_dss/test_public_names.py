"""Every name of the contract that plugins rely on is there, with the parameters of DSS."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from local_dss.descriptors.plugin import load_plugin
from local_dss.environment import child_environment

READ = ("sampling", "sampling_column", "limit", "ratio")
TYPES = ("bool_as_str", "int_as_float", "use_nullable_integers", "categoricals", "float_precision", "na_values")
# Each name with the parameters that calls by keyword or position rely on, None where it is no call.
NAMES: dict[str, tuple[str, ...] | None] = {
    "dataiku.api_client": (),
    "dataiku.default_project_key": (),
    "dataiku.dku_flow_variables": None,
    "dataiku.get_flow_variables": (),
    "dataiku.get_custom_variables": ("project_key", "typed"),
    "dataiku.WebappImpersonationContext": None,
    "dataiku.ComputedMetrics.get_value_from_data": ("data",),
    "dataiku.core.flow.FLOW": None,
    "dataiku.core.schema_handling.get_schema_from_df": ("df",),
    "dataiku.core.dataset.create_sampling_argument": READ,
    # 5.1
    "dataiku.customrecipe.get_input_names": ("full",),
    "dataiku.customrecipe.get_output_names": ("full",),
    "dataiku.customrecipe.get_input_names_for_role": ("role", "full"),
    "dataiku.customrecipe.get_output_names_for_role": ("role", "full"),
    "dataiku.customrecipe.get_recipe_config": (),
    "dataiku.customrecipe.get_plugin_config": (),
    "dataiku.customrecipe.get_recipe_resource": (),
    "dataiku.spark.get_dataframe": ("sqlContext", "dataset"),
    "dataiku.spark.write_with_schema": ("dataset", "df", "delete_first"),
    "dataiku.spark.write_dataframe": ("dataset", "df", "delete_first"),
    "dataiku.spark.write_schema_from_dataframe": ("dataset", "df"),
    "dataiku.spark.start_spark_context_and_setup_sql_context": ("load_defaults", "hive_db", "conf"),
    "dataiku.spark.setup_sql_context": ("sc", "hive_db", "conf"),
    "dataiku.spark.distribute_py_libs": ("sc",),
    "dataiku.recipe.get_inputs": ("index", "role", "object_type", "as_type"),
    "dataiku.recipe.get_outputs": ("index", "role", "object_type", "as_type"),
    "dataiku.recipe.get_input": ("index", "role", "object_type", "as_type"),
    "dataiku.recipe.get_output": ("index", "role", "object_type", "as_type"),
    "dataiku.customwebapp.get_webapp_config": (),
    "dataiku.customwebapp.get_plugin_config": (),
    "dataiku.customwebapp.get_webapp_resource": (),
    "dataiku.customwebapp.get_plugin_settings": ("config",),
    "dataiku.runnables.Runnable.get_progress_target": (),
    "dataiku.runnables.Runnable.run": ("progress_callback",),
    "dataiku.runnables.ResultTable.set_name": ("name",),
    "dataiku.runnables.ResultTable.add_column": ("id", "label", "type"),
    "dataiku.runnables.ResultTable.add_record": ("record",),
    # 5.2
    "dataiku.Dataset": ("name", "project_key", "ignore_flow"),
    "dataiku.Dataset.list": ("project_key",),
    "dataiku.Dataset.full_name": None,
    "dataiku.Dataset.read_schema": ("raise_if_empty",),
    "dataiku.Dataset.get_dataframe": (
        *("columns", *READ, "ascending", "infer_with_pandas", "parse_dates", *TYPES, "keep_default_na"),
        *("print_deep_memory_usage", "skip_additional_data_checks", "date_parser", "override_dtypes"),
        "pandas_read_kwargs",
    ),
    "dataiku.Dataset.iter_dataframes": (
        *("chunksize", "infer_with_pandas", "sampling", "sampling_column", "parse_dates", "limit", "ratio", "columns"),
        *(*TYPES, "keep_default_na", "ascending", "pandas_read_kwargs"),
    ),
    "dataiku.Dataset.iter_dataframes_forced_types": ("names", "dtypes", "parse_date_columns", "chunksize"),
    "dataiku.Dataset.get_dataframe_schema_st": ("schema", "columns", "parse_dates", "infer_with_pandas"),
    "dataiku.Dataset.iter_rows": READ,
    "dataiku.Dataset.iter_tuples": (*READ, "log_every", "timeout", "columns"),
    "dataiku.Dataset.raw_formatted_data": ("sampling", "columns", "format", "format_params"),
    "dataiku.Dataset.get_fast_path_dataframe": ("auto_fallback", "columns", "pandas_read_kwargs"),
    "dataiku.Dataset.list_partitions": ("raise_if_empty",),
    "dataiku.Dataset.add_read_partitions": ("spec",),
    "dataiku.Dataset.set_write_partition": ("spec",),
    "dataiku.Dataset.get_config": (),
    "dataiku.Dataset.get_location_info": ("sensitive_info",),
    "dataiku.Dataset.get_files_info": ("partitions",),
    "dataiku.Dataset.get_last_metric_values": ("partition",),
    "dataiku.Dataset.save_external_metric_values": ("values_dict", "value_types", "partition"),
    "dataiku.Dataset.read_metadata": (),
    "dataiku.Dataset.write_metadata": ("meta",),
    "dataiku.Dataset.write_with_schema": ("df", "drop_and_create"),
    "dataiku.Dataset.write_dataframe": ("df", "infer_schema", "drop_and_create"),
    "dataiku.Dataset.write_from_dataframe": ("df", "infer_schema"),
    "dataiku.Dataset.write_schema": ("columns", "drop_and_create"),
    "dataiku.Dataset.write_schema_from_dataframe": ("df", "drop_and_create"),
    "dataiku.Dataset.get_writer": (),
    "dataiku.DatasetWriter.write_dataframe": ("df",),
    "dataiku.DatasetWriter.write_row_dict": ("row_dict",),
    "dataiku.DatasetWriter.write_tuple": ("row",),
    "dataiku.DatasetWriter.write_row_array": ("row",),
    "dataiku.DatasetWriter.close": (),
    # 5.4
    "dataiku.Folder": ("lookup", "project_key", "ignore_flow"),
    "dataiku.Folder.get_id": (),
    "dataiku.Folder.get_name": (),
    "dataiku.Folder.get_info": ("sensitive_info",),
    "dataiku.Folder.get_definition": (),
    "dataiku.Folder.list_paths_in_partition": ("partition",),
    "dataiku.Folder.list_partitions": (),
    "dataiku.Folder.get_partition_folder": ("partition",),
    "dataiku.Folder.get_path_details": ("path",),
    "dataiku.Folder.get_download_stream": ("path",),
    "dataiku.Folder.upload_stream": ("path", "f"),
    "dataiku.Folder.upload_file": ("path", "file_path"),
    "dataiku.Folder.upload_data": ("path", "data"),
    "dataiku.Folder.get_writer": ("path",),
    "dataiku.Folder.read_json": ("filename",),
    "dataiku.Folder.write_json": ("filename", "obj"),
    "dataiku.Folder.delete_path": ("path",),
    "dataiku.Folder.clear_path": ("path",),
    "dataiku.Folder.clear": (),
    "dataiku.Folder.clear_partition": ("partition",),
    "dataiku.Folder.get_path": (),
    "dataiku.Folder.file_path": ("filename",),
    # 12
    "dataiku.core.dkujson.DKUJSONEncoder": None,
    "dataiku.core.dkujson.dumps": ("obj",),
    "dataiku.core.dkujson.loads": ("s",),
    "dataiku.core.dkujson.load": ("fp",),
    "dataiku.core.dkujson.dump": ("f", "obj"),
    "dataiku.core.dkujson.dump_to_filepath": ("filepath", "obj"),
    "dataiku.core.dkujson.load_from_filepath": ("filepath",),
    "client.get_default_project": (),
    "client.get_project": ("project_key",),
    "client.get_auth_info_from_browser_headers": ("headers_dict",),
    "project.list_datasets": ("as_type",),
    "project.get_dataset": ("dataset_name",),
    "project.list_managed_folders": (),
    "project.get_managed_folder": ("odb_id",),
    "project.list_llms": ("purpose",),
    "project.get_variables": (),
    "project.set_variables": ("obj",),
    "project.get_dataset('d').compute_metrics": ("partition", "metric_ids", "probes"),
    "project.get_dataset('d').get_last_metric_values": ("partition",),
    "project.get_dataset('d').get_schema": (),
    "project.get_dataset('d').iter_rows": ("partitions",),
    "project.get_managed_folder('f').get_definition": (),
    "project.get_managed_folder('f').list_contents": (),
    "project.get_managed_folder('f').get_file": ("path",),
    "project.get_managed_folder('f').put_file": ("path", "f"),
    "project.get_managed_folder('f').delete_file": ("path",),
    "project.get_managed_folder('f').compute_metrics": ("metric_ids", "probes"),
    "project.get_managed_folder('f').get_last_metric_values": (),
}
# What DSS has and the stand-in does not.
NOT_SERVED = [
    *("dataiku.Model", "dataiku.SQLExecutor2", "dataiku.KnowledgeBank", "client.list_plugins", "client.get_plugin"),
    *("client.create_project", "project.new_recipe", "project.create_upload_dataset", "project.new_managed_dataset"),
    *("project.get_llm", "project.new_job", "project.list_webapps", "project.get_dataset('d').get_settings"),
    *("project.get_dataset('d').build", "project.get_managed_folder('f').get_metric_history"),
    *("dataiku.Dataset('d').get_metric_history", "dataiku.Dataset('d').save_external_check_values"),
    *("dataiku.Dataset('d').get_continuous_writer", "dataiku.Dataset('d').to_html"),
    *("dataiku.Folder('f').save_external_metric_values", "dataiku.Project().get_last_metric_values"),
]

CODE = """
import inspect, json, sys
import dataiku, dataiku.recipe, dataiku.customrecipe, dataiku.customwebapp, dataiku.runnables, dataiku.spark
from dataiku.core import dkujson

client = dataiku.api_client()
project = client.get_project("LOCAL")
scope = {"dataiku": dataiku, "client": client, "project": project}

def parameters(name):
    try:
        return [key for key in inspect.signature(eval(name, scope)).parameters if key != "self"]
    except TypeError:
        return None

def refusal(name):
    try:
        eval(name, scope)
    except NotImplementedError as error:
        owner, _, last = name.rpartition(".")
        return [str(error), hasattr(eval(owner, scope), last)]

names, refused = json.load(sys.stdin)
json.dump([{name: parameters(name) for name in names}, {name: refusal(name) for name in refused}], sys.stdout)
"""


@pytest.fixture(scope="module")
def surface(tmp_path_factory, probe):
    home = tmp_path_factory.mktemp("surface") / "home"
    probe.import_dataset(home, "d", "a\n1\n")
    from local_dss.site.local_dss_storage.folders import create_folder

    create_folder(home, "LOCAL", "f")
    environment = child_environment(home=home, project_key="LOCAL", plugin=load_plugin(probe.folder))
    done = subprocess.run(
        [sys.executable, "-c", CODE],
        env=environment,
        input=json.dumps([list(NAMES), NOT_SERVED]),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_the_contract_takes_the_parameters_of_dss(surface, name):
    expected = NAMES[name]
    if expected is not None:
        assert surface[0][name][: len(expected)] == list(expected)
    else:
        assert name in surface[0]


@pytest.mark.parametrize("name", NOT_SERVED)
def test_what_is_not_served_raises_a_sentence_that_names_it(surface, name):
    sentence, is_found = surface[1][name]
    assert name.rpartition(".")[2] + " is not available in the local stand-in for DSS" in sentence
    assert not is_found
