"""Values of a webapp's params: filled in and checked as the form of an instance does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local_dss.descriptors.config_values import with_form_defaults, with_int_kind
from local_dss.descriptors.param_checks import FOLDER_TYPES, check_params, unknown_keys
from local_dss.descriptors.visibility import is_visible
from local_dss.errors import LocalDssError
from local_dss.site.local_dss_storage.datasets import StoredDataset
from local_dss.site.local_dss_storage.errors import StorageError
from local_dss.site.local_dss_storage.folders import find_folder
from local_dss.site.local_dss_storage.names import split_name
from local_dss.site.local_dss_storage.settings import load_settings
from local_dss.webapp_host.webapp import Webapp

CONFIG_VARIABLE = "DKU_CUSTOM_WEBAPP_CONFIG"  # of the backend, with the values of the params
DATASET_TYPES = frozenset({"DATASET", "DATASETS"})
COLUMN_TYPES = frozenset({"DATASET_COLUMN", "DATASET_COLUMNS"})


@dataclass(frozen=True)
class Project:
    """The project whose objects the form offers."""

    home: Path
    key: str

    def find_dataset(self, name: Any) -> StoredDataset | None:
        """Return a dataset by bare or full name, None when there is none."""
        try:
            dataset = StoredDataset(self.home, *split_name(name, self.key, "dataset"))
        except StorageError:
            return None
        return dataset if dataset.exists() else None

    def has_folder(self, lookup: Any) -> bool:
        """Return whether a managed folder has this id or name, bare or with a project key."""
        try:
            return find_folder(self.home, *split_name(lookup, self.key, "managed folder")) is not None
        except StorageError:
            return False


def fill_config(webapp: Webapp, values: dict[str, Any], project: Project) -> dict[str, Any]:
    """Add defaults to the given values, leave out what is not set, and check the rest as the form does.

    None stands for a param that is not set, whose key the page and the backend do not find. One message names all
    faults.
    """
    params = list(webapp.params)
    filled = with_form_defaults(params, values)
    unknown = [name for name in unknown_keys(params, values) if name not in webapp.role_keys]
    faults = [f'There is no param "{name}".' for name in unknown]
    faults += check_params(params, filled)
    faults += [fault for param in params for fault in _missing_objects(param, filled, project)]
    if faults:
        raise LocalDssError(f'The config does not fit webapp "{webapp.webapp_id}". {" ".join(faults)}')
    served = with_int_kind(params, filled, load_settings(project.home).int_params)
    return {name: value for name, value in served.items() if value is not None}


def _missing_objects(param: dict[str, Any], config: dict[str, Any], project: Project) -> Iterator[str]:
    """Name the datasets, managed folders and columns that a visible param holds and the project does not have."""
    value = config.get(param.get("name", ""))
    if value in (None, "", []) or not is_visible(param.get("visibilityCondition"), config):
        return
    label = f'"{param.get("label") or param["name"]}" ({param["name"]})'
    kind = param.get("type")
    for item in value if isinstance(value, list) else [value]:
        if kind in DATASET_TYPES and project.find_dataset(item) is None:
            yield f"{label} names the dataset {item!r}, which project {project.key} does not have."
        if kind in FOLDER_TYPES and not project.has_folder(item):
            yield f"{label} names the managed folder {item!r}, which project {project.key} does not have."
        if kind in COLUMN_TYPES and not _is_column(param, item, config, project):
            yield f"{label} names the column {item!r}, which its dataset does not have."


def _is_column(param: dict[str, Any], value: Any, config: dict[str, Any], project: Project) -> bool:
    """Return whether the dataset has the column; a dataset that is missing is a fault of another param."""
    dataset = project.find_dataset(config.get(param.get("datasetParamName", ""), ""))
    return dataset is None or value in [column["name"] for column in dataset.read_columns()]
