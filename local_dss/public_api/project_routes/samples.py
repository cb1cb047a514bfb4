"""Sample datasets of the installed plugins."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local_dss.descriptors.json_comments import read_json_file
from local_dss.public_api.errors import ApiError
from local_dss.public_api.state.installed_plugins import InstalledPlugins

SAMPLE_PREFIX = "Sample_"


@dataclass(frozen=True)
class Sample:
    """Columns, and files of delimited text without a header, perhaps compressed."""

    columns: list[dict[str, Any]]
    files: list[Path]


def find_sample(plugins: InstalledPlugins, dataset_type: str, params: dict[str, Any]) -> Sample:
    """Return the sample that the params of a dataset name, from the folder of its plugin."""
    plugin_id, name = params.get("pluginId"), params.get("sampleName")
    if dataset_type != f"{SAMPLE_PREFIX}{plugin_id}_{name}":
        raise ApiError(f"The dataset type {dataset_type} is not the one of the sample {name!r} of {plugin_id!r}.")
    plugin, component = plugins.of_component(dataset_type)
    folder = plugin.folder / "sample-datasets" / component
    columns = read_json_file(folder / "dataset.json", "The descriptor of the sample dataset").get("columns", [])
    files = [path for path in (folder / "data").glob("*") if path.name.endswith((".csv", ".csv.gz"))]
    return Sample(columns, sorted(files))
