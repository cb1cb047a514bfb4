"""``dataiku.Folder``: files of a managed folder."""

from __future__ import annotations

import json
import mimetypes
import warnings
from pathlib import Path
from typing import IO, Any, BinaryIO, Optional

from local_dss_storage.folders import StoredFolder, find_folder
from local_dss_storage.names import split_name

from . import flow
from .errors import DssError, Limited, storage_faults
from .folder_streams import ManagedFolderWriter, open_download
from .instance import default_project_key, folders_are_local, home_folder
from .metrics import ComputedMetrics, MetricStore

__all__ = ["Folder", "ManagedFolderWriter"]

_BLOCK = 1 << 20  # bytes, or characters of a text stream, copied at a time


class Folder(Limited):
    """A managed folder, by name, id or ``KEY.id``; inside a job, one that the job declares unless `ignore_flow`."""

    @storage_faults()
    def __init__(self, lookup: str, project_key: Optional[str] = None, ignore_flow: bool = False):
        self.lookup = lookup
        self.project_key, short = split_name(lookup, project_key or default_project_key(), "managed folder")
        stored = find_folder(home_folder(), self.project_key, short)
        if stored is None:
            raise DssError(f"Managed folder {lookup} was not found in project {self.project_key}.")
        self.stored: StoredFolder = stored
        self.short_name = stored.identifier
        self.name = self.full_name
        self.read_partitions: Optional[list[str]] = None  # folders are not partitioned here
        self.writePartition: Optional[str] = None
        self.readable = self.writable = True
        if flow.FLOW is not None and not ignore_flow:
            self.readable = flow.find_item("in", self.full_name) is not None
            self.writable = flow.find_item("out", self.full_name) is not None
            if not self.readable and not self.writable:
                raise DssError(f"Managed folder {lookup} cannot be used : declare it as input or output of your recipe")

    def __repr__(self) -> str:
        return f"<Folder {self.full_name}>"

    @property
    def full_name(self) -> str:
        """``KEY.id``."""
        return f"{self.project_key}.{self.stored.identifier}"

    def get_id(self) -> str:
        """Return the id."""
        return self.stored.identifier

    def get_name(self) -> str:
        """Return the name its user gave."""
        return self.stored.describe()["name"]

    def get_info(self, sensitive_info: bool = False) -> dict[str, Any]:
        """Return id, name, project and storage; ``path`` only on local storage."""
        information = {
            "id": self.get_id(),
            "projectKey": self.project_key,
            "name": self.get_name(),
            "type": "Filesystem" if folders_are_local() else "S3",
            "directoryBased": True,
            "accessInfo": {},
        }
        if folders_are_local():
            information["path"] = str(self.stored.contents)
        return information

    def get_definition(self) -> dict[str, Any]:
        """Return the settings of the folder; it is never partitioned here."""
        return {
            "type": self.get_info()["type"],
            "params": {"connection": "filesystem_folders", "path": f"/{self.project_key}/{self.get_id()}"},
            "partitioning": {"dimensions": []},
            **self.stored.describe(),
        }

    def get_path(self) -> str:
        """Return the folder's path on this machine: an error unless the storage is local."""
        if not folders_are_local():
            raise DssError(
                f"Folder {self.get_name()} is not on the local filesystem: get_path() cannot be used. "
                "Use the download and upload methods."
            )
        return str(self.stored.contents)

    def file_path(self, filename: str) -> str:
        """Return a file's path on this machine: an error unless the storage is local."""
        return str(Path(self.get_path(), filename))

    def list_partitions(self) -> list[str]:
        """Return ``["NP"]``: folders are not partitioned here."""
        return ["NP"]

    def get_partition_folder(self, partition: str) -> str:
        """Refuse: folders are not partitioned here."""
        raise DssError(f"Managed folder {self.full_name} is not partitioned.")

    def clear_partition(self, partition: str) -> None:
        """Refuse: folders are not partitioned here."""
        raise DssError(f"Managed folder {self.full_name} is not partitioned.")

    @storage_faults()
    def list_paths_in_partition(self, partition: str = "") -> list[str]:
        """Return the paths of all files, each starting with ``/``."""
        if partition not in ("", "NP"):
            raise DssError(f"Managed folder {self.full_name} is not partitioned.")
        return self.stored.list_paths()

    @storage_faults()
    def get_path_details(self, path: str = "/") -> dict[str, Any]:
        """Return whether a path exists, its kind, size, time (milliseconds) and children."""
        target = self.stored.resolve(path)
        relative = "/" + target.relative_to(self.stored.contents).as_posix() if target != self.stored.contents else "/"
        details: dict[str, Any] = {"exists": target.exists(), "directory": target.is_dir(), "fullPath": relative}
        details["pathElts"] = [part for part in relative.split("/") if part]
        details["name"] = target.name if details["pathElts"] else ""
        if target.exists():
            details["lastModified"] = int(target.stat().st_mtime * 1000)
            details["size"] = 0 if target.is_dir() else target.stat().st_size
        if target.is_dir():
            prefix = "" if relative == "/" else relative
            names = sorted(child.name for child in target.iterdir())
            details["children"] = [_without_children(self.get_path_details(f"{prefix}/{name}")) for name in names]
        elif target.is_file():
            details["mimeType"] = mimetypes.guess_type(target.name)[0] or "application/octet-stream"
        return details

    @storage_faults()
    def get_download_stream(self, path: str) -> BinaryIO:
        """Open a file for reading; the stream is a context manager and cannot be rewound."""
        return open_download(self.stored, path)

    @storage_faults()
    def get_writer(self, path: str) -> ManagedFolderWriter:
        """Open a file for writing piece by piece."""
        self._check_writable()
        return ManagedFolderWriter(self.stored, path)

    def upload_stream(self, path: str, f: IO[Any]) -> None:
        """Store what remains to be read of a stream of bytes, or of text, which is encoded as UTF-8."""
        writer = self.get_writer(path)
        try:
            while block := f.read(_BLOCK):
                writer.write(_as_bytes(block))
            writer.close()
        finally:
            writer.abandon()

    def upload_file(self, path: str, file_path: str) -> None:
        """Store a file of this machine."""
        with open(file_path, "rb") as source:
            self.upload_stream(path, source)

    def upload_data(self, path: str, data: bytes) -> None:
        """Store bytes; text is encoded as UTF-8."""
        with self.get_writer(path) as writer:
            writer.write(_as_bytes(data))

    def read_json(self, filename: str) -> Any:
        """Read a file as JSON."""
        with self.get_download_stream(filename) as stream:
            return json.loads(stream.read().decode("utf-8"))

    def write_json(self, filename: str, obj: Any) -> None:
        """Store a value as JSON."""
        self.upload_data(filename, json.dumps(obj).encode("utf-8"))

    @storage_faults()
    def delete_path(self, path: str) -> None:
        """Delete a file, or a directory with what it holds."""
        self._check_writable()
        self.stored.delete(path)

    def clear_path(self, path: str) -> None:
        """Delete a path; deprecated name of `delete_path`."""
        warnings.warn("clear_path is deprecated, use delete_path", DeprecationWarning, stacklevel=2)
        self.delete_path(path)

    def clear(self) -> None:
        """Delete all files."""
        self._check_writable()
        self.stored.clear()

    def get_last_metric_values(self, partition: str = "") -> ComputedMetrics:
        """Return the last values of the metrics."""
        return MetricStore(self.stored.folder).read(partition)

    def _check_writable(self) -> None:
        if not self.writable:
            raise DssError(f"You cannot write in managed folder {self.full_name}, it is not declared as an output")


def _as_bytes(data: Any) -> bytes:
    return data.encode("utf-8") if isinstance(data, str) else data


def _without_children(details: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in details.items() if key != "children"}
