"""Read and write managed folders only through streams, so that any storage works."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Optional

import dataiku

from text_explorer.errors import DataError, caught
from text_explorer.topics.files.append_only_log import check_number
from text_explorer.topics.storage.manifest import file_too_large, largest_file

_PART = 2**20


def read_file(folder: dataiku.Folder, path: str) -> Optional[bytes]:
    """Read a whole file of a model folder, by its path with or without a leading slash; None if there is no such file.

    One larger than a file of this name may be raises a `DataError`; no more than that is read.
    """
    if not has_file(folder, path):
        return None
    with caught(passing=(DataError,)) as fault:
        return read_stream(folder, path)
    if fault.error is not None and has_file(folder, path):  # else it was removed meanwhile
        raise fault.error
    return None


def has_file(folder: dataiku.Folder, path: str) -> bool:
    """Return whether there is a file of this path."""
    return "/" + path.lstrip("/") in folder.list_paths_in_partition()


def read_stream(folder: dataiku.Folder, path: str) -> bytes:
    """Read an existing file; see `read_file`."""
    most_bytes, content = largest_file(path), bytearray()
    with folder.get_download_stream(path) as stream:
        while len(content) <= most_bytes and (part := stream.read(min(_PART, most_bytes + 1 - len(content)))):
            content += part
    if len(content) > most_bytes:
        raise file_too_large(path)
    return bytes(content)


def read_log(folder: dataiku.Folder, name: str) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of each file of a log, in order; raise a `DataError` if they are too many or too large."""
    paths = sorted(path.lstrip("/") for path in folder.list_paths_in_partition())
    paths = [path for path in paths if path.startswith(f"{name}/")]
    check_number(name, len(paths))
    for path in paths:
        yield path, read_stream(folder, path)


def remove_files(folder: dataiku.Folder, paths: Iterable[str]) -> None:
    """Remove those of the files that exist."""
    present = set(folder.list_paths_in_partition())
    for path in paths:
        if "/" + path.lstrip("/") in present:
            folder.delete_path(path)


def replace_files(folder: dataiku.Folder, files: Mapping[str, bytes], *, last: str) -> None:
    """Replace the files of an earlier run; other files stay.

    `last` is the path that marks a complete set: it is removed first and written last, so that an interrupted run has
    none.
    """
    remove_files(folder, [last, *(path for path in files if path != last)])
    for path, content in files.items():
        if path != last:
            folder.upload_data(path, content)
    folder.upload_data(last, files[last])


def to_json(value: Any) -> bytes:
    """Return a value as readable, strict JSON in UTF-8, with keys in order."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False).encode("utf-8") + b"\n"
