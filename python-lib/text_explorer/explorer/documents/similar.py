"""Documents like one document: by its topics, and by the rare terms of the model that both hold.

No vectors are needed. Two short lists, of the documents whose main topic and its proportion are nearest and of those
that hold most of the document's rare terms, are compared in detail.

References
----------
Ernst Hellinger (1909): the distance of two distributions, as used for topic proportions by Blei and Lafferty (2009).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, Optional

import numpy as np

from text_explorer.explorer.documents.excerpts import excerpts
from text_explorer.explorer.documents.listing import titles_of
from text_explorer.explorer.documents.search import has_full_text
from text_explorer.explorer.index.reader import IndexReader
from text_explorer.explorer.index.topic_shares import unpack_shares
from text_explorer.explorer.shared.search_syntax import fold, segmented

MOST_SIMILAR = 8
BY_TOPIC, BY_TERMS = 2_000, 200
"""Documents of the two short lists."""

COMPARED = 300
"""Documents whose texts are read for the terms they share."""

LONGEST_READ = 20_000
"""Characters of each text that are looked at."""

RARE_TERMS, SEARCHED_TERMS = 30, 12
SHOWN_TERMS = 5
DIGITS = 2
_WORD = re.compile(r"\w{2,}")


def similar_documents(index: IndexReader, row: int, rows: Optional[np.ndarray] = None) -> dict[str, Any]:
    """Return the documents most similar to one, among some rows (rising) or all.

    The similarity, 0 to 1, is the mean of that of the topics, 1 - Hellinger distance of the final topics' proportions,
    and that of the terms, the share of the document's `RARE_TERMS` rarest terms that both hold, each weighted by
    log(documents / documents with it). Of a document without a topic, or without a term, the other part alone counts.
    Copies of the text are left out, but counted.

    Returns
    -------
    dict
        ``documents``, each with ``similarity``, ``by_topic`` and ``by_terms`` (None where not known) and the shared
        ``terms``, rarest first; ``n_copies`` in the short lists.

    Raises
    ------
    NotFoundError
        Where there is no such document.
    """
    index.check_row(row)
    own = index.rows([row], _STORED)[row]
    weights = rare_terms(index, own["text"])
    near, with_terms = _nearest_by_topic(index, row, rows), holding(index, weights, row)
    with_terms = with_terms if rows is None else with_terms[np.isin(with_terms, rows)]
    by_topic = topic_similarities(
        index, final_shares(index, unpack_shares(own["shares"])), np.union1d(near, with_terms)
    )
    ordered = sorted(by_topic, key=lambda other: -(by_topic[other] or 0))[: COMPARED - len(with_terms)]
    candidates = sorted({*ordered, *with_terms.tolist()})
    texts = _stored(index, candidates)
    copies = {other for other in candidates if texts[other]["digest"] == own["digest"]}
    entries = [_entry(other, by_topic[other], _shared(texts[other]["text"], weights), weights) for other in candidates]
    kept = [entry for entry in entries if entry["row"] not in copies and entry["similarity"] > 0]
    kept = sorted(kept, key=lambda entry: (-entry["similarity"], entry["row"]))[:MOST_SIMILAR]
    return {"documents": described_documents(index, kept), "n_copies": len(copies)}


_STORED = f"key, shares, digest, substr(text, 1, {LONGEST_READ}) AS text"
_BATCH = 500


def _stored(index: IndexReader, rows: Sequence[int]) -> dict[int, sqlite3.Row]:
    found: dict[int, sqlite3.Row] = {}
    for start in range(0, len(rows), _BATCH):
        found |= index.rows(rows[start : start + _BATCH], _STORED)
    return found


def _words(text: str) -> set[str]:
    return {fold(word) for word in _WORD.findall(segmented(text))}


def rare_terms(index: IndexReader, text: str) -> dict[str, float]:
    """Return the rarest terms of the model that a text holds, rarest first, with their weights."""
    counted = index.rows_cache.get("n trained", lambda: np.array([_n_trained(index)]))
    words, found = sorted(_words(text)), []
    for start in range(0, len(words), _BATCH):
        here = words[start : start + _BATCH]
        found += index.connection.execute(
            "SELECT folded, max(coalesce(document_count, count)) FROM vocabulary "
            f"WHERE folded IN ({','.join('?' * len(here))}) GROUP BY folded",
            here,
        ).fetchall()
    # A term of no other document finds none.
    counts = {word: n for word, n in found if n is not None and n >= 2}
    rarest = sorted(counts, key=lambda word: (counts[word], word))[:RARE_TERMS]
    return {word: float(np.log(max(counted[0], counts[word] + 1) / counts[word])) for word in rarest}


def _n_trained(index: IndexReader) -> int:
    (n,) = index.connection.execute("SELECT max(document_count) FROM vocabulary").fetchone()
    return max(n or 0, index.documents.n_rows)


def _nearest_by_topic(index: IndexReader, row: int, among: Optional[np.ndarray]) -> np.ndarray:
    """Return the documents of the same final topic whose probability is nearest, without the document itself."""
    topic = index.topic_of(row)
    if topic is None:
        return np.empty(0, dtype=np.int64)
    topics = index.documents.topic if among is None else index.documents.topic[among]
    rows = np.flatnonzero(np.isin(topics, index.edits.members_of(topic)))
    rows = rows if among is None else among[rows]
    rows = rows[rows != row]
    differences = np.abs(index.documents.probability[rows] - index.documents.probability[row])
    if len(rows) > BY_TOPIC:
        rows = rows[np.argsort(np.nan_to_num(differences, nan=2.0), kind="stable")[:BY_TOPIC]]
    return rows


def holding(index: IndexReader, weights: Mapping[str, float], row: int = -1) -> np.ndarray:
    """Return the documents that hold most of some terms, by BM25 the best first, without one row."""
    if not weights or not has_full_text(index):
        return np.empty(0, dtype=np.int64)
    query = " OR ".join(f'"{word}"' for word in list(weights)[:SEARCHED_TERMS])
    found = index.connection.execute(
        "SELECT rowid FROM documents_text WHERE documents_text MATCH ? ORDER BY bm25(documents_text), rowid LIMIT ?",
        (query, BY_TERMS + 1),
    )
    return np.array([other for (other,) in found if other != row][:BY_TERMS], dtype=np.int64)


def topic_similarities(index: IndexReader, shares: np.ndarray, rows: np.ndarray) -> dict[int, Optional[float]]:
    """Return 1 - Hellinger distance of each document to `final_shares`; None where either is not known."""
    numbers = rows.tolist()
    found: dict[int, Optional[float]] = {}
    for start in range(0, len(numbers), _BATCH):
        stored = index.rows(numbers[start : start + _BATCH], "shares")
        for other, cells in stored.items():
            theirs = final_shares(index, unpack_shares(cells["shares"]))
            is_known = len(shares) == len(theirs) > 0 and shares.sum() > 0 and theirs.sum() > 0
            found[other] = 1 - float(np.linalg.norm(shares - theirs)) / np.sqrt(2) if is_known else None
    return found


def final_shares(index: IndexReader, trained: np.ndarray) -> np.ndarray:
    """Return the square roots of proportions of the final topics, from those of the trained ones."""
    final_topic = index.edits.final_topic
    final = np.concatenate([final_topic, np.arange(len(final_topic), len(trained))])[: len(trained)]
    return np.sqrt(np.bincount(final, weights=trained, minlength=len(trained))) if len(trained) else trained


def _shared(text: str, weights: Mapping[str, float]) -> list[str]:
    words = _words(text)
    return [word for word in weights if word in words]


def _entry(row: int, by_topic: Optional[float], shared: Sequence[str], weights: Mapping[str, float]) -> dict[str, Any]:
    total = sum(weights.values())
    by_terms = sum(weights[word] for word in shared) / total if total else None
    known = [part for part in (by_topic, by_terms) if part is not None]
    return {
        "row": row,
        "similarity": round(sum(known) / len(known), DIGITS) if known else 0.0,
        "by_topic": None if by_topic is None else round(by_topic, DIGITS),
        "by_terms": None if by_terms is None else round(by_terms, DIGITS),
        "terms": list(shared[:SHOWN_TERMS]),
    }


def described_documents(index: IndexReader, entries: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add key, title, topic and excerpt to entries that name the ``row`` of a document."""
    rows = [entry["row"] for entry in entries]
    keys, titles, shown = index.rows(rows, "key"), titles_of(index, rows), excerpts(index, rows, None)
    return [
        {
            **entry,
            "key": keys[entry["row"]]["key"],
            "title": titles.get(entry["row"]),
            "topic": index.topic_of(entry["row"]),
            "excerpt": shown[entry["row"]]["excerpt"],
        }
        for entry in entries
    ]
