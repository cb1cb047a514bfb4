"""The last period of the dated documents, and those before it."""

from __future__ import annotations

from typing import Any, NamedTuple, Optional

import numpy as np

from text_explorer.explorer.documents.counts_over_time import count_by_time
from text_explorer.explorer.documents.selection import Selection
from text_explorer.explorer.findings.scope import Scope
from text_explorer.explorer.index.document_columns import NO_DAY, ORDINAL_OF_1970
from text_explorer.topics.prevalence.periods import iso_date

MOST_CHOICES = 60
LAST_SHARE, FEWEST_LAST = 0.05, 50
"""The last period begins, unless chosen, with the newest period from which on there are these documents."""


class LastPeriod(NamedTuple):
    """Where the last period begins, and the documents before it and from then on."""

    since: Optional[int]  # days since 1970-01-01, None where no period is before another
    then: Scope
    now: Scope
    choices: list[dict[str, Any]]

    @property
    def since_json(self) -> Optional[str]:
        """First day of the last period as the address has it."""
        return None if self.since is None else iso_date(self.since + ORDINAL_OF_1970)


def last_period(scope: Scope, selection: Selection, since: Optional[int]) -> LastPeriod:
    """Split dated documents; without ``since``, where the default begins.

    ``choices`` are the first days of periods, newest first, each with its documents from then on.
    """
    choices = _choices(scope, selection)
    if since is None and choices:
        n_dated = int(np.count_nonzero(scope.days != NO_DAY))
        fewest = max(LAST_SHARE * n_dated, FEWEST_LAST)
        chosen = next((choice for choice in choices if choice["n"] >= fewest), choices[-1])
        since = int(np.datetime64(chosen["since"], "D").astype(np.int64))
    is_dated = scope.days != NO_DAY
    is_now = is_dated & (scope.days >= since) if since is not None else np.zeros(scope.n, dtype=np.bool_)
    return LastPeriod(since, scope.part(is_dated & ~is_now), scope.part(is_now), choices)


def _choices(scope: Scope, selection: Selection) -> list[dict[str, Any]]:
    """List the periods that have documents and others before them, newest first."""
    if scope.index.documents.day is None:
        return []
    periods = count_by_time(scope.index, selection)["periods"]
    from_then_on = np.cumsum([period["n"] for period in periods][::-1])[::-1].tolist()
    choices = [
        {"since": period["start"], "label": period["label"], "n": n}
        for period, n in zip(periods[1:], from_then_on[1:])
        if period["n"]
    ]
    return choices[::-1][:MOST_CHOICES]
