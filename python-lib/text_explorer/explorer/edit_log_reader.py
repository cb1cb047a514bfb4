"""Read the edit log of the model folder now and then, once for all requests of a process.

The files of the log never change, so each is read once. A file that cannot be read is told on the page and passed
over: what others have edited still holds. For a while, edits of another process may not be seen here.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from text_explorer.errors import DataError, SettingsError
from text_explorer.explorer.edit_versions import version_of
from text_explorer.explorer.edits_in_force import EditsInForce, edits_in_force, no_edits_in_force
from text_explorer.explorer.source import Source
from text_explorer.topics.edit_files import FOLDER, EditFile, parse_file
from text_explorer.topics.edits import EditLog, log_of_files

KEPT_SECONDS = 5.0
"""Asking DSS for the paths of a folder takes a call, and a page that opens asks for the edits ten times."""

NO_FOLDER = "Topics cannot be edited without a model folder. Choose the setting 'Model' of this webapp."
_OLD_MODEL = (
    "The model folder was written by an older version of the plugin, which did not name its models, so edits cannot "
    "be kept. Run 'Discover topics' again."
)
_OTHER_RUN = (
    "The datasets and the model folder come from different runs of 'Discover topics', so no edits are applied. Choose "
    "the outputs of one run in the settings of this webapp."
)


@dataclass(frozen=True)
class FoundEdits:
    """The edit log as it was found.

    Attributes
    ----------
    log
        Edits of the present model and of others.
    version
        See `edit_versions`; empty where edits cannot be kept.
    trained_labels
        Labels of the model's topics, None where its manifest does not tell.
    reason
        Why no edits can be kept, None where they can.
    warnings
        A sentence for each file that was passed over.
    """

    log: EditLog
    version: str = ""
    trained_labels: tuple[str, ...] | None = None
    reason: str | None = None
    warnings: tuple[str, ...] = ()


class EditLogReader:
    """The edit log of a source's model folder, believed not to change for some seconds.

    Parameters
    ----------
    source
        Where the model folder is.
    kept_seconds
        For how long.
    clock
        Seconds that only grow.
    """

    def __init__(
        self, source: Source, *, kept_seconds: float = KEPT_SECONDS, clock: Callable[[], float] = time.monotonic
    ):
        self._source = source
        self._kept_seconds = kept_seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._files: dict[str, EditFile] = {}
        self._found: tuple[float, FoundEdits] | None = None
        self._applied: tuple[FoundEdits, tuple[str, ...], EditsInForce] | None = None

    def __call__(self, labels: Sequence[str]) -> EditsInForce:
        """Apply the edits to topics of these trained labels; whatever is wrong becomes a warning."""
        found, labels = self.found(), tuple(labels)
        applied = self._applied
        if applied is None or applied[0] is not found or applied[1] != labels:
            applied = found, labels, _apply(found, labels)
            self._applied = applied
        return applied[2]

    def version(self) -> str:
        """Give the version of the edits, which differs whenever somebody has written some."""
        return self.found().version

    def found(self, *, fresh: bool = False) -> FoundEdits:
        """Give the log.

        Parameters
        ----------
        fresh
            Whether to look anew, as is needed before and after writing.
        """
        with self._lock:
            now = self._clock()
            if fresh or self._found is None or now - self._found[0] >= self._kept_seconds:
                self._found = now, self._read()
            return self._found[1]

    def _read(self) -> FoundEdits:
        try:
            manifest = self._source.manifest()
            paths = self._source.model_paths(f"{FOLDER}/") if manifest is not None else []
        except (DataError, SettingsError) as fault:
            return FoundEdits(EditLog(""), reason=str(fault), warnings=(str(fault),))
        if manifest is None:
            return FoundEdits(EditLog(""), reason=NO_FOLDER)
        model_id = manifest.get("model_id")
        if not isinstance(model_id, str) or not model_id:
            return FoundEdits(EditLog(""), reason=_OLD_MODEL, warnings=(_OLD_MODEL,) if paths else ())
        warnings = self._read_files(paths)
        log = log_of_files(self._files.values(), model_id)
        return FoundEdits(log, version_of(model_id, self._files), _labels(manifest), None, warnings)

    def _read_files(self, paths: Sequence[str]) -> tuple[str, ...]:
        """Read the files that are new; give a sentence for each that cannot be read."""
        self._files = {path: file for path, file in self._files.items() if path in set(paths)}
        warnings = []
        for path in paths:
            if path not in self._files:
                try:
                    content = self._source.model_file(path)
                    if content is not None:  # taken away since the paths were told
                        self._files[path] = parse_file(path, content)
                except DataError as fault:
                    warnings.append(str(fault))
        return tuple(warnings)


def _labels(manifest: Mapping[str, Any]) -> tuple[str, ...] | None:
    labels = manifest.get("topic_labels")
    return tuple(map(str, labels)) if isinstance(labels, list) else None


def _apply(found: FoundEdits, labels: tuple[str, ...]) -> EditsInForce:
    if found.log.edits and not is_of_run(found, labels):
        return no_edits_in_force(labels, [_OTHER_RUN, *found.warnings])
    return edits_in_force(found.log, labels, version=found.version, warnings=found.warnings)


def is_of_run(found: FoundEdits, labels: Sequence[str]) -> bool:
    """Tell whether topics of these labels may be those of the model: people relabel some, hardly all."""
    trained = found.trained_labels
    return trained is None or (len(trained) == len(labels) and (not labels or any(map(str.__eq__, trained, labels))))
