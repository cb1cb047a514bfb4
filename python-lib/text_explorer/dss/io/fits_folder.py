"""The managed folder of finished fits, from which a stopped run resumes."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from typing import Optional

import dataiku

from text_explorer.dss.io.disk_faults import explain_disk_faults
from text_explorer.dss.io.folders import read_stream
from text_explorer.errors import DataError
from text_explorer.topics.model_selection.fit_files import file_name, fit_to_bytes, is_fit_file, parse_fit
from text_explorer.topics.model_selection.fits import FitSettings, MeasuredFit

logger = logging.getLogger(__name__)


class FitsFolder:
    """Fits of one corpus in a managed folder that may contain other fits; without a folder, nothing is stored."""

    def __init__(self, folder: Optional[dataiku.Folder], corpus_hash: str, split_seed: int):
        self._folder, self._corpus_hash, self._split_seed = folder, corpus_hash, split_seed
        self._present = set() if folder is None else set(folder.list_paths_in_partition())
        self._lock = threading.Lock()

    def read(self, settings: FitSettings) -> Optional[MeasuredFit]:
        """Read a finished fit; None if there is none, or its file is damaged."""
        name = self._name(settings)
        if self._folder is None or "/" + name not in self._present:
            return None
        try:
            return parse_fit(name, read_stream(self._folder, name))
        except DataError as fault:
            logger.warning(
                "%s in the folder of finished fits is damaged: %s is trained again. %s", name, settings, fault
            )
            return None

    def write(self, settings: FitSettings, fit: MeasuredFit) -> None:
        """Store a fit; called by several threads."""
        if self._folder is None or not fit.succeeded:
            return
        name = self._name(settings)
        with self._lock, explain_disk_faults("The folder of finished fits"):
            self._folder.upload_data(name, fit_to_bytes(name, fit))

    def n_others(self, fits: Sequence[FitSettings]) -> int:
        """Count other fits in the folder: of other documents, settings or versions."""
        own = {"/" + self._name(settings) for settings in fits}
        return sum(is_fit_file(path) and path not in own for path in self._present)

    def _name(self, settings: FitSettings) -> str:
        return file_name(self._corpus_hash, settings, self._split_seed)
