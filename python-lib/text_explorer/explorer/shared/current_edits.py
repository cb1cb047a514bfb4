"""The edits people made to topics, as every answer of the webapp applies them on reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from text_explorer.topics.edits.edit_log import EditLog, resolve_edits

NO_VERSION = "none"
"""Version of the edits where there can be none."""


@dataclass(frozen=True)
class CurrentEdits:
    """What the edits come to, by trained topic id.

    Attributes
    ----------
    version
        Differs whenever somebody has written edits; ``NO_VERSION`` where there can be none.
    labels
        Label in force of each topic.
    final_topic
        int32 array of shape (n_topics,): the final topic of each, itself where it is not merged.
    hidden
        Whether each topic is hidden. Of a merged topic, the one it belongs to decides.
    notes
        Note of each topic, None where there is none.
    warnings
        Sentences on what could not be read or applied.
    n_edits
        Edits made for this model.
    last
        ``author`` and ``time`` of the newest of them, None where there is none.
    n_of_other_models
        Edits of the topics of other models, which are not applied.
    """

    version: str
    labels: tuple[str, ...]
    final_topic: np.ndarray
    hidden: tuple[bool, ...]
    notes: tuple[str | None, ...]
    warnings: tuple[str, ...] = ()
    n_edits: int = 0
    last: Mapping[str, str] | None = None
    n_of_other_models: int = 0


def no_edits(labels: Sequence[str], warnings: Iterable[str] = ()) -> CurrentEdits:
    """Give the topics as they were trained."""
    return current_edits(EditLog(""), labels, version=NO_VERSION, warnings=warnings)


def current_edits(log: EditLog, labels: Sequence[str], *, version: str, warnings: Iterable[str] = ()) -> CurrentEdits:
    """Apply an edit log.

    Parameters
    ----------
    log
        The edits.
    labels
        Trained label of each topic.
    version
        Version of the log.
    warnings
        What was wrong with the log when it was read.
    """
    resolved = resolve_edits(log.edits, labels)
    last = log.edits[-1] if log.edits else None
    return CurrentEdits(
        version=version,
        labels=resolved.labels,
        final_topic=np.array(resolved.belongs_to, dtype=np.int32),
        hidden=resolved.hidden,
        notes=resolved.notes,
        warnings=(*warnings, *resolved.warnings),
        n_edits=len(log.edits),
        last={"author": last.author, "time": last.time} if last else None,
        n_of_other_models=sum(len(file.edits) for file in log.others),
    )
