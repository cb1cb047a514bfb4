"""Read the edit log of the model folder, cached for all requests of a process.

A file that cannot be read is skipped with a warning on the page: all other edits still apply. For some seconds,
edits saved on another machine are not seen here.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from text_explorer.errors import DataError, SettingsError
from text_explorer.explorer.edits.versions import version_of
from text_explorer.explorer.shared.current_edits import NO_VERSION, CurrentEdits, current_edits, no_edits
from text_explorer.explorer.shared.remembered import Remembered
from text_explorer.explorer.shared.source import Source
from text_explorer.explorer.shared.write_lock import Sign
from text_explorer.topics.edits.edit_files import FOLDER, EditFile, parse_file
from text_explorer.topics.edits.edit_log import EditLog, log_of_files
from text_explorer.topics.files.append_only_log import AppendOnlyLog
from text_explorer.topics.files.checked_json import one_line

KEPT_SECONDS = 5.0
"""Asking DSS for the paths of a folder takes a call, and a page that opens asks for the edits ten times."""

NO_FOLDER = "Topics cannot be edited without a model folder. Select 'Model' in the settings of this webapp."
_OLD_MODEL = (
    "The model folder was written by an older version of the plugin, which did not name its models, so edits cannot "
    "be saved. Run 'Discover topics' again."
)
OTHER_RUN = (
    "The datasets and the model folder come from different runs of 'Discover topics', so no edits are applied. Select "
    "the outputs of one run in the settings of this webapp."
)
_NO_LOG = EditLog("")


@dataclass(frozen=True)
class FoundEdits:
    """The edit log as it was found.

    Attributes
    ----------
    log
        Edits of the present model and of others.
    version
        See `edit_versions`; ``NO_VERSION`` where edits cannot be kept.
    trained_labels, parents, super_labels
        Labels of the model's topics, the super-topic of each, and their labels, from its manifest.
    files
        The files of the log by path, those of other models included.
    reason
        Why no edits can be kept, None where they can.
    warnings
        A sentence for each file that was skipped.
    """

    log: EditLog = _NO_LOG
    version: str = NO_VERSION
    trained_labels: tuple[str, ...] = ()
    files: Mapping[str, EditFile] = field(default_factory=dict)
    reason: str | None = None
    warnings: tuple[str, ...] = ()
    parents: tuple[int, ...] = ()
    super_labels: tuple[str, ...] = ()


class AppliedEdits(NamedTuple):
    """A log, and the edits it makes of the topics of some datasets."""

    found: FoundEdits
    current: CurrentEdits


class EditLogReader:
    """The edit log of a source's model folder, cached for some seconds.

    Parameters
    ----------
    source
        Where the model folder is.
    sign
        Differs after each writing of a process of this machine, so that its edits are seen at once.
    kept_seconds
        For how long.
    clock
        Seconds that only grow.
    """

    def __init__(
        self,
        source: Source,
        sign: Callable[[], Sign] = lambda: None,
        *,
        kept_seconds: float = KEPT_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ):
        self._source = source
        self._sign = sign
        self._files = AppendOnlyLog(source, FOLDER, parse_file)
        self._found = Remembered(self._read_with_sign, kept_seconds, clock)
        self._applied: AppliedEdits | None = None

    def __call__(self, labels: Sequence[str]) -> CurrentEdits:
        """Apply the edits to topics of these trained labels; whatever is wrong becomes a warning."""
        return self.applied(labels).current

    def applied(self, labels: Sequence[str]) -> AppliedEdits:
        """Return the log and, of the same version, the edits of topics of these trained labels."""
        found, labels, applied = self.found(), tuple(labels), self._applied
        if applied is None or applied.found is not found or applied.current.trained_labels != labels:
            applied = self._applied = AppliedEdits(found, _apply(found, labels))
        return applied

    def version(self) -> str:
        """Return the version of the edits, which changes with every edit that is written."""
        return self.found().version

    def found(self, *, fresh: bool = False) -> FoundEdits:
        """Return the log; ``fresh`` reads it again, as is needed before and after writing."""
        sign = self._sign()
        known_sign, found = self._found.get(fresh=fresh)
        return found if fresh or sign == known_sign else self._found.get(fresh=True)[1]

    def _read_with_sign(self) -> tuple[Sign, FoundEdits]:
        return self._sign(), self._read()

    def _read(self) -> FoundEdits:
        try:
            manifest = self._source.manifest()
            if manifest is None:
                return FoundEdits(reason=NO_FOLDER)
            files, warnings = self._files.read()
            model_id, labels = manifest.get("model_id"), manifest.get("topic_labels")
            if not isinstance(model_id, str) or not model_id or not isinstance(labels, list):
                return FoundEdits(reason=_OLD_MODEL, warnings=(_OLD_MODEL,) if files else ())
            # A file that cannot be read today may be readable tomorrow: what is saved now comes after it all the same.
            log = log_of_files(files.values(), model_id, manifest.get("former_models") or ())
            log = replace(log, last_path=self._files.last_path)
        except (DataError, SettingsError) as fault:
            return FoundEdits(reason=str(fault), warnings=(str(fault),))
        found = FoundEdits(log, version_of(model_id, files), tuple(map(str, labels)), files, warnings=warnings)
        parents = tuple(manifest.get("topic_parents") or ())
        if len(parents) != len(labels):
            return found
        return replace(found, parents=parents, super_labels=tuple(map(one_line, manifest["super_topics"])))


def _apply(found: FoundEdits, labels: tuple[str, ...]) -> CurrentEdits:
    if found.reason is None and not is_of_run(found, labels):
        return no_edits(labels, [OTHER_RUN, *found.warnings])
    return current_edits(
        found.log, labels, found.parents, found.super_labels, version=found.version, warnings=found.warnings
    )


def is_of_run(found: FoundEdits, labels: Sequence[str]) -> bool:
    """Return whether topics of these labels may be those of the model: people relabel some in a dataset, hardly all."""
    trained = found.trained_labels
    return len(trained) == len(labels) and (not labels or any(map(str.__eq__, trained, map(one_line, labels))))
