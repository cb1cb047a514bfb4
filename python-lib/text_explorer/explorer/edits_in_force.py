"""The edits people made to topics, as the webapp applies them when it reads: labels, merges, hidden topics, notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Optional

import numpy as np


@dataclass(frozen=True)
class EditsInForce:
    """What the edits of all people come to; each tuple and array but ``warnings`` has an entry for each topic id.

    Attributes
    ----------
    version
        Differs when anybody wrote an edit.
    labels
        Label in force.
    belongs_to
        int32 array of shape (n_topics,): the final topic, itself where it is not merged.
    hidden
        Whether it is hidden.
    notes
        Note, None where there is none.
    warnings
        A sentence for each edit that could not be applied.
    n_edits
        Edits in the log.
    last
        ``author`` and ``time`` of the newest edit, None where there is none.
    n_of_other_models
        Edits made for another model, which are not applied.
    """

    version: str
    labels: tuple[str, ...]
    belongs_to: np.ndarray
    hidden: tuple[bool, ...]
    notes: tuple[Optional[str], ...]
    warnings: tuple[str, ...] = ()
    n_edits: int = 0
    last: Optional[dict[str, Any]] = None
    n_of_other_models: int = 0


def no_edits_in_force(labels: Sequence[str]) -> EditsInForce:
    """Give the topics as they were trained; ``labels`` has one for each topic id."""
    n_topics = len(labels)
    return EditsInForce(
        "none", tuple(labels), np.arange(n_topics, dtype=np.int32), (False,) * n_topics, (None,) * n_topics
    )
