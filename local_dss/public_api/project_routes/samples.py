"""Sample datasets of the installed plugins."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local_dss.descriptors.json_comments import read_json_file
from local_dss.public_api.errors import ApiError, not_found
from local_dss.site.local_dss_storage.names import is_name

SAMPLE_PREFIX = "Sample_"


@dataclass(frozen=True)
class Sample:
    """Columns, and files of delimited text without a header, perhaps compressed."""

    columns: list[dict[str, Any]]
    files: list[Path]


def find_sample(home: Path, dataset_type: str, params: dict[str, Any]) -> Sample:
    """Return the sample that the params of a dataset name, from the folder of its plugin."""
    plugin, name = params.get("pluginId"), params.get("sampleName")
    if dataset_type != f"{SAMPLE_PREFIX}{plugin}_{name}":
        raise ApiError(f"The dataset type {dataset_type} is not the one of the sample {name!r} of {plugin!r}.")
    folder = home / "plugins" / "installed" / str(plugin) / "sample-datasets" / str(name)
    if not (is_name(plugin) and is_name(name) and (folder / "dataset.json").is_file()):
        raise not_found(f"Plugin {plugin!r} is not installed or has no sample dataset {name!r}.")
    columns = read_json_file(folder / "dataset.json", "The descriptor of the sample dataset").get("columns", [])
    files = [path for path in (folder / "data").glob("*") if path.name.endswith((".csv", ".csv.gz"))]
    return Sample(columns, sorted(files))
