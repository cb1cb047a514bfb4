"""What a home folder holds, in lines for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from local_dss.site.local_dss_storage.datasets import StoredDataset
from local_dss.site.local_dss_storage.folders import StoredFolder
from local_dss.site.local_dss_storage.projects import list_datasets, list_folder_ids, list_projects


def describe_home(home: Path) -> Iterator[str]:
    """Yield a line for each dataset and folder: ``LOCAL.reviews  dataset  120 rows  id:bigint, text:string``."""
    for project_key in list_projects(home):
        for name in list_datasets(home, project_key):
            yield _describe_dataset(StoredDataset(home, project_key, name))
        for identifier in list_folder_ids(home, project_key):
            yield _describe_folder(StoredFolder(home, project_key, identifier))


def _describe_dataset(dataset: StoredDataset) -> str:
    partitions = dataset.partitions()
    size = f"{dataset.count_rows()} rows" if partitions else "not built"
    columns = ", ".join(f"{column['name']}:{column['type']}" for column in dataset.read_columns()) or "no schema"
    dimensions = "|".join(dimension["name"] for dimension in dataset.dimensions())
    parted = f"  {len(partitions)} partitions by {dimensions}" if dimensions else ""
    return f"{dataset.full_name}  dataset  {size}{parted}  {columns}"


def _describe_folder(folder: StoredFolder) -> str:
    name = folder.describe()["name"]
    return f"{folder.project_key}.{folder.identifier}  managed folder  {name}  {len(folder.list_paths())} files"
