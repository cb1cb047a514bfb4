"""Collect the documents of groups in one pass, keeping only those in memory that will be summarized.

References
----------
P. S. Efraimidis and P. G. Spirakis (2006). Weighted random sampling with a reservoir. Information Processing Letters
97(5), 181-185. Each document gets the key ``u ** (1 / weight)`` with u drawn from 0 to 1; those with the largest keys
are the sample. Here u is a hash of the document and the seed, so that the order of the rows does not matter.
"""

from __future__ import annotations

import hashlib
import heapq
import math
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple, Optional, Union

from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.corpus.words.blank_texts import is_blank

GroupKey = tuple[object, ...]


class KeptDocument(NamedTuple):
    """A document that may be summarized: those of the highest priority are kept; of equal ones, the earlier row.

    `row_key` is the user's id of the row, or its number.
    """

    priority: tuple[bool, float]
    minus_row: int
    row_key: Union[str, int]
    document: DocumentText
    weight: Optional[float]


@dataclass
class Group:
    """Documents of one group: the number of all that are not blank, and a heap of those that may be summarized.

    `n_same` counts how often each text with its weight occurred, by hash, where nothing else distinguishes rows.
    """

    n_documents: int = 0
    kept: list[KeptDocument] = field(default_factory=list)
    n_same: Counter[int] = field(default_factory=Counter)


class GroupedDocuments:
    """Documents by group, at most ``max_documents`` of each: a seeded sample, weighted where there are weights.

    One with twice the weight is twice as likely to be drawn. Row keys that are not `named` by the user are row numbers,
    and the sample depends on the text and on how often it occurred before; that takes some 100 bytes per row.
    """

    def __init__(
        self, max_documents: int, *, weighted: bool, seed: int, named: bool = False, strip_html: bool = True
    ) -> None:
        self._max_documents = max_documents
        self._weighted = weighted
        self._seed = seed
        self._named = named
        self._strip_html = strip_html
        self.groups: dict[GroupKey, Group] = {}

    def add(
        self, key: GroupKey, row: int, row_key: Union[str, int], document: DocumentText, weight: Optional[float] = None
    ) -> None:
        """Add the next row, whose group columns have the values `key`, None for an empty one.

        A missing or blank text creates the group but is not counted. A weight is finite or None; documents without a
        positive weight are drawn after all others.
        """
        group = self.groups.setdefault(key, Group())
        if document.text is None or is_blank(document.text, strip_html=self._strip_html):
            return
        group.n_documents += 1
        priority = self._priority(self._drawn(group, row_key, document.text, weight), weight)
        self._keep(group, KeptDocument(priority, -row, row_key, document, weight))

    def merge(self, key: GroupKey, other: Group) -> None:
        """Add a group of other rows, whose keys are named by the user."""
        group = self.groups.setdefault(key, Group())
        group.n_documents += other.n_documents
        for document in other.kept:
            self._keep(group, document)

    def documents(self, key: GroupKey) -> list[KeptDocument]:
        """Return the kept documents of a group: by decreasing weight if there are weights, else as read."""
        kept = sorted(self.groups[key].kept, key=lambda document: -document.minus_row)
        if self._weighted:
            kept.sort(key=lambda document: -math.inf if document.weight is None else document.weight, reverse=True)
        return kept

    def sorted_keys(self) -> list[GroupKey]:
        """Return the keys of the groups in order: numbers by size, texts by their characters, empty values last."""
        return sorted(self.groups, key=lambda key: [(value is None, value) for value in key])

    def _keep(self, group: Group, document: KeptDocument) -> None:
        if len(group.kept) < self._max_documents:
            heapq.heappush(group.kept, document)
        else:
            heapq.heappushpop(group.kept, document)

    def _drawn(self, group: Group, row_key: Union[str, int], text: str, weight: Optional[float]) -> float:
        """Draw a number between 0 and 1 by the seed and the document."""
        if self._named:
            return _uniform(f"{self._seed} {row_key} {text}")
        same = _digest(f"{weight} {text}")
        group.n_same[same] += 1
        return _uniform(f"{self._seed} {group.n_same[same]} {same}")

    def _priority(self, drawn: float, weight: Optional[float]) -> tuple[bool, float]:
        if not self._weighted:
            return True, drawn
        if weight is None or weight <= 0:
            return False, drawn
        # The logarithm of the key, which stays precise for small weights.
        return True, math.log(drawn) / weight


def _digest(content: str) -> int:
    return int.from_bytes(hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _uniform(content: str) -> float:
    return (_digest(content) + 0.5) / 2.0**64
