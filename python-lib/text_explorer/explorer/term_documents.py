"""How well terms go together in the documents at hand: NPMI of their occurrence in the same documents of a sample.

The sample is every n-th document, so that it is the same for all terms, and its figures compare. Terms are looked up in
the full-text index as they are written; those of scripts without spaces are looked for as they stand.

References
----------
Gerlof Bouma (2009). Normalized (pointwise) mutual information in collocation extraction. GSCL.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from text_explorer.explorer.open_index import OpenIndex
from text_explorer.explorer.search import parse_search

LARGEST_SAMPLE = 50_000
"""Documents; the error of a share is then a quarter of a percent at most."""

EPSILON = 1e-12
"""Added to the probability of a pair, as in `topics.coherence`, whose libraries a webapp shall not wait for."""

_TERM_UNIT = 1 << 40
"""Larger than any row number: terms found together are kept as term * unit + row."""


class Sample(NamedTuple):
    """Every ``step``-th document, ``n_documents`` of them."""

    step: int
    n_documents: int


def sample_of(n_rows: int) -> Sample:
    """Choose the sample of so many documents."""
    step = max(-(-n_rows // LARGEST_SAMPLE), 1)
    return Sample(step, -(-n_rows // step))


def occurrences(index: OpenIndex, terms: Sequence[str]) -> np.ndarray:
    """Tell which documents of the sample hold which terms.

    Returns
    -------
    ndarray of shape (n_terms, n_documents), bool
        As many documents as the sample has.
    """
    sample = sample_of(index.documents.n_rows)
    found = np.zeros((len(terms), sample.n_documents), dtype=np.bool_)
    matches = {term: _match_of(term) for term in terms}
    literal = tuple(sorted(term for term, match in matches.items() if match is None))
    coded = _literal_rows(index, literal, sample) if literal else np.zeros(0, dtype=np.int64)
    for number, term in enumerate(terms):
        if matches[term] is None:
            rows = coded[coded // _TERM_UNIT == literal.index(term)] % _TERM_UNIT
        else:
            rows = _matched_rows(index, matches[term], sample)
        found[number, rows // sample.step] = True
    return found


def mean_npmi(found: np.ndarray) -> float | None:
    """Give the mean NPMI of the pairs of terms.

    Terms that no document holds are left out, and pairs that say nothing, since both stand in all documents.

    Parameters
    ----------
    found
        bool array of shape (n_terms, n_documents).

    Returns
    -------
    float or None
        From -1 to 1, None where no pair is left.
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
    """Give the query for a term as a phrase, None for one of a script without spaces or without a letter."""
    search = parse_search('"{}"'.format(term.replace('"', " ").replace("\0", " ")))
    return search.match if search else None


def _matched_rows(index: OpenIndex, match: str, sample: Sample) -> np.ndarray:
    def find() -> np.ndarray:
        rows = index.connection.execute(
            "SELECT rowid FROM documents_text WHERE documents_text MATCH ? AND rowid % ? = 0", (match, sample.step)
        )
        return np.fromiter((row[0] for row in rows), dtype=np.int64)

    return index.rows_cache.get(("term", match, sample), find)


def _literal_rows(index: OpenIndex, terms: tuple[str, ...], sample: Sample) -> np.ndarray:
    """Look through the texts of the sample once for all terms of scripts without spaces."""

    def find() -> np.ndarray:
        texts = index.connection.execute("SELECT row, text FROM documents WHERE row % ? = 0", (sample.step,))
        coded = (number * _TERM_UNIT + row for row, text in texts for number, term in enumerate(terms) if term in text)
        return np.fromiter(coded, dtype=np.int64)

    return index.rows_cache.get(("literal terms", terms, sample), find)
