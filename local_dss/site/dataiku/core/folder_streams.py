"""Streams of a managed folder: downloads that cannot be rewound, uploads that appear once closed."""

from __future__ import annotations

import io
import os
import tempfile
from typing import Any, BinaryIO

from local_dss_storage.folders import StoredFolder


class OneWayBytes(io.RawIOBase):
    """Bytes of a file that can only be read forward, as over the network."""

    def __init__(self, source: BinaryIO):
        super().__init__()
        self._source = source

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return False: the stream cannot be rewound."""
        return False

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer with the next bytes."""
        block = self._source.read(len(buffer))
        buffer[: len(block)] = block
        return len(block)

    def close(self) -> None:
        """Close the file below."""
        self._source.close()
        super().close()


def open_download(folder: StoredFolder, path: str) -> io.BufferedReader:
    """Open a file of a folder as a forward-only stream of bytes."""
    return io.BufferedReader(OneWayBytes(folder.open_read(path)))


class ManagedFolderWriter:
    """Write a file of a folder piece by piece; use it in a ``with`` block. Closing replaces the file of that path."""

    def __init__(self, folder: StoredFolder, path: str):
        folder.check_file_path(path)
        self._folder = folder
        self._path = path
        handle, self._temporary = tempfile.mkstemp(dir=folder.folder, prefix=".upload.")
        self._stream = os.fdopen(handle, "wb")

    def __enter__(self) -> ManagedFolderWriter:
        return self

    def __exit__(self, error_type: Any, error: Any, traceback: Any) -> None:
        self.close()

    def write(self, content: bytes) -> int:
        """Append bytes."""
        return self._stream.write(content)

    def close(self) -> None:
        """Make the file visible; a second call does nothing."""
        if self._stream.closed:
            return
        self._stream.close()
        target = self._folder.check_file_path(self._path)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(self._temporary, target)

    def abandon(self) -> None:
        """Throw away what was written."""
        if not self._stream.closed:
            self._stream.close()
            os.unlink(self._temporary)
