"""Which words differ between two sets of documents, beyond chance and beyond the few documents that repeat them.

References
----------
Burt Monroe, Michael Colaresi, Kevin Quinn (2008). Fightin' words: lexical feature selection and evaluation for
identifying the content of political conflict. Political Analysis 16. Equations 16 and 19 to 23.
Ted Dunning (1993). Accurate methods for the statistics of surprise and coincidence. Computational Linguistics 19.
Yoav Benjamini, Yosef Hochberg (1995). Controlling the false discovery rate. J. R. Statist. Soc. B 57.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.special import ndtr, xlogy

PRIOR_SHARE = 0.1
"""Size of the prior, as a part of the words of both sets."""
FALSE_DISCOVERIES = 0.05
"""Of the words found to differ, those expected to differ by chance."""


def log_odds_with_prior(counts: np.ndarray, totals: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
    """Compute the log odds of words in the first of two sets against the second, and their z scores.

    Parameters
    ----------
    counts
        Occurrences, of shape (2, n_words).
    totals
        Words of each set, those without a count included.
    """
    n_all = sum(totals)
    prior = counts.sum(axis=0) * PRIOR_SHARE
    of_word = counts + prior
    of_others = np.array(totals)[:, None] + PRIOR_SHARE * n_all - of_word
    with np.errstate(divide="ignore", invalid="ignore"):  # a word that is all there is has no odds
        logits = np.log(of_word) - np.log(of_others)
        difference = logits[0] - logits[1]
        z = difference / np.sqrt((1 / of_word).sum(axis=0))
    return np.nan_to_num(difference), np.nan_to_num(z)


def dispersion(words: Sequence[str], sets: Sequence[Sequence[Mapping[str, int]]]) -> np.ndarray:
    """Compute how much more the occurrences of words vary between documents than by chance.

    Parameters
    ----------
    words
        Whose occurrences are compared.
    sets
        Of each set of documents, the occurrences of all words of each.

    Returns
    -------
    numpy.ndarray
        float64 array of shape (n_words,): squared deviations from the rate of the set over their expectation by
        Poisson, at least 1. It is large for words that few documents repeat.
    """
    places = {word: place for place, word in enumerate(words)}
    deviations, expected = np.zeros(len(words)), np.zeros(len(words))
    for documents in sets:
        lengths = np.array([sum(counts.values()) for counts in documents], dtype=np.float64)
        entries = [
            (places[word], count, length)
            for counts, length in zip(documents, lengths)
            for word, count in counts.items()
            if word in places
        ]
        word_ids, counts, of_length = np.array(entries, dtype=np.float64).reshape(-1, 3).T
        sums = [np.bincount(word_ids.astype(np.int64), weights, len(words)) for weights in (
            counts, counts * counts, counts * of_length,
        )]  # fmt: skip
        rates = sums[0] / max(lengths.sum(), 1.0)
        deviations += sums[1] - 2 * rates * sums[2] + rates * rates * (lengths @ lengths)
        expected += sums[0]
    dispersions: np.ndarray = np.maximum(1.0, deviations / np.maximum(expected, 1.0))
    return dispersions


def are_discoveries(counts: np.ndarray, totals: Sequence[int], dispersions: np.ndarray) -> np.ndarray:
    """Return which words differ between two sets: bool array of shape (n_words,).

    Tested is the log-likelihood ratio of Dunning over the dispersion; of all words said to differ, at most
    `FALSE_DISCOVERIES` are expected to differ by chance (Benjamini and Hochberg).

    Parameters
    ----------
    counts, totals
        See `log_odds_with_prior`.
    dispersions
        See `dispersion`.
    """
    expected = counts.sum(axis=0) * np.array(totals)[:, None] / max(sum(totals), 1)
    ratio: np.ndarray = 2 * xlogy(counts, counts / np.maximum(expected, np.finfo(float).tiny)).sum(axis=0)
    chances = 2 * ndtr(-np.sqrt(np.maximum(ratio, 0.0) / dispersions))
    order = np.argsort(chances, kind="stable")
    limits = FALSE_DISCOVERIES * np.arange(1, len(order) + 1) / max(len(order), 1)
    passing = np.flatnonzero(chances[order] <= limits)
    differ = np.zeros(len(order), dtype=np.bool_)
    differ[order[: passing[-1] + 1 if len(passing) else 0]] = True
    return differ
