"""What workers of Spark do to count documents; no DSS here, workers have none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Callable, Optional

from text_explorer.concurrency.sending import pack, unpack
from text_explorer.concurrency.threads import limit_workers
from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.topics.models.documents import Sum, sum_of


def count_documents(n_at_once: Optional[int], count: Callable[[Corpus], Sum], bags: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the sum of the counts of the documents of a partition."""
    limit_workers(1)  # Spark counts a task as one thread
    corpora = (unpack(content).ordered_corpus() for content in bags)
    parts = (part for corpus in corpora for part in corpus.batches(n_at_once or max(corpus.n_docs, 1)))
    total = sum_of(map(count, parts))
    if total is not None:
        yield pack(total)


def add_counts(first: bytes, second: bytes) -> bytes:
    """Add the counts of two partitions."""
    total: Any = unpack(first)
    total.merge(unpack(second))
    return pack(total)
