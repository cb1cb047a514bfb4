"""Give the webapp its datasets from DSS: settings, schemas, rows, the model folder and the state of the data.

Nothing is read before a request asks for it, because a backend that fails while it starts cannot say why.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import dataiku

from text_explorer.dss.dataset_rows import RowReader
from text_explorer.dss.folders import read_file
from text_explorer.dss.webapp_visitor import visitor_of
from text_explorer.dss.webapp_writing import add_file, write_own_table
from text_explorer.errors import DataError, SettingsError
from text_explorer.explorer.names import (
    DATASET_ROLES,
    DISPENSABLE_ROLES,
    REQUIRED_ROLES,
    ROLE_LABELS,
    SMALL_ROLES,
)
from text_explorer.explorer.source import WRITABLE_ROLES, Visitor
from text_explorer.topics.manifest import MANIFEST, parse_manifest

logger = logging.getLogger(__name__)

# Someone may choose a long dataset where a small one belongs.
_MOST_ROWS_OF_STATE = 2_000


class WebappSource:
    """The datasets and the folder chosen in the settings of the webapp.

    Parameters
    ----------
    config
        Values of the webapp's form; what was left empty is absent, None or ``""``.
    """

    def __init__(self, config: Mapping[str, Any]):
        self._config = dict(config)

    def config(self) -> dict[str, Any]:
        """Return the webapp's settings."""
        return dict(self._config)

    def dataset_name(self, role: str) -> str | None:
        """Return the name of a role's dataset, or None when none is set."""
        return self._config.get(role) or None

    def columns(self, role: str) -> list[str]:
        """Return the column names of a role's dataset."""
        return [column["name"] for column in self._schema(role)]

    def rows(self, role: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a role's dataset."""
        schema = self._schema(role)
        try:
            yield from RowReader(self._dataset(role), schema).rows(columns)
        except Exception as error:
            raise self._unreadable(role) from error

    def manifest(self) -> dict[str, Any] | None:
        """Return the model folder's manifest, or None when no folder is set."""
        folder = self._config.get("model")
        if not folder:
            return None
        try:
            with dataiku.Folder(folder).get_download_stream("/" + MANIFEST) as stream:
                content = stream.read()
        except Exception as error:
            raise DataError(
                "The folder of the setting 'Model' holds no readable model. Choose the folder written by the recipe "
                "Discover topics and run that recipe, or clear the setting."
            ) from error
        return parse_manifest(content)

    def model_file(self, path: str) -> bytes | None:
        """Return a file of the model folder, None where it or the folder is missing."""
        folder = self._folder()
        if folder is None:
            return None
        try:  # nearly all files asked for are there, and to list a folder first would double the calls
            with folder.get_download_stream("/" + path) as stream:
                return stream.read()
        except Exception:  # noqa: BLE001 - what a storage raises for a missing file is not documented
            return _of_folder(lambda: read_file(folder, path))

    def model_paths(self, prefix: str) -> list[str]:
        """Return the paths of the model folder that begin so, sorted, without a leading slash."""
        folder = self._folder()
        if folder is None:
            return []
        paths = (path.lstrip("/") for path in _of_folder(folder.list_paths_in_partition))
        return sorted(path for path in paths if path.startswith(prefix))

    def model_files(self, prefix: str) -> dict[str, bytes]:
        """Return the content of the files whose paths begin so, by path."""
        found = ((path, self.model_file(path)) for path in self.model_paths(prefix))
        return {path: content for path, content in found if content is not None}

    def add_model_file(self, path: str, content: bytes) -> None:
        """Put a new file into the model folder."""
        folder = self._folder()
        if folder is None:
            raise SettingsError(["This webapp has no model folder to write to. Choose the setting 'Model'."])
        add_file(folder, path, content)

    def write_table(self, role: str, columns: Sequence[Mapping[str, str]], rows: Sequence[Sequence[Any]]) -> None:
        """Replace the rows of the dataset of a role the webapp may write."""
        name, label = self._config[role], WRITABLE_ROLES[role]
        others = [other for other in (*DATASET_ROLES, *WRITABLE_ROLES) if other != role]
        if any(self._config.get(other) == name for other in others):
            raise SettingsError([
                f"The setting '{label}' names a dataset that another setting names too, so nothing is written to it. "
                "Choose a dataset of its own for it."
            ])  # fmt: skip
        write_own_table(name, label, columns, rows)

    def visitor(self, headers: Mapping[str, str]) -> Visitor | None:
        """Return who sent a request with these headers, None where nobody is known."""
        return visitor_of(headers)

    def state(self) -> str:
        """Return a text that differs whenever the datasets or the model differ."""
        missing = [ROLE_LABELS[role] for role in REQUIRED_ROLES if not self.dataset_name(role)]
        if missing:
            raise SettingsError([f"Choose a dataset for the setting '{label}' of this webapp." for label in missing])
        datasets = {role: self._dataset_state(role) for role in DATASET_ROLES if self.dataset_name(role)}
        folder = self._folder()
        if folder is not None:
            datasets["model"] = _asked(lambda: folder.get_path_details("/" + MANIFEST))
        return json.dumps(datasets, sort_keys=True, default=str)

    def _dataset_state(self, role: str) -> dict[str, Any]:
        """Collect what DSS knows of a dataset without reading it: files where it has some, metrics of the last build.

        A database without metrics tells neither. Datasets of few rows then stand for themselves. One that can be done
        without may be unreadable; the state changes once it is not.
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
            "files": _asked(dataset.get_files_info),
            "metrics": _asked(lambda: dataset.get_last_metric_values().get_raw()),
        }
        if role in SMALL_ROLES and not state["files"] and not state["metrics"]:
            state["rows"] = self._few_rows(role)
        return state

    def _few_rows(self, role: str) -> list[list[Any]] | str:
        """Give the first rows of a small dataset."""
        try:
            return [list(row) for row in islice(self.rows(role, self.columns(role)), _MOST_ROWS_OF_STATE)]
        except DataError:
            if role not in DISPENSABLE_ROLES:
                raise
            return "unreadable"

    def _folder(self) -> dataiku.Folder | None:
        name = self._config.get("model")
        return _of_folder(lambda: dataiku.Folder(name)) if name else None

    def _dataset(self, role: str) -> dataiku.Dataset:
        return dataiku.Dataset(self._config[role])

    def _schema(self, role: str) -> list[dict[str, Any]]:
        try:
            return self._dataset(role).read_schema()
        except Exception as error:
            raise self._unreadable(role) from error

    def _unreadable(self, role: str) -> DataError:
        logger.warning("Dataset %s could not be read", self.dataset_name(role), exc_info=True)
        return DataError(
            f"The dataset '{self.dataset_name(role)}' of the setting '{ROLE_LABELS[role]}' cannot be read. It may not "
            "have been built yet, or the user who runs this webapp may not read it. Build it, then try again."
        )


def _of_folder(question: Callable[[], Any]) -> Any:
    """Ask the model folder; what goes wrong on its storage becomes a sentence."""
    try:
        return question()
    except Exception as error:
        logger.warning("The model folder could not be read", exc_info=True)
        raise DataError(
            "The folder of the setting 'Model' cannot be read. It may be gone, or the user who runs this webapp may "
            "not read it. Choose the folder written by the recipe Discover topics, or clear the setting."
        ) from error


def _asked(question: Callable[[], Any]) -> Any:
    """Answer a question about the state of the data, or None where this storage or DSS version has no answer."""
    try:
        return question()
    except Exception as error:  # noqa: BLE001 - which exception is not documented, and the answer is optional
        logger.debug("The state of the data is not told: %s", error)
        return None
