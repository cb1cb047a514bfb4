"""``dataiku.Project``: the variables of a project, as recipes and webapps read and write them."""

from __future__ import annotations

from typing import Any, Optional

from local_dss_storage.names import check_name

from .errors import DssError, Limited, storage_faults
from .instance import default_project_key, project_variables, write_project_variables


class Project(Limited):
    """A project, by key; the current one by default."""

    def __init__(self, project_key: Optional[str] = None):
        with storage_faults():
            self.project_key = check_name(project_key or default_project_key(), "project")

    def __repr__(self) -> str:
        return f"<Project {self.project_key}>"

    def get_variables(self) -> dict[str, Any]:
        """Return the variables of the project under ``standard``; ``local`` is empty here."""
        return {"standard": project_variables(self.project_key), "local": {}}

    def set_variables(self, variables: dict[str, Any]) -> None:
        """Replace the ``standard`` variables; ``local`` ones must be empty, the stand-in has a single layer."""
        if not isinstance(variables, dict) or set(variables) != {"standard", "local"}:
            raise DssError('Variables are given as {"standard": {...}, "local": {...}}.')
        if variables["local"]:
            raise DssError("Local variables cannot be stored in the local stand-in for DSS: use the standard ones.")
        write_project_variables(self.project_key, variables["standard"])
