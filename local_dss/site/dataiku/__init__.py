"""A stand-in for the ``dataiku`` package of DSS: same names, same behaviour, rows and files in a local home folder."""

from __future__ import annotations

import os as _os
from typing import Any

from .core import dataset, flow, instance, managed_folder, schema_handling
from .core.api_client import LocalClient as _LocalClient
from .core.dataset import Dataset, Schema
from .core.dataset_write import DatasetWriter
from .core.errors import NameNotAvailableError as _NameNotAvailableError
from .core.errors import NotAvailableHereError as _NotAvailableHereError
from .core.instance import default_project_key, get_custom_variables, get_flow_variables
from .core.managed_folder import Folder
from .core.metrics import ComputedMetrics
from .core.project import Project

__all__ = [
    "ComputedMetrics",
    "Dataset",
    "DatasetWriter",
    "Folder",
    "Project",
    "Schema",
    "WebappImpersonationContext",
    "api_client",
    "dataset",
    "default_project_key",
    "dku_flow_variables",
    "flow",
    "get_custom_variables",
    "get_flow_variables",
    "import_from_plugin",
    "instance",
    "managed_folder",
    "schema_handling",
    "use_plugin_libs",
]

dku_flow_variables = get_flow_variables() if "DKUFLOW_VARIABLES" in _os.environ else {}


def api_client() -> Any:
    """Return a client of the instance with the rights of who runs this code.

    In a process that an instance started it is the client of the public API, whose package is imported only then.
    """
    if "LOCAL_DSS_URL" not in _os.environ:
        return _LocalClient()
    from dataikuapi import DSSClient  # noqa: PLC0415, other processes may lack it

    return DSSClient(_os.environ["LOCAL_DSS_URL"], internal_ticket=_os.environ["DKU_API_TICKET"])


def use_plugin_libs(plugin_id: str) -> None:
    """Refuse, as DSS does in containers; a plugin's own ``python-lib`` is on the path anyway."""
    raise _NotAvailableHereError(f"use_plugin_libs cannot be used here, as in containers (plugin {plugin_id}).")


def import_from_plugin(plugin_id: str, package_name: str) -> Any:
    """Refuse, as DSS does in containers; a plugin's own ``python-lib`` is on the path anyway."""
    raise _NotAvailableHereError(
        f"import_from_plugin cannot be used here, as in containers (plugin {plugin_id}, package {package_name})."
    )


class WebappImpersonationContext:
    """Act as the visitor of the webapp inside a ``with`` block; without rights to check, nothing changes here."""

    def __enter__(self) -> WebappImpersonationContext:
        return self

    def __exit__(self, error_type: Any, error: Any, traceback: Any) -> None:
        return None


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    raise _NameNotAvailableError(f"dataiku.{name} is not available in the local stand-in for DSS.")
