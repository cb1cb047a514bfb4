"""``dataiku.api_client()``: the few calls of the public API that make sense without an instance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Optional

from local_dss_storage.folders import create_folder
from local_dss_storage.projects import list_datasets, list_folder_ids, list_projects
from local_dss_storage.visitors import visitor_of

from .api_dataset import LocalDataset, LocalDatasetItem
from .api_folder import LocalManagedFolder
from .errors import Limited, NameNotAvailableError, storage_faults
from .instance import default_project_key, home_folder, settings
from .llms import LocalLlm, LocalLlmItem, models
from .project import Project

RUN_AS_USER = "local"


class LocalClient(Limited):
    """The client of the stand-in."""

    def get_default_project(self) -> LocalProject:
        """Return the current project."""
        return LocalProject(default_project_key())

    def get_project(self, project_key: str) -> LocalProject:
        """Return a project by key."""
        return LocalProject(project_key)

    def list_project_keys(self) -> list[str]:
        """Return the keys of all projects."""
        return list_projects(home_folder())

    def list_datasets(self, project_key: Optional[str] = None) -> list[dict[str, Any]]:
        """Return the datasets of a project, the current one by default."""
        return LocalProject(project_key or default_project_key()).list_datasets()

    def get_auth_info(self, with_secrets: bool = False) -> dict[str, Any]:
        """Return who this code runs as."""
        return {"authIdentifier": RUN_AS_USER, "groups": ["administrators"], "authSource": "LOCAL"}

    def get_auth_info_from_browser_headers(
        self, headers_dict: Mapping[str, str], with_secrets: bool = False
    ) -> dict[str, Any]:
        """Return the visitor of a webapp, as the headers of its browser name it; an anonymous or unknown one raises."""
        with storage_faults():
            return visitor_of(headers_dict, settings())


class LocalProject(Limited):
    """A project of the stand-in."""

    def __init__(self, project_key: str):
        self.project_key = project_key

    def list_datasets(self, as_type: str = "listitems") -> list[Any]:
        """Return the datasets, as items with name, type and schema, or as objects with ``as_type="objects"``."""
        names = list_datasets(home_folder(), self.project_key)
        if as_type in ("objects", "object"):
            return [self.get_dataset(name) for name in names]
        if as_type not in ("listitems", "listitem"):
            raise ValueError("Unknown as_type")
        return [LocalDatasetItem(self.get_dataset(name).get_definition()) for name in names]

    def get_dataset(self, dataset_name: str) -> LocalDataset:
        """Return a dataset by name."""
        return LocalDataset(self.project_key, dataset_name)

    def list_managed_folders(self) -> list[dict[str, Any]]:
        """Return id, name and type of each managed folder."""
        identifiers = list_folder_ids(home_folder(), self.project_key)
        return [self.get_managed_folder(identifier).get_definition() for identifier in identifiers]

    def get_managed_folder(self, odb_id: str) -> LocalManagedFolder:
        """Return a managed folder by id."""
        return LocalManagedFolder(self.project_key, odb_id)

    def create_managed_folder(
        self, name: str, folder_type: Optional[str] = None, connection_name: str = "filesystem_folders"
    ) -> LocalManagedFolder:
        """Create a managed folder and return it; type and connection have no effect."""
        with storage_faults():
            return self.get_managed_folder(create_folder(home_folder(), self.project_key, name).identifier)

    def get_variables(self) -> dict[str, Any]:
        """Return the variables of the project, without those of the instance."""
        return Project(self.project_key).get_variables()

    def set_variables(self, obj: dict[str, Any]) -> None:
        """Replace the variables of the project."""
        Project(self.project_key).set_variables(obj)

    def update_variables(self, variables: dict[str, Any], type: str = "standard") -> None:
        """Set some variables of the project."""
        known = self.get_variables()
        known[type].update(variables)
        self.set_variables(known)

    @property
    def list_llms(self) -> Callable[..., list[LocalLlmItem]]:
        """Return the language models of the instance for a purpose; missing without LLM Mesh."""
        return _of_llm_mesh(_list_llms)

    @property
    def get_llm(self) -> Callable[..., LocalLlm]:
        """Return a language model by id; missing without LLM Mesh."""
        return _of_llm_mesh(_get_llm)


def _list_llms(purpose: str = "GENERIC_COMPLETION") -> list[LocalLlmItem]:
    return [LocalLlmItem(entry) for entry in models().offered(purpose)]


def _get_llm(llm_id: str) -> LocalLlm:
    return LocalLlm(llm_id)


def _of_llm_mesh(call: Any) -> Any:
    if not settings().llm_mesh:
        raise NameNotAvailableError("This instance has no LLM Mesh.")
    return call
