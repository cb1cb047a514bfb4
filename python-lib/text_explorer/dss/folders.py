"""Read and write managed folders through streams alone, so that they may live on any storage."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Optional

import dataiku


def read_file(folder: dataiku.Folder, path: str) -> Optional[bytes]:
    """Read a whole file.

    Parameters
    ----------
    folder
        A managed folder.
    path
        Path inside it, with or without a leading slash.

    Returns
    -------
    bytes or None
        None where there is no such file.
    """
    if "/" + path.lstrip("/") not in folder.list_paths_in_partition():
        return None
    with folder.get_download_stream(path) as stream:
        return stream.read()


def read_files(folder: dataiku.Folder, prefix: str) -> dict[str, bytes]:
    """Read all files below a path.

    Parameters
    ----------
    folder
        A managed folder.
    prefix
        Begin of the paths, without a leading slash.

    Returns
    -------
    dict
        Content by path without a leading slash, in the order of the paths.
    """
    paths = sorted(path.lstrip("/") for path in folder.list_paths_in_partition())
    files = {}
    for path in paths:
        if path.startswith(prefix):
            with folder.get_download_stream(path) as stream:
                files[path] = stream.read()
    return files


def remove_files(folder: dataiku.Folder, paths: Iterable[str]) -> None:
    """Take files away, where they are there."""
    present = set(folder.list_paths_in_partition())
    for path in paths:
        if "/" + path.lstrip("/") in present:
            folder.delete_path(path)


def replace_files(folder: dataiku.Folder, files: Mapping[str, bytes], *, last: str) -> None:
    """Put a set of files in the place of those of an earlier run; other files stay.

    Parameters
    ----------
    folder
        A managed folder.
    files
        Content by path.
    last
        The path that tells a whole set: it is taken away first and written last, so that a broken run leaves none.
    """
    remove_files(folder, [last, *(path for path in files if path != last)])
    for path, content in files.items():
        if path != last:
            folder.upload_data(path, content)
    folder.upload_data(last, files[last])


def to_json(value: Any) -> bytes:
    """Write a value as readable, strict JSON in UTF-8, keys in their order."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False).encode("utf-8") + b"\n"
