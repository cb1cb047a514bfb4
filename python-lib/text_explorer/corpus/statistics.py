"""Counts of what a corpus read and left out, by reason, for the log and the model's manifest."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from text_explorer.corpus.terms import REASONS, TOO_SHORT, TermsOfWords
from text_explorer.corpus.vocabulary import PRUNED, TOO_COMMON

logger = logging.getLogger(__name__)

COMMON_TERMS_SHOWN = 20

MANY_SHORT_WORDS = 0.5
"""Share of too short words from which on the texts are probably not in the script of their language."""


@dataclass(frozen=True)
class CorpusStatistics:
    """Sizes of a corpus."""

    n_docs: int
    n_words: int
    n_words_kept: int  # that are terms of the vocabulary; a phrase counts once
    n_terms: int
    n_words_left_out: Mapping[str, int]  # by reason
    n_terms_left_out: Mapping[str, int]  # distinct terms left out of the vocabulary, by reason
    # terms left out because they are in too many documents, with the number of documents, most common first
    common_terms: Sequence[tuple[str, int]]

    @property
    def n_words_and_unknown(self) -> tuple[int, int]:
        """Number of words that could be terms, and how many of them are not in the vocabulary."""
        n_unknown = sum(self.n_words_left_out[reason] for reason in PRUNED)
        return self.n_words_kept + n_unknown, n_unknown

    def as_dict(self) -> dict[str, Any]:
        """Return all counts by name, ready for JSON."""
        return asdict(self)

    def log(self) -> None:
        """Log the counts, and warn if many words are lost that a setting could keep."""
        logger.info(
            "corpus: %s documents, %s words, of which %s are kept; %s terms; words left out: %s; terms left out: %s",
            f"{self.n_docs:,}", f"{self.n_words:,}", f"{self.n_words_kept:,}", f"{self.n_terms:,}",
            _listed(self.n_words_left_out), _listed(self.n_terms_left_out),
        )  # fmt: skip
        if self.common_terms:
            logger.info(
                "terms in too many documents ('Maximum share of documents per term'): %s",
                ", ".join(f"{term} ({count:,})" for term, count in self.common_terms),
            )
        if self.n_words and self.n_words_left_out[TOO_SHORT] > MANY_SHORT_WORDS * self.n_words:
            logger.warning(
                "%s of %s words are shorter than 'Minimum term length'. If the texts are in a language without "
                "spaces between words, such as Chinese, select it in 'Language'",
                f"{self.n_words_left_out[TOO_SHORT]:,}", f"{self.n_words:,}",
            )  # fmt: skip


def count_left_out(
    found: TermsOfWords,
    word_counts: np.ndarray,
    names: Sequence[str],
    term_counts: np.ndarray,
    pruned: np.ndarray,
) -> dict[str, Any]:
    """Count the words and terms left out, by reason: the last three attributes of `CorpusStatistics`.

    `term_counts` are the documents and occurrences of each term, of shape (2, n_terms); for `pruned`, see `prune`.
    """
    document_counts, occurrences = term_counts
    words = {reason: int(word_counts[found.reasons == i].sum()) for i, reason in enumerate(REASONS)}
    words.update({reason: int(occurrences[pruned == i].sum()) for i, reason in enumerate(PRUNED)})
    common = np.flatnonzero(pruned == PRUNED.index(TOO_COMMON)).tolist()
    common.sort(key=lambda term: (-document_counts[term], names[term]))
    return {
        "n_words_left_out": words,
        "n_terms_left_out": {
            reason: int(np.count_nonzero((pruned == i) & (occurrences > 0))) for i, reason in enumerate(PRUNED)
        },
        "common_terms": [(names[term], int(document_counts[term])) for term in common[:COMMON_TERMS_SHOWN]],
    }


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{reason} {count:,}" for reason, count in counts.items() if count) or "none"
