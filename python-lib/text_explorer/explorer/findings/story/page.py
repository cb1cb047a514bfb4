"""The story while it is written: its findings so far, and what all of them need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Optional

import numpy as np

from text_explorer.explorer.documents.selection import Selection
from text_explorer.explorer.findings.quotes import N_QUOTES, quotes_of_topic
from text_explorer.explorer.findings.scope import Scope, known
from text_explorer.explorer.findings.sentences import Part, text_of, unsaid
from text_explorer.explorer.index.document_columns import ORDINAL_OF_1970
from text_explorer.explorer.topic_answers.entries import TopicEntries
from text_explorer.topics.prevalence.intervals import wilson_interval
from text_explorer.topics.prevalence.periods import iso_date


@dataclass(frozen=True)
class Page:
    """Findings on the documents of a request."""

    scope: Scope
    selection: Selection
    findings: list[dict[str, Any]] = field(default_factory=list)
    unsaid: list[dict[str, Any]] = field(default_factory=list)

    @cached_property
    def entries(self) -> TopicEntries:
        """The topics with their terms."""
        return TopicEntries(self.scope.index, {})

    @cached_property
    def by_size(self) -> list[int]:
        """Visible topics with documents, the largest first."""
        counts = self.scope.counts
        return sorted(
            (topic for topic in self.scope.visible if counts[topic]), key=lambda topic: (-counts[topic], topic)
        )

    def tell(
        self, kind: str, topics: Sequence[int], parts: list[Part], rule: str, *, n: int, view: dict[str, Any],
        number: Optional[int] = None, interval: Optional[dict[str, Any]] = None,
        chart: Optional[dict[str, Any]] = None, quotes: Sequence[dict[str, Any]] = (),
    ) -> None:  # fmt: skip
        """Add a finding; ``number`` tells findings of the same kind from one another."""
        self.findings.append({
            "id": kind if number is None else f"{kind}:{number}",
            "kind": kind,
            "topics": list(topics),
            "sentence": text_of(self.scope.index, parts),
            "parts": parts,
            "rule": rule,
            "interval": interval,
            "n": n,
            "chart": chart,
            "quotes": list(quotes),
            "view": view,
        })  # fmt: skip

    def leave_unsaid(self, kind: str, sentence: str, rule: str, n: int) -> None:
        """Note what cannot be told, and why."""
        self.unsaid.append(unsaid(kind, sentence, rule, n))

    def quotes(self, topic: int, scope: Optional[Scope] = None, n: int = N_QUOTES) -> list[dict[str, Any]]:
        """Quote documents of a topic, among some of these documents."""
        terms = self.entries.entry(topic)["top_terms"] if topic in self.entries.rows else []
        quoted = {quote["row"] for finding in self.findings for quote in finding["quotes"]}
        return quotes_of_topic(scope or self.scope, topic, terms, n, quoted)

    def quotes_of_each(self, topics: Sequence[int]) -> list[dict[str, Any]]:
        """Quote a document of each topic; more of the only one."""
        each = N_QUOTES if len(topics) == 1 else 1
        return [quote for topic in topics for quote in self.quotes(topic, n=each)]

    def view(self, screen: str, **more: Any) -> dict[str, Any]:
        """Return a view with the filters of the request."""
        return view_of(self.selection, screen, **more)


def share_bar(n: int, of: int, *, topic: Optional[int] = None, label: Optional[str] = None) -> dict[str, Any]:
    """Describe a bar of a share with its interval."""
    share = n / of if of else np.nan
    low, high = wilson_interval(share, of)
    return {
        "topic": topic, "label": label, "value": known(share), "low": known(float(low)), "high": known(float(high)),
        "n": int(n), "of": int(of),
    }  # fmt: skip


def bars(unit: str, of_chart: list[dict[str, Any]], reference: Optional[float] = None) -> dict[str, Any]:
    """Describe a chart of bars."""
    return {"type": "bars", "unit": unit, "bars": of_chart, "reference": reference}


def view_of(selection: Selection, screen: str, **more: Any) -> dict[str, Any]:
    """Return a view of the page as parameters of its address.

    It has the filters of a request; ``more`` are further parameters, and replace those.
    """
    filters = {
        "topic": selection.topic,
        "q": selection.typed,
        "g": [f"{column}:{value}" for column, value in selection.groups],
        "from": _day(selection.first),
        "to": _day(selection.last),
        "min": selection.least,
        "max": selection.most,
        "status": selection.status,
    }
    every = {"screen": screen, **filters, **more}
    return {name: value for name, value in every.items() if value not in (None, "", [])}


def _day(day: Optional[int]) -> Optional[str]:
    return None if day is None else iso_date(day + ORDINAL_OF_1970)
