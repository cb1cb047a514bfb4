"""Managed folders in and out of the home folder as plain folders."""

from __future__ import annotations

import shutil
from pathlib import Path

from local_dss.errors import LocalDssError
from local_dss.site.local_dss_storage.folders import create_folder, find_folder


def import_folder(home: Path, project_key: str, name: str, source: Path) -> int:
    """Copy the files of a folder into a managed folder, created when missing; return their number."""
    if not source.is_dir():
        raise LocalDssError(f"There is no folder {source}.")
    target = create_folder(home, project_key, name)
    files = sorted(path for path in source.rglob("*") if path.is_file())
    for path in files:
        with open(path, "rb") as stream, target.open_write(path.relative_to(source).as_posix()) as copy:
            shutil.copyfileobj(stream, copy)
    return len(files)


def export_folder(home: Path, project_key: str, name: str, target: Path) -> int:
    """Copy the files of a managed folder, named or identified, into a plain folder; return their number."""
    folder = find_folder(home, project_key, name)
    if folder is None:
        raise LocalDssError(f'There is no managed folder "{name}" in project {project_key}.')
    paths = folder.list_paths()
    for path in paths:
        copy_path = target / path.lstrip("/")
        copy_path.parent.mkdir(parents=True, exist_ok=True)
        with folder.open_read(path) as stream, open(copy_path, "wb") as copy:
            shutil.copyfileobj(stream, copy)
    return len(paths)
