"""``dataiku.api_client()``: the few calls of the public API that make sense without an instance."""

from __future__ import annotations

from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Any, Optional

from local_dss_storage.projects import list_datasets, list_folder_ids, list_projects

from .dataset import Dataset
from .errors import DssError, NotAvailableHereError
from .instance import default_project_key, home_folder, settings
from .managed_folder import Folder
from .project import Project

VISITOR_COOKIE = "local_dss_visitor"
VISITOR_HEADER = "x-local-dss-visitor"
RUN_AS_USER = "local"


class _Limited:
    """An object that explains in a sentence what it cannot do."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        raise NotAvailableHereError(f"{type(self).__name__}.{name} is not available in the local stand-in for DSS.")


class LocalClient(_Limited):
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

    def get_auth_info_from_browser_headers(self, headers_dict: Mapping[str, str], with_secrets: bool = False) -> dict:
        """Return who visits a webapp, told by a cookie or header that stands for the login.

        Parameters
        ----------
        headers_dict : mapping
            Headers of the request. The login is in the header ``X-Local-DSS-Visitor``, which is empty for an anonymous
            visitor; without it in the cookie ``local_dss_visitor``, else it is the ``visitor`` of ``instance.json``.

        Returns
        -------
        dict
            ``authIdentifier``, ``groups``, ``associatedDSSUser``, ``authSource``, ``userProfile``, ``displayName``.

        Raises
        ------
        DssError
            For an anonymous visitor or an unknown login.
        """
        instance = settings()
        headers = {name.lower(): value for name, value in headers_dict.items()}
        login = headers.get(VISITOR_HEADER)
        if login is None:
            login = _login_of_cookie(headers.get("cookie", "")) or instance.visitor
        if not login:
            raise DssError("No user is authenticated in these headers: the visitor is anonymous.")
        if login not in instance.users:
            raise DssError(f"Unknown user {login}.")
        user = instance.users[login]
        return {
            "authIdentifier": login,
            "groups": list(user.get("groups", [])),
            "associatedDSSUser": login,
            "authSource": "USER_FROM_UI",
            "userProfile": user.get("userProfile", "DESIGNER"),
            "displayName": user.get("displayName", login),
        }


class LocalProject(_Limited):
    """A project of the stand-in."""

    def __init__(self, project_key: str):
        self.project_key = project_key

    def list_datasets(self) -> list[dict[str, Any]]:
        """Return name, type and schema of each dataset."""
        names = list_datasets(home_folder(), self.project_key)
        handles = [Dataset(name, project_key=self.project_key, ignore_flow=True) for name in names]
        return [handle.get_config() for handle in handles]

    def get_dataset(self, dataset_name: str) -> LocalDataset:
        """Return a dataset by name."""
        return LocalDataset(self.project_key, dataset_name)

    def list_managed_folders(self) -> list[dict[str, Any]]:
        """Return id and name of each managed folder."""
        identifiers = list_folder_ids(home_folder(), self.project_key)
        handles = [Folder(identifier, project_key=self.project_key, ignore_flow=True) for identifier in identifiers]
        return [
            {"id": handle.get_id(), "name": handle.get_name(), "projectKey": self.project_key} for handle in handles
        ]

    def get_variables(self) -> dict[str, Any]:
        """Return the variables of the project, without those of the instance."""
        return Project(self.project_key).get_variables()

    def set_variables(self, obj: dict[str, Any]) -> None:
        """Replace the variables of the project."""
        Project(self.project_key).set_variables(obj)

    def list_llms(self, purpose: str = "GENERIC_COMPLETION") -> list[Any]:
        """Return no model: there is no LLM Mesh here."""
        return []


class LocalDataset(_Limited):
    """A dataset seen through the public API."""

    def __init__(self, project_key: str, dataset_name: str):
        self.project_key = project_key
        self.dataset_name = dataset_name
        self.name = dataset_name

    def exists(self) -> bool:
        """Tell whether the dataset exists."""
        return self.dataset_name in list_datasets(home_folder(), self.project_key)

    def get_schema(self) -> dict[str, Any]:
        """Return the schema, under ``columns``."""
        return {"columns": list(self.get_as_core_dataset().read_schema(raise_if_empty=False))}

    def get_as_core_dataset(self) -> Dataset:
        """Return the handle that reads rows."""
        return Dataset(self.dataset_name, project_key=self.project_key, ignore_flow=True)


def _login_of_cookie(header: str) -> Optional[str]:
    try:
        cookie = SimpleCookie(header)
    except CookieError:
        return None
    return cookie[VISITOR_COOKIE].value if VISITOR_COOKIE in cookie else None
