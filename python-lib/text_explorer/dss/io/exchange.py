"""Files that sites exchange, and their states, in managed folders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Optional

import dataiku

from text_explorer.dss.io.folders import has_file, remove_files
from text_explorer.errors import DataError

_PART = 2**20


class ExchangeFolder:
    """A managed folder; DSS lets a recipe read what it wrote in an earlier run."""

    def __init__(self, name: str):
        self._folder = dataiku.Folder(name)
        self.name: str = self._folder.get_name()

    def paths(self) -> list[str]:
        """Return the paths of all files, without a slash at the beginning."""
        return sorted(path.lstrip("/") for path in self._folder.list_paths_in_partition())

    def read(self, path: str, most_bytes: int = 2**31) -> Optional[bytes]:
        """Return the content of a file, None where there is none; raise ``DataError`` where it is too large."""
        if not has_file(self._folder, path):
            return None
        content = bytearray()
        with self._folder.get_download_stream(path) as stream:
            while len(content) <= most_bytes and (part := stream.read(min(_PART, most_bytes + 1 - len(content)))):
                content += part
        if len(content) > most_bytes:
            raise DataError(f"The file {path} of the folder {self.name} is larger than {most_bytes / 2**20:,.1f} MB.")
        return bytes(content)

    def write(self, files: Mapping[str, bytes]) -> None:
        """Write files in the given order; the last one is removed first, so that an interrupted run has none."""
        *_, last = files
        remove_files(self._folder, [last])
        for path, content in files.items():
            self._folder.upload_data(path, content)

    def remove(self, paths: list[str]) -> None:
        """Remove those of the files that exist."""
        remove_files(self._folder, paths)
