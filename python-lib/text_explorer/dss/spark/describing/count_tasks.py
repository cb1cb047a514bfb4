"""What workers of Spark do to count documents; no DSS here, workers have none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Callable, Optional

from text_explorer.concurrency.sending import pack, unpack
from text_explorer.concurrency.threads import limit_workers
from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.topics.models.documents import Sum


def count_documents(n_at_once: Optional[int], count: Callable[[Corpus], Sum], bags: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the sum of the counts of the documents of a partition."""
    limit_workers(1)  # Spark counts a task as one thread
    total: Optional[Sum] = None
    for content in bags:
        documents = unpack(content).ordered_corpus()
        for part in documents.batches(n_at_once or max(documents.n_docs, 1)):
            counts = count(part)
            if total is None:
                total = counts
            else:
                total.merge(counts)
    if total is not None:
        yield pack(total)


def add_counts(first: bytes, second: bytes) -> bytes:
    """Add the counts of two partitions."""
    total: Any = unpack(first)
    total.merge(unpack(second))
    return pack(total)
