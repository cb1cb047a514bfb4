"""``dataiku.Project``: the variables of a project, as recipes and webapps read and write them."""

from __future__ import annotations

from typing import Any, Optional

from local_dss_storage.names import check_name
from local_dss_storage.projects import read_variables, write_variables

from .errors import Limited, storage_faults
from .instance import default_project_key, home_folder


class Project(Limited):
    """A project, by key; the current one by default."""

    def __init__(self, project_key: Optional[str] = None):
        with storage_faults():
            self.project_key = check_name(project_key or default_project_key(), "project")

    def __repr__(self) -> str:
        return f"<Project {self.project_key}>"

    def get_variables(self) -> dict[str, Any]:
        """Return the variables of the project: ``standard``, and ``local`` ones that win over them."""
        with storage_faults():
            return read_variables(home_folder(), self.project_key)

    def set_variables(self, variables: dict[str, Any]) -> None:
        """Replace the variables, given as `get_variables` returns them."""
        with storage_faults():
            write_variables(home_folder(), self.project_key, variables)
