"""``dataiku.Dataset``: the handle that recipes and webapps use to read and write rows."""

from __future__ import annotations

from typing import Optional

from local_dss_storage.projects import list_datasets

from .dataset_handle import Schema
from .dataset_information import DatasetInformation
from .dataset_reading import DatasetReading
from .dataset_write import DatasetWriter
from .dataset_writing import DatasetWriting
from .instance import default_project_key, home_folder
from .sampling import create_sampling_argument

__all__ = ["Dataset", "DatasetWriter", "Schema", "create_sampling_argument"]


class Dataset(DatasetReading, DatasetWriting, DatasetInformation):
    """A dataset, by bare name or ``KEY.name``; inside a job, one that the job declares unless `ignore_flow`."""

    @staticmethod
    def list(project_key: Optional[str] = None) -> list[str]:
        """Return the bare names of the datasets of a project, the current one by default."""
        return list_datasets(home_folder(), project_key or default_project_key())
