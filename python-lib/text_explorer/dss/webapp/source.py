"""Read the webapp's datasets from DSS: settings, schemas, rows, the model folder and the state of the data.

Nothing is read before a request asks for it, because a backend that fails while it starts cannot report why.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from itertools import count, islice
from pathlib import Path
from typing import Any

import dataiku

from text_explorer.columns import Column
from text_explorer.dss.io.dataset_rows import RowReader
from text_explorer.dss.io.folders import read_file, read_stream
from text_explorer.dss.webapp.asking import answer_or_none, explain_faults
from text_explorer.dss.webapp.visitor import visitor_of
from text_explorer.dss.webapp.writing import add_file, write_own_table
from text_explorer.errors import DataError, SettingsError
from text_explorer.explorer.shared.roles import (
    DATASET_ROLES,
    DISPENSABLE_ROLES,
    REQUIRED_ROLES,
    ROLE_LABELS,
    SMALL_ROLES,
)
from text_explorer.explorer.shared.source import WRITABLE_ROLES, Visitor
from text_explorer.topics.storage.manifest import MANIFEST, read_manifest

# Someone may choose a long dataset where a small one belongs.
_MOST_ROWS_OF_STATE = 2_000
# What distinguishes one instance and one webapp from another on the same machine, as far as DSS lets a backend know.
_PLACE = ("DIP_HOME", "DKU_BACKEND_HOST", "DKU_BACKEND_PORT", "DKU_CUSTOM_RESOURCE_FOLDER")
# DSS documents no variable with the id of the webapp; any of such a name is taken for it.
_WEBAPP_ID = re.compile(r"WEB_?APP_?ID$", re.IGNORECASE)
_PROJECT = "DKU_CURRENT_PROJECT_KEY"
_made = count()


class WebappSource:
    """The datasets and the folder chosen in the settings of the webapp.

    Parameters
    ----------
    config
        Values of the webapp's form; what was left empty is absent, None or ``""``.
    """

    def __init__(self, config: Mapping[str, Any]):
        self._config = dict(config)
        self._backend = _backend(next(_made))
        self._locations: dict[str, Any] = {}

    def config(self) -> dict[str, Any]:
        """Return the webapp's settings."""
        return dict(self._config)

    def dataset_name(self, role: str) -> str | None:
        """Return the name of a role's dataset, or None when none is set."""
        return self._config.get(role) or None

    def identity(self) -> str:
        """Return a text that names the instance, the project and the full names of all that is chosen."""
        names = {role: self._config.get(role) for role in (*DATASET_ROLES, *WRITABLE_ROLES, "model")}
        chosen = {role: name and _full_name(name) for role, name in names.items()}
        variables = [*_PLACE, _PROJECT, *filter(_WEBAPP_ID.search, os.environ)]
        place = {name: os.environ.get(name) for name in variables}
        return json.dumps([place, chosen], sort_keys=True, default=str)

    def columns(self, role: str) -> list[str]:
        """Return the column names of a role's dataset."""
        return [column["name"] for column in self._schema(role)]

    def rows(self, role: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a role's dataset."""
        schema = self._schema(role)
        with self._reading(role):
            yield from RowReader(self._dataset(role), schema).rows(columns)

    def manifest(self) -> dict[str, Any] | None:
        """Return the model folder's manifest, or None when no folder is set."""
        return read_manifest(self.model_file) if self._config.get("model") else None

    def model_file(self, path: str) -> bytes | None:
        """Return a file of the model folder, None where it or the folder is missing."""
        folder = self._folder()
        if folder is None:
            return None
        # Nearly all files asked for are there, and listing a folder first would double the calls.
        content = answer_or_none(lambda: read_stream(folder, "/" + path))
        if content is None:
            with explain_faults(_folder_fault):
                content = read_file(folder, path)
        return content

    def model_paths(self, prefix: str) -> list[str]:
        """Return the paths of the model folder that begin so, sorted, without a leading slash."""
        folder = self._folder()
        if folder is None:
            return []
        with explain_faults(_folder_fault):
            paths = [path.lstrip("/") for path in folder.list_paths_in_partition()]
        return sorted(path for path in paths if path.startswith(prefix))

    def model_files(self, prefix: str) -> dict[str, bytes]:
        """Return the content of the files whose paths begin so, by path."""
        found = ((path, self.model_file(path)) for path in self.model_paths(prefix))
        return {path: content for path, content in found if content is not None}

    def add_model_file(self, path: str, content: bytes) -> None:
        """Put a new file into the model folder."""
        folder = self._folder()
        if folder is None:
            raise SettingsError(["This webapp has no model folder. Select 'Model' in its settings."])
        add_file(folder, path, content)

    def write_table(self, role: str, columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> None:
        """Replace the rows of the dataset of a role the webapp may write."""
        name, label = self._config[role], WRITABLE_ROLES[role]
        others = [other for other in (*DATASET_ROLES, *WRITABLE_ROLES) if other != role]
        if any(self._config.get(other) == name for other in others):
            raise SettingsError([
                f"The setting '{label}' has the same dataset as another setting, so nothing is written to it. "
                "Select a separate dataset for it."
            ])  # fmt: skip
        write_own_table(name, label, columns, rows)

    def visitor(self, headers: Mapping[str, str]) -> Visitor | None:
        """Return who sent a request with these headers, None where the sender is not signed in."""
        return visitor_of(headers)

    def state(self) -> str:
        """Return a text that differs whenever the datasets or the model differ.

        Where DSS has no certain sign of change of a dataset, as of tables of a database, two backends cannot know
        whether they see the same documents: the text is then another for each.
        """
        missing = [ROLE_LABELS[role] for role in REQUIRED_ROLES if not self.dataset_name(role)]
        if missing:
            raise SettingsError([f"Select a dataset for the setting '{label}' of this webapp." for label in missing])
        datasets: dict[str, Any] = {
            role: self._dataset_state(role) for role in DATASET_ROLES if self.dataset_name(role)
        }
        folder = self._folder()
        if folder is not None:
            details = answer_or_none(lambda: folder.get_path_details("/" + MANIFEST))
            datasets["model"] = details if _has_times(details) else [details, self.model_file(MANIFEST)]
        return json.dumps(datasets, sort_keys=True, default=str)

    def _dataset_state(self, role: str) -> dict[str, Any]:
        """Collect what DSS knows of a dataset without reading it: its place, files, metrics and last build.

        Only the times of files are a certain sign. Without them, datasets of few rows stand for themselves, others for
        this backend. One that can be done without may be unreadable; the state changes once it is not.
        """
        try:
            schema = self._schema(role)
        except DataError:
            if role not in DISPENSABLE_ROLES:
                raise
            return {"name": self.dataset_name(role), "unreadable": True}
        dataset = self._dataset(role)
        state = {
            "name": self.dataset_name(role),
            "schema": [dict(column) for column in schema],
            "location": self._location(role),
            "files": answer_or_none(dataset.get_files_info),
            "metrics": answer_or_none(lambda: dataset.get_last_metric_values().get_raw()),
        }
        if _has_times(state["files"]):
            return state
        rows = self._few_rows(role) if role in SMALL_ROLES else None
        is_whole = rows is not None and len(rows) < _MOST_ROWS_OF_STATE
        return {
            **state,
            "last_build": answer_or_none(lambda: self._last_build(role)),
            "rows": rows,
            "backend": None if is_whole else self._backend,
        }

    def _location(self, role: str) -> Any:
        """Return where the rows of a dataset are; asked once, as it identifies instances, not states."""
        if role not in self._locations:
            self._locations[role] = answer_or_none(lambda: self._dataset(role).get_location_info())
        return self._locations[role]

    def _last_build(self, role: str) -> Any:
        """Return when a dataset was built last, as the public API has it."""
        project, name = _full_name(self._config[role]).split(".", maxsplit=1)
        return dataiku.api_client().get_project(project).get_dataset(name).get_info().get_raw()["lastBuild"]

    def _few_rows(self, role: str) -> list[list[Any]] | str:
        """Read the first rows of a small dataset."""
        try:
            return [list(row) for row in islice(self.rows(role, self.columns(role)), _MOST_ROWS_OF_STATE)]
        except DataError:
            if role not in DISPENSABLE_ROLES:
                raise
            return "unreadable"

    def _folder(self) -> dataiku.Folder | None:
        name = self._config.get("model")
        if not name:
            return None
        with explain_faults(_folder_fault):
            return dataiku.Folder(name)

    def _dataset(self, role: str) -> dataiku.Dataset:
        return dataiku.Dataset(self._config[role])

    def _schema(self, role: str) -> list[dict[str, Any]]:
        with self._reading(role):
            return self._dataset(role).read_schema()

    def _reading(self, role: str) -> AbstractContextManager[None]:
        return explain_faults(
            lambda error: (
                f"The dataset '{self.dataset_name(role)}' of the setting '{ROLE_LABELS[role]}' cannot be read. It may "
                "not have been built yet, or the user who runs this webapp may not read it. Build it, then try again."
            )
        )


def _full_name(name: str) -> str:
    """Return the name of a dataset or folder with its project."""
    return name if "." in name else f"{os.environ.get(_PROJECT, '')}.{name}"


def _backend(number: int) -> str:
    """Return what the processes of one backend share with no other: who started them, and with which environment.

    ``number`` is the place of the source among those of its process.
    """
    parent, started = os.getppid(), ""
    with suppress(OSError):  # not Linux; a number is then given to another process at times
        started = Path(f"/proc/{parent}/stat").read_text("utf-8", "replace").rsplit(")", maxsplit=1)[-1].split()[19]
    # Tickets may be another for each process.
    environment = sorted(item for item in os.environ.items() if "TICKET" not in item[0])
    return hashlib.sha256(json.dumps([number, parent, started, environment]).encode()).hexdigest()


def _has_times(details: Any) -> bool:
    """Return whether details of files, as DSS returns them, hold the time of any."""
    if isinstance(details, Mapping):
        return bool(details.get("lastModified")) or any(map(_has_times, details.values()))
    return isinstance(details, list) and any(map(_has_times, details))


def _folder_fault(error: Exception) -> str:
    return (
        "The folder of the setting 'Model' cannot be read. It may have been deleted, or the user who runs this webapp "
        "is not allowed to read it. Select the folder written by 'Discover topics', or clear the setting."
    )
