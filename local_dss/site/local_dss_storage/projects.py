"""Projects of the home folder and the objects they hold."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from .errors import StorageError
from .names import check_name


def project_folder(home: Path, project_key: str) -> Path:
    """Return the folder of a project, which may not exist yet."""
    return Path(home) / "projects" / check_name(project_key, "project")


def list_projects(home: Path) -> list[str]:
    """Return the keys of the projects, sorted."""
    return _child_names(Path(home) / "projects")


def list_datasets(home: Path, project_key: str) -> list[str]:
    """Return the names of a project's datasets, sorted."""
    return _child_names(project_folder(home, project_key) / "datasets")


def list_folder_ids(home: Path, project_key: str) -> list[str]:
    """Return the ids of a project's managed folders, sorted."""
    return _child_names(project_folder(home, project_key) / "managed_folders")


def read_variables(home: Path, project_key: str) -> dict[str, dict[str, Any]]:
    """Return the variables of a project: ``standard`` ones, and the ``local`` ones that win over them."""
    paths = _variables_paths(home, project_key).items()
    return {
        kind: read_json(path, "The file of the project's variables") if path.is_file() else {} for kind, path in paths
    }


def write_variables(home: Path, project_key: str, variables: Any) -> None:
    """Replace the variables of a project, given as `read_variables` returns them."""
    paths = _variables_paths(home, project_key)
    if not (
        isinstance(variables, dict)
        and set(variables) == set(paths)
        and all(isinstance(own, dict) for own in variables.values())
    ):
        raise StorageError('Variables are given as {"standard": {...}, "local": {...}}.')
    for kind, path in paths.items():
        write_json(path, variables[kind])


def _variables_paths(home: Path, project_key: str) -> dict[str, Path]:
    folder = project_folder(home, project_key)
    return {"standard": folder / "variables.json", "local": folder / "local_variables.json"}


def read_json(path: Path, what: str) -> Any:
    """Read a JSON file of the home folder."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise StorageError(f"{what} does not exist.") from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise StorageError(f"{what} is broken: {path}: {error}.") from None


def write_json(path: Path, content: Any) -> None:
    """Write a JSON file of the home folder in one step, so that no reader sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        json.dump(content, stream, indent=2, ensure_ascii=False)
        stream.write("\n")
    os.replace(temporary, path)


def _child_names(folder: Path) -> list[str]:
    if not folder.is_dir():
        return []
    return sorted(child.name for child in folder.iterdir() if child.is_dir() and not child.name.startswith("."))
