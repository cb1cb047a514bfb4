"""Quotes: documents that show a topic, with an excerpt that holds its terms."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Optional

import numpy as np

from text_explorer.explorer.documents.excerpts import excerpts
from text_explorer.explorer.documents.listing import facts_of_document, titles_of
from text_explorer.explorer.findings.scope import Scope
from text_explorer.explorer.index.reader import IndexReader
from text_explorer.explorer.shared.search_syntax import Search
from text_explorer.explorer.terms.kwic import search_of_term

N_QUOTES = 2
_MOST_TERMS = 6
# Looked at for each quote wanted, since documents that begin alike are quoted once.
_CANDIDATES = 2
_FACTS = ("topic", "probability", "date", "groups")


def quotes_of_topic(
    scope: Scope, topic: int, terms: Sequence[str], n: int = N_QUOTES, quoted: Collection[int] = ()
) -> list[dict[str, Any]]:
    """Quote documents of a topic: its representative ones that are among these, then those of the highest proportion.

    Parameters
    ----------
    topic
        A final topic.
    terms
        Its top terms, which the excerpts show.
    quoted
        Rows of documents that are quoted already: they come last.
    """
    own = scope.rows[scope.topics == topic]
    typical = _typical(scope.index, own, n + len(quoted))
    candidates = list(dict.fromkeys([*_representatives(scope.index, topic, own), *typical]))
    candidates.sort(key=lambda row: row in quoted)
    return quotes_of_rows(scope.index, candidates[: _CANDIDATES * n], terms, n)


def quotes_of_rows(index: IndexReader, rows: Sequence[int], words: Sequence[str], n: int) -> list[dict[str, Any]]:
    """Quote the first ``n`` of some documents, those of the same excerpt once."""
    shown = excerpts(index, rows, _search_of_words(index, words))
    keys, titles = index.rows(rows, "key"), titles_of(index, rows)
    quotes: dict[str, dict[str, Any]] = {}
    for row in rows:
        facts = facts_of_document(index, row)
        named = {"row": row, "key": keys[row]["key"], "title": titles.get(row)}
        quote = {**named, **shown[row], **{name: facts[name] for name in _FACTS}}
        if shown[row]["excerpt"]:
            quotes.setdefault(shown[row]["excerpt"], quote)
    return list(quotes.values())[:n]


def _representatives(index: IndexReader, topic: int, own: np.ndarray) -> Iterable[int]:
    """Return the representative documents of a topic and those merged into it that are among some rows."""
    members = index.edits.members_of(topic)
    marks = ",".join("?" * len(members))
    found = index.connection.execute(f"SELECT representatives FROM topics WHERE topic IN ({marks})", members)
    keys = [document["key"] for (documents,) in found for document in json.loads(documents)]
    rows = [row for row in map(index.row_of_key, keys) if row is not None]
    return [row for row in rows if row in own]


def _typical(index: IndexReader, own: np.ndarray, n: int) -> list[int]:
    """Return the documents of the highest proportion, unknown ones last."""
    probability = np.nan_to_num(np.asarray(index.documents.probability[own]), nan=-1.0)
    order = np.argsort(-probability, kind="stable")[: _CANDIDATES * n]
    return [int(row) for row in own[order]]


def _search_of_words(index: IndexReader, words: Sequence[str]) -> Optional[Search]:
    searches = [search_of_term(index, word) for word in words[:_MOST_TERMS] if word.strip()]
    terms = tuple(term for search in searches for term in search.terms)
    return Search((terms,)) if terms else None
