"""One managed folder on disk."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any, BinaryIO, Optional

from .errors import StorageError
from .names import check_name, folder_id, random_id, split_folder_path
from .projects import list_folder_ids, project_folder, read_json, write_json


class StoredFolder:
    """A managed folder of a project, by id."""

    def __init__(self, home: Path, project_key: str, identifier: str):
        self.project_key = project_key
        self.identifier = check_name(identifier, "managed folder")
        self.folder = project_folder(home, project_key) / "managed_folders" / identifier
        self.contents = self.folder / "contents"

    def describe(self) -> dict[str, Any]:
        """Return ``id``, ``name``, ``projectKey`` and what else was given of its settings."""
        return read_json(self.folder / "folder.json", f"Managed folder {self.project_key}.{self.identifier}")

    def write(self, definition: dict[str, Any]) -> None:
        """Replace the settings, given as `describe` returns them; the id stays."""
        content = {**definition, "id": self.identifier, "projectKey": self.project_key}
        write_json(self.folder / "folder.json", content)

    def resolve(self, path: str) -> Path:
        """Return where a path of the folder is on disk; it may not exist."""
        return self.contents.joinpath(*split_folder_path(path))

    def list_paths(self, prefix: str = "") -> list[str]:
        """Return the paths of the files under a prefix, sorted, each starting with ``/``."""
        start = self.resolve(prefix)
        found: list[str] = []
        for parent, _, names in os.walk(start):
            base = Path(parent).relative_to(self.contents)
            found.extend("/" + (base / name).as_posix() for name in names)
        return sorted(found)

    def open_read(self, path: str) -> BinaryIO:
        """Open a file for reading."""
        target = self.resolve(path)
        if not target.is_file():
            raise StorageError(f"There is no file {path} in managed folder {self.project_key}.{self.identifier}.")
        return open(target, "rb")

    def check_file_path(self, path: str) -> Path:
        """Return where a file may be written: not at the path of a folder, nor below a file."""
        target = self.resolve(path)
        if target == self.contents:
            raise StorageError("A file of a managed folder needs a path.")
        if target.is_dir():
            raise StorageError(f"The path {path} is a folder, not a file.")
        if any(parent.is_file() for parent in target.parents):
            raise StorageError(f"The path {path} leads through a file, not a folder.")
        return target

    def open_write(self, path: str) -> BinaryIO:
        """Open a file for writing; parent folders are created, a file of that path is replaced."""
        target = self.check_file_path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        return open(target, "wb")

    def delete(self, path: str) -> int:
        """Delete a file or everything under a path; return the number of files deleted."""
        target = self.resolve(path)
        n_files = len(self.list_paths(path)) if target.is_dir() else int(target.is_file())
        if target.is_dir() and target != self.contents:
            shutil.rmtree(target)
        elif target.is_dir():
            self.clear()
        elif target.exists():
            target.unlink()
        return n_files

    def clear(self) -> None:
        """Delete every file."""
        shutil.rmtree(self.contents, ignore_errors=False)
        self.contents.mkdir()


def find_folder(home: Path, project_key: str, lookup: str) -> Optional[StoredFolder]:
    """Find a managed folder of a project by id or by name; None when there is none."""
    candidates = [StoredFolder(home, project_key, identifier) for identifier in list_folder_ids(home, project_key)]
    by_id = [folder for folder in candidates if folder.identifier == lookup]
    by_name = [folder for folder in candidates if folder.describe()["name"] == lookup]
    return next(iter(by_id + by_name), None)


def create_folder(home: Path, project_key: str, name: str) -> StoredFolder:
    """Create a managed folder, or return the one that already has this name."""
    existing = find_folder(home, project_key, check_name(name, "managed folder"))
    if existing is not None:
        return existing
    return add_folder(home, project_key, name)


def add_folder(home: Path, project_key: str, name: str, definition: Optional[dict[str, Any]] = None) -> StoredFolder:
    """Create a managed folder, of any name, beside those that already have this name."""
    folder = StoredFolder(home, project_key, folder_id(project_key, name))
    while folder.folder.exists():
        folder = StoredFolder(home, project_key, random_id())
    folder.contents.mkdir(parents=True)
    folder.write({**(definition or {}), "name": name})
    return folder
