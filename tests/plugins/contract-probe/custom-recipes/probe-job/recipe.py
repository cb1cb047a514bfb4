"""Note what a recipe's process knows of its job."""

import json
import os
import sys

import dataiku
import dataiku.recipe
import pandas as pd
import probe_tools
from dataiku import pandasutils as pdu
from dataiku.core.flow import FLOW
from dataiku.customrecipe import (
    get_input_names,
    get_input_names_for_role,
    get_output_names,
    get_output_names_for_role,
    get_plugin_config,
    get_recipe_config,
    get_recipe_resource,
)
from probe_tools.findings import Findings

found = Findings()
found.note("input names", [get_input_names(), get_input_names(full=False)])
found.note("output names", [get_output_names(), get_output_names(full=False)])
found.note("names of many", get_input_names_for_role("many"))
found.note("smart names of many", get_input_names_for_role("many", full=False))
found.note("names of no role", [get_input_names_for_role("nope"), get_output_names_for_role("optional")])
get_recipe_config()["count"] = "changed"
found.note("config", get_recipe_config())
found.note("kind of count", type(get_recipe_config().get("count")).__name__)
found.note("plugin config", get_plugin_config())
with open(os.path.join(get_recipe_resource(), "note.txt")) as note:
    found.note("resource", note.read())
found.note("flow", FLOW)
found.note("main", [__name__, os.path.basename(__file__), sys.argv == [__file__]])
found.note("json is the standard one", "python-lib" not in json.__file__)
found.note("python-lib comes last", sys.path[-1] == os.path.dirname(os.path.dirname(probe_tools.__file__)))
root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(dataiku.__file__))))
found.note("repository on the path", root in [os.path.abspath(entry) for entry in sys.path])
found.ask("import of the host", __import__, "local_dss")
found.note("environment", [os.environ[name] for name in ("DKU_CURRENT_PROJECT_KEY", "DKU_PLUGIN_ID")])
found.note("project", dataiku.default_project_key())
found.note("flow variables", [dataiku.dku_flow_variables, dataiku.get_flow_variables()])
found.note("custom variables", [dataiku.get_custom_variables(), dataiku.get_custom_variables(typed=True)])
found.note("inputs as names", dataiku.recipe.get_inputs(as_type="name"))
found.note("inputs as refs", dataiku.recipe.get_inputs(role="many", as_type="ref"))
found.note("inputs as objects", [type(item).__name__ for item in dataiku.recipe.get_inputs()])
found.note("one dataset", dataiku.recipe.get_input(index=0, role="many").full_name)
found.note("no input", dataiku.recipe.get_input(role="optional"))
found.ask("several inputs", dataiku.recipe.get_input, role="many")
found.note("the output", dataiku.recipe.get_output().full_name)
found.note("only datasets", dataiku.recipe.get_inputs(object_type="DATASET", as_type="ref"))
client = dataiku.api_client()
found.note("run as", client.get_auth_info()["authIdentifier"])
found.note("datasets", [item["name"] for item in client.get_default_project().list_datasets()])
found.ask("anonymous", client.get_auth_info_from_browser_headers, {"Accept": "*/*"})
found.ask("visitor", client.get_auth_info_from_browser_headers, {"Cookie": "local_dss_visitor=analyst"})
found.ask("unavailable call", lambda: client.get_default_project().new_recipe("python"))
found.ask("unavailable name", lambda: dataiku.SQLExecutor2)
found.ask("plugin libs", dataiku.use_plugin_libs, "other")
found.ask("import from plugin", dataiku.import_from_plugin, "other", "package")
with dataiku.WebappImpersonationContext():
    found.note("impersonation", True)
halves = pdu.split_train_valid(pd.DataFrame({"a": range(10)}), prop=0.7, seed=1)
found.note("halves", [len(half) for half in halves])
found.note("audit", pdu.audit(pd.DataFrame({"a": ["x", None]}))["_d_missings"].tolist())
found.note("kinds", [dataiku.Dataset.__module__, dataiku.Folder.__module__])
found.write(dataiku.recipe.get_output())
