"""One dataset on disk: definition, schema, partitioning, metadata, rows."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Optional

from .errors import StorageError
from .names import check_name, partition_file_name, partition_of_file
from .projects import project_folder, read_json, write_json
from .rows import RowWriter, read_rows, remove_unfinished
from .schema import check_columns

_CSV = {"style": "excel", "charset": "utf8", "separator": ",", "quoteChar": '"', "parseHeaderRow": False}
_EMPTY_METADATA: dict[str, Any] = {"checklists": {"checklists": []}, "custom": {"kv": {}}, "tags": []}
_BOTH = ("checklists", "description", "shortDesc", "tags")  # in the definition and in the metadata: kept in the latter
NOT_PARTITIONED = "NP"  # identifier in DSS of the single partition of an unpartitioned dataset


class StoredDataset:
    """A dataset of a project; it may not exist yet."""

    def __init__(self, home: Path, project_key: str, name: str):
        self.project_key = project_key
        self.name = check_name(name, "dataset")
        self.folder = project_folder(home, project_key) / "datasets" / name

    @property
    def full_name(self) -> str:
        """``KEY.name``."""
        return f"{self.project_key}.{self.name}"

    @property
    def data_folder(self) -> Path:
        """Folder of the data files."""
        return self.folder / "data"

    def exists(self) -> bool:
        """Return whether the dataset has been created, built or not."""
        return (self.folder / "schema.json").is_file()

    def create(self, columns: Any = (), dimensions: Any = (), definition: Optional[dict[str, Any]] = None) -> None:
        """Create the dataset, without rows; one of the same name is replaced.

        A dimension has ``name``, ``type`` (``value`` or ``time``) and, for time, ``params.period``.
        """
        checked = check_columns(columns)
        if self.folder.exists():
            shutil.rmtree(self.folder)
        if definition is not None:
            write_json(self.folder / "definition.json", definition)
        write_json(self.folder / "schema.json", {"columns": checked, "partitioning": {"dimensions": list(dimensions)}})

    def read_definition(self) -> dict[str, Any]:
        """Return the settings of the dataset: type, connection, format, schema, partitioning, tags."""
        description = self._read_description()
        path, metadata = self.folder / "definition.json", self.read_metadata()
        return {
            **(read_json(path, f"The definition of {self.full_name}") if path.exists() else self.managed_definition()),
            **{key: metadata[key] for key in _BOTH if key in metadata},
            "projectKey": self.project_key,
            "name": self.name,
            "schema": {"columns": description["columns"], "userModified": description.get("userModified", False)},
            "partitioning": {"dimensions": [], **description.get("partitioning", {})},
        }

    def managed_definition(self, connection: str = "filesystem_managed") -> dict[str, Any]:
        """Return the settings of a managed dataset that has no definition of its own."""
        return {
            "type": "Filesystem",
            "managed": True,
            "formatType": "csv",
            "formatParams": dict(_CSV),
            "params": {"connection": connection, "path": f"{self.project_key}/{self.name}"},
        }

    def write_definition(self, definition: dict[str, Any]) -> None:
        """Replace the settings, given as `read_definition` returns them; rows stay as they are."""
        own = copy.deepcopy(definition)
        schema, partitioning = own.pop("schema", {}), own.pop("partitioning", {"dimensions": []})
        description = {**schema, "columns": check_columns(schema.get("columns", ())), "partitioning": partitioning}
        write_json(self.folder / "schema.json", {**self._read_description(), **description})
        self.write_metadata({**self.read_metadata(), **{key: own.pop(key) for key in _BOTH if key in own}})
        write_json(self.folder / "definition.json", own)

    def read_metadata(self) -> dict[str, Any]:
        """Return the metadata: ``checklists``, ``custom`` with its ``kv``, ``tags``."""
        path = self.folder / "metadata.json"
        stored = read_json(path, f"The metadata of {self.full_name}") if path.exists() else {}
        return {**copy.deepcopy(_EMPTY_METADATA), **stored}

    def write_metadata(self, metadata: dict[str, Any]) -> None:
        """Replace the metadata, given as `read_metadata` returns it."""
        missing = next((key for key in _EMPTY_METADATA if key not in metadata), None)
        if missing is None and "kv" not in metadata["custom"]:
            missing = "custom.kv"
        if missing is not None:
            raise StorageError(f"'{missing}' is missing from the metadata")
        write_json(self.folder / "metadata.json", metadata)

    def delete(self) -> None:
        """Delete the dataset with its rows."""
        shutil.rmtree(self.folder)

    def read_columns(self) -> list[dict[str, Any]]:
        """Return the columns of the schema; empty when none was written yet."""
        return self._read_description()["columns"]

    def write_columns(self, columns: Any) -> None:
        """Replace the schema; rows stay as they are."""
        description = self._read_description()
        description["columns"] = check_columns(columns)
        write_json(self.folder / "schema.json", description)

    def dimensions(self) -> list[dict[str, Any]]:
        """Return the partitioning dimensions; empty when not partitioned."""
        return self._read_description().get("partitioning", {}).get("dimensions", [])

    def partitions(self) -> list[str]:
        """Return the identifiers of the partitions that have been built, sorted."""
        if not self.data_folder.is_dir():
            return []
        return sorted(partition_of_file(path.name) for path in self.data_folder.glob("*.csv"))

    def data_files(self, partitions: Optional[list[str]] = None) -> list[Path]:
        """Return the data files of some partitions, or of all that are built; one that is not is refused."""
        self._read_description()
        built = self.partitions()
        if not built:
            raise StorageError(f"Dataset {self.full_name} is not ready: it has not been built yet.")
        wanted = built if partitions is None else partitions
        missing = [partition for partition in wanted if partition not in built]
        if missing:
            raise StorageError(f"Dataset {self.full_name} is not ready: no partition {', '.join(missing)} is built.")
        return [self.data_folder / partition_file_name(partition) for partition in wanted]

    def open_writer(self, partition: str = NOT_PARTITIONED, append: bool = False) -> RowWriter:
        """Open a writer for one partition; its rows replace those of the partition unless appending."""
        columns = self.read_columns()
        if not columns:
            raise StorageError(f"Dataset {self.full_name} has no schema: write its schema before its rows.")
        return RowWriter(self.data_folder / partition_file_name(partition), len(columns), append)

    def mark_built(self) -> None:
        """Count the dataset as built, without rows, though nothing was written."""
        self.data_folder.mkdir(parents=True, exist_ok=True)
        (self.data_folder / partition_file_name(NOT_PARTITIONED)).touch()

    def clear(self, partition: Optional[str] = None) -> None:
        """Remove the rows of one partition, or all rows; the schema stays."""
        remove_unfinished(self.data_folder)
        for built in self.partitions() if partition is None else [partition]:
            path = self.data_folder / partition_file_name(built)
            if path.exists():
                path.unlink()

    def rows(self, partitions: Optional[list[str]] = None) -> Iterator[list[str]]:
        """Yield the rows of some or all partitions as text cells."""
        return read_rows(self.data_files(partitions))

    def count_rows(self, partitions: Optional[list[str]] = None) -> int:
        """Count rows by reading them."""
        return sum(1 for _ in self.rows(partitions))

    def _read_description(self) -> dict[str, Any]:
        return read_json(self.folder / "schema.json", f"Dataset {self.full_name}")
