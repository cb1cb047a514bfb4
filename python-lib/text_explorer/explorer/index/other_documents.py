"""The topic that a second model gives each document, and the documents by topic of both models."""

from __future__ import annotations

from typing import Optional

import numpy as np

from text_explorer.explorer.index.reader import IndexReader, read_report

NO_OTHER_TOPIC, NOT_THERE = -1, -2
"""In place of a topic of the other model: of a document without one, and of a document it does not have."""


def document_flow(index: IndexReader) -> dict[tuple[Optional[int], Optional[int]], int]:
    """Count the documents of both models by final topic here and topic there, None for none.

    Documents of a split topic are in its sub-topics, those moved by hand in their new topic.
    """
    ids: list[Optional[int]] = [None, *read_report(index.connection, "other_documents")["ids"]]
    n_here = index.edits.n_topics + 1

    def count() -> np.ndarray:
        (stored,) = index.connection.execute("SELECT topics FROM other_documents").fetchone()
        others = np.frombuffer(stored, dtype="<i4")
        is_there = others != NOT_THERE
        finals = np.append(index.edits.final_topic, -1).astype(np.int64)  # so that -1, no topic, finds the last one
        here = finals[np.maximum(index.documents.topic[is_there], -1)]
        cells = (here + 1) * len(ids) + others[is_there] + 1
        return np.bincount(cells, minlength=n_here * len(ids)).reshape(n_here, len(ids))

    counts = index.rows_cache.get(("document flow", index.edits.version), count)
    found = np.argwhere(counts).tolist()
    return {(here - 1 if here else None, ids[there]): int(counts[here, there]) for here, there in found}
