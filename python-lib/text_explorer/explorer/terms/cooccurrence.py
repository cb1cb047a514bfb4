"""Coherence of terms in the documents of the index: NPMI of their co-occurrence in a sample of documents.

The sample is the same for all terms, so that its figures compare. It is drawn as stretches of documents at equal
distances, since the full-text index finds those of a term in a stretch without a look at all others, so that many
documents take no longer than some. Terms are looked up as they are written; those of scripts without spaces are looked
for as they stand.

References
----------
Gerlof Bouma (2009). Normalized (pointwise) mutual information in collocation extraction. GSCL.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from text_explorer.explorer.index.reader import IndexReader
from text_explorer.explorer.shared.search_syntax import phrase_search

LARGEST_SAMPLE, N_STRETCHES = 20_000, 32
"""Documents, and stretches they lie in. The standard error of a share is then a third of a percent at most."""

EPSILON = 1e-12
"""Added to the probability of a pair, as in `topics.quality.coherence`, whose libraries take too long to load here."""

_TERM_UNIT = 1 << 32
"""Larger than any place in a sample: terms found together are kept as term * unit + place."""


class Sample(NamedTuple):
    """Stretches of ``length`` documents each, by the row of the first."""

    first_rows: tuple[int, ...]
    length: int

    @property
    def n_documents(self) -> int:
        """Number of documents in the sample."""
        return len(self.first_rows) * self.length


def sample_of(n_rows: int) -> Sample:
    """Return the sample of ``n_rows`` documents: all of them where they are few."""
    if n_rows <= LARGEST_SAMPLE:
        return Sample((0,), n_rows)
    length = LARGEST_SAMPLE // N_STRETCHES
    return Sample(tuple(number * n_rows // N_STRETCHES for number in range(N_STRETCHES)), length)


def occurrences(index: IndexReader, terms: Sequence[str]) -> np.ndarray:
    """Return which documents of the sample hold which terms: bool array of shape (n_terms, n_documents)."""
    sample = sample_of(index.documents.n_rows)
    found = np.zeros((len(terms), sample.n_documents), dtype=np.bool_)
    matches = {term: _match_of(term) for term in terms}
    literal = tuple(sorted(term for term, match in matches.items() if match is None))
    coded = _literal_places(index, literal, sample) if literal else np.zeros(0, dtype=np.int64)
    for number, term in enumerate(terms):
        match = matches[term]
        if match is None:
            places = coded[coded // _TERM_UNIT == literal.index(term)] % _TERM_UNIT
        else:
            places = _matched_places(index, match, sample)
        found[number, places] = True
    return found


def mean_npmi(found: np.ndarray) -> float | None:
    """Return the mean NPMI, -1 to 1, of the pairs of terms of `occurrences`, None where no pair is left.

    Terms that no document holds are left out, and so are pairs without information, as both stand in all documents.
    """
    found = found[found.any(axis=1)].astype(np.float32)
    n_terms, n_documents = found.shape
    if n_terms < 2:
        return None
    together = (found @ found.T).astype(np.float64) / n_documents
    alone = np.diag(together)
    first, second = np.triu_indices(n_terms, k=1)
    both = together[first, second] + EPSILON
    telling = together[first, second] < 1
    if not telling.any():
        return None
    npmi = np.log(both / (alone[first] * alone[second]))[telling] / -np.log(both[telling])
    return float(np.clip(npmi, -1, 1).mean())


def _match_of(term: str) -> str | None:
    """Return the query for a term as a phrase, None for one of a script without spaces or without a letter."""
    search = phrase_search(term)
    return search.match if search else None


def _matched_places(index: IndexReader, match: str, sample: Sample) -> np.ndarray:
    """Look a phrase up: int64 array of the places in the sample of the documents that hold it."""

    def find() -> np.ndarray:
        query = "SELECT rowid FROM documents_text WHERE documents_text MATCH ? AND rowid BETWEEN ? AND ?"
        places = (
            number * sample.length + row[0] - first
            for number, first in enumerate(sample.first_rows)
            for row in index.connection.execute(query, (match, first, first + sample.length - 1))
        )
        return np.fromiter(places, dtype=np.int64)

    return index.rows_cache.get(("term", match, sample), find)


def _literal_places(index: IndexReader, terms: tuple[str, ...], sample: Sample) -> np.ndarray:
    """Look through the texts of the sample once for all terms of scripts without spaces."""

    def find() -> np.ndarray:
        query = "SELECT row, text FROM documents WHERE row BETWEEN ? AND ?"
        coded = (
            term_number * _TERM_UNIT + number * sample.length + row - first
            for number, first in enumerate(sample.first_rows)
            for row, text in index.connection.execute(query, (first, first + sample.length - 1))
            for term_number, term in enumerate(terms)
            if term in text
        )
        return np.fromiter(coded, dtype=np.int64)

    return index.rows_cache.get(("literal terms", terms, sample), find)
