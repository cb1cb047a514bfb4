"""Copy the sources chunk by chunk, well or badly."""

import json
import os

import dataiku
import pandas as pd
from dataiku.customrecipe import get_input_names_for_role, get_output_names_for_role, get_recipe_config

how = get_recipe_config()["how"]
sources = [dataiku.Dataset(name) for name in get_input_names_for_role("source")]
copy = dataiku.Dataset(get_output_names_for_role("copy")[0])

if how == "variables":
    values = {**dataiku.dku_flow_variables, "read": sources[0].read_partitions, "write": copy.writePartition}
    copy.write_with_schema(
        pd.DataFrame({"name": list(values), "value": [json.dumps(item) for item in values.values()]})
    )
else:
    if how != "no schema":
        copy.write_schema(sources[0].read_schema())
    writer = copy.get_writer()
    for source in sources:
        for chunk in source.iter_dataframes(2, infer_with_pandas=False, keep_default_na=False, na_values=[""]):
            writer.write_dataframe(chunk)
    if how == "unclosed":
        os._exit(0)  # not even a destructor runs
    if how == "failing":
        with writer:
            raise RuntimeError("stopped after the rows")
    writer.close()
