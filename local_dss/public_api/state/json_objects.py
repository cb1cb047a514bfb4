"""Objects of one kind, each a JSON file of a folder."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from local_dss.site.local_dss_storage.names import check_name
from local_dss.site.local_dss_storage.projects import read_json, write_json

_SUFFIX = ".json"


class JsonObjects:
    """Objects by name, such as the recipes of a project; names are safe as file names, or refused."""

    def __init__(self, folder: Path, what: str):
        self._folder = folder
        self._what = what
        self.lock = threading.RLock()

    def names(self) -> list[str]:
        """Return the names, sorted."""
        return sorted(path.name[: -len(_SUFFIX)] for path in self._folder.glob(f"[!.]*{_SUFFIX}"))

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name in self.names()

    def read(self, name: str) -> dict[str, Any]:
        """Read one object; `StorageError` where it does not exist."""
        return read_json(self._path(name), f'The {self._what} "{name}"')

    def read_all(self) -> list[dict[str, Any]]:
        """Read all objects, in the order of their names."""
        return [self.read(name) for name in self.names()]

    def write(self, name: str, content: dict[str, Any]) -> None:
        """Write one object, all of it."""
        write_json(self._path(name), content)

    def delete(self, name: str) -> None:
        """Delete one object, if it exists."""
        self._path(name).unlink(missing_ok=True)

    def free_name(self, wanted: str) -> str:
        """Return the name, or the name with the first free number at its end where it is taken."""
        taken = set(self.names())
        numbered = (f"{wanted}_{number}" for number in range(1, len(taken) + 2))
        return wanted if wanted not in taken else next(name for name in numbered if name not in taken)

    def _path(self, name: str) -> Path:
        return self._folder / f"{check_name(name, self._what)}{_SUFFIX}"
