"""The folder that keeps the vectors of an embedding model and a report of the last run."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, Optional

import dataiku

from text_explorer.dss.io.folders import read_stream, to_json
from text_explorer.errors import DataError, caught
from text_explorer.language_models.embedding.vector_files import folder_of
from text_explorer.language_models.embedding.vector_store import VectorStore

logger = logging.getLogger(__name__)

REPORT = "embedding-report.json"


class VectorFolder:
    """A managed folder by name; without a name nothing is kept."""

    def __init__(self, name: Optional[str]):
        self._folder = None if name is None else dataiku.Folder(name)

    def load(self, store: VectorStore) -> None:
        """Add the vectors of earlier runs to a store; files that cannot be used are named in the log, and ignored."""
        if self._folder is None:
            return
        beginning = f"/{folder_of(store.source)}/"
        for path in sorted(path for path in self._folder.list_paths_in_partition() if path.startswith(beginning)):
            with caught() as fault:
                store.load(path.lstrip("/"), read_stream(self._folder, path))
            if isinstance(fault.error, DataError):
                logger.warning("%s", fault.error)
            elif fault.error is not None:
                logger.warning("%s cannot be read, so that its texts are embedded again: %s", path, fault.error)

    def keep(self, path: str, content: bytes) -> None:
        """Write a file; where the folder cannot be written, log it and go on."""
        if self._folder is None:
            return
        with caught() as fault:
            self._folder.upload_data(path, content)
        if fault.error is not None:
            logger.warning("%s cannot be written to the folder: %s", path, fault.error)

    def write_report(self, report: Mapping[str, Any]) -> None:
        """Write what a run sent and what came of it."""
        self.keep(REPORT, to_json(dict(report)))
