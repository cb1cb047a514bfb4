"""Append a suffix to the texts of the sources, and note what the process was given."""

import json
import os
import sys

import dataiku
from dataiku.customrecipe import (
    get_input_names_for_role,
    get_output_names_for_role,
    get_plugin_config,
    get_recipe_config,
)

config = get_recipe_config()
copy = dataiku.Dataset(get_output_names_for_role("copy")[0])
copy.write_schema([{"name": "text", "type": "string"}])
with copy.get_writer() as writer:
    for name in get_input_names_for_role("source"):
        for row in dataiku.Dataset(name).iter_rows():
            writer.write_row_dict({"text": row["text"] + config["suffix"]})
for folder in get_output_names_for_role("notes"):
    notes = {
        "config": config,
        "plugin_config": get_plugin_config(),
        "python": sys.executable,
        "user": dataiku.api_client().get_auth_info()["authIdentifier"],
        "ticket": os.environ["DKU_API_TICKET"],
    }
    dataiku.Folder(folder).upload_data("notes.json", json.dumps(notes).encode())
