"""Gather the documents of groups in one pass, with only those in memory that will be summarized."""

from __future__ import annotations

import hashlib
import heapq
from dataclasses import dataclass, field
from typing import NamedTuple, Optional, Union

from text_explorer.corpus.text_languages import DocumentText

GroupKey = tuple[object, ...]


class KeptDocument(NamedTuple):
    """A document that may be summarized.

    Attributes
    ----------
    priority
        Documents of the highest are kept; of equal ones, the earlier row.
    minus_row
        Number of its row, negative.
    row_key
        The user's id of the row, or its number.
    document
        Its text, with its language.
    """

    priority: float
    minus_row: int
    row_key: Union[str, int]
    document: DocumentText


@dataclass
class Group:
    """Documents of one group; ``n_documents`` counts those left out too."""

    n_documents: int = 0
    kept: list[KeptDocument] = field(default_factory=list)


class GroupedDocuments:
    """Documents by group, at most ``max_documents`` of each.

    Parameters
    ----------
    max_documents
        Documents kept a group: those of the highest weight, or a draw where there are no weights.
    weighted
        Whether documents come with a weight.
    seed
        Start of the draw. It looks at the text alone, so that the order of the rows does not matter.
    """

    def __init__(self, max_documents: int, *, weighted: bool, seed: int):
        self._max_documents = max_documents
        self._weighted = weighted
        self._seed = seed
        self.groups: dict[GroupKey, Group] = {}

    def add(
        self, key: GroupKey, row: int, row_key: Union[str, int], document: DocumentText, weight: Optional[float] = None
    ) -> None:
        """Take in the next row.

        Parameters
        ----------
        key
            Values of the group columns, None for an empty one.
        row
            Number of the row.
        row_key
            Its name in the results.
        document
            Its text, with its language. Where the text is missing, the group exists all the same.
        weight
            None for a missing weight, which is below all others.
        """
        group = self.groups.setdefault(key, Group())
        if document.text is None:
            return
        group.n_documents += 1
        kept = KeptDocument(self._priority(document.text, weight), -row, row_key, document)
        if len(group.kept) < self._max_documents:
            heapq.heappush(group.kept, kept)
        else:
            heapq.heappushpop(group.kept, kept)

    def documents(self, key: GroupKey) -> list[KeptDocument]:
        """Give the kept documents of a group: by falling weight where there are weights, else as they were read."""
        kept = self.groups[key].kept
        if self._weighted:
            return sorted(kept, reverse=True)
        return sorted(kept, key=lambda document: -document.minus_row)

    def sorted_keys(self) -> list[GroupKey]:
        """Give the keys of the groups in order: numbers by size, texts by their characters, empty values last."""
        return sorted(self.groups, key=lambda key: [(value is None, value) for value in key])

    def _priority(self, text: str, weight: Optional[float]) -> float:
        if self._weighted:
            return float("-inf") if weight is None else weight
        content = f"{self._seed} {text}".encode("utf-8", "surrogatepass")
        return float(int.from_bytes(hashlib.blake2b(content, digest_size=6).digest(), "big"))
