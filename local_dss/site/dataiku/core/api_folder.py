"""A managed folder seen through the public API."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable
from http import HTTPStatus
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Optional, Union

from local_dss_storage.projects import list_folder_ids

from .errors import DssError, Limited, NotAvailableHereError
from .instance import home_folder
from .managed_folder import Folder
from .metrics import ComputedMetrics, MetricStore

if TYPE_CHECKING:
    import requests


class LocalManagedFolder(Limited):
    """A managed folder, by id; it need not exist. The public API knows no recipe: every folder can be written."""

    def __init__(self, project_key: str, odb_id: str):
        self.project_key = project_key
        self.odb_id = self.id = odb_id

    def get_definition(self) -> dict[str, Any]:
        """Return the settings of the folder: name, type, partitioning."""
        return self._folder().get_definition()

    def list_contents(self) -> dict[str, Any]:
        """Return path, size and time (milliseconds) of each file, under ``items``."""
        folder = self._folder()
        return {"items": [_item(folder, path) for path in folder.list_paths_in_partition()]}

    def get_file(self, path: str) -> requests.Response:
        """Open a file as the answer to an HTTP request, with ``content``, ``text``, ``json()``, ``raw``."""
        # Slow to import, and no recipe needs them.
        import requests  # noqa: PLC0415
        from urllib3 import HTTPResponse  # noqa: PLC0415

        response = requests.Response()
        response.status_code = HTTPStatus.OK
        response.raw = HTTPResponse(self._folder().get_download_stream(path), status=200, preload_content=False)
        return response

    def put_file(self, path: str, f: Union[IO[Any], bytes, str]) -> dict[str, Any]:
        """Store a file, given open, as bytes or as text for UTF-8; return its path, size and time."""
        folder = self._folder()
        if isinstance(f, str):
            f = f.encode("utf-8")
        folder.upload_stream(path, io.BytesIO(f) if isinstance(f, bytes) else f)
        return _item(folder, path)

    def upload_folder(self, path: str, folder: str) -> None:
        """Store all files of a folder of this machine under a path."""
        for parent, _, names in os.walk(folder):
            for name in names:
                local = Path(parent, name)
                with open(local, "rb") as stream:
                    self.put_file(f"{path}/{local.relative_to(folder).as_posix()}", stream)

    def delete_file(self, path: str) -> None:
        """Delete a file; nothing happens when there is none."""
        self._folder().delete_path(path)

    def compute_metrics(self, metric_ids: Optional[Iterable[str]] = None, probes: Any = None) -> dict[str, Any]:
        """Compute ``basic:COUNT_FILES`` and ``basic:SIZE``, or one of them, and keep their values."""
        if probes is not None:
            raise NotAvailableHereError("Probes given to compute_metrics are not available in the stand-in for DSS.")
        folder = self._folder()
        sizes = [_item(folder, path)["size"] for path in folder.list_paths_in_partition()]
        values = {"basic:COUNT_FILES": lambda: len(sizes), "basic:SIZE": lambda: sum(sizes)}
        return MetricStore(folder.stored.folder).compute(values, metric_ids, "NP")

    def get_last_metric_values(self) -> ComputedMetrics:
        """Return the last values of the metrics."""
        return self._folder().get_last_metric_values()

    def _folder(self) -> Folder:
        """Return the handle that reads files; the API finds a folder by its id, never by its name."""
        if self.odb_id not in list_folder_ids(home_folder(), self.project_key):
            raise DssError(f"Managed folder {self.project_key}.{self.odb_id} does not exist.")
        return Folder(self.odb_id, project_key=self.project_key, ignore_flow=True)


def _item(folder: Folder, path: str) -> dict[str, Any]:
    details = folder.get_path_details(path)
    return {"path": details["fullPath"], "size": details["size"], "lastModified": details["lastModified"]}
