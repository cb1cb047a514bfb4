"""Rank sentences by the frequent words in them: Luhn's method and SumBasic, as in the package sumy.

Both rank each sentence on its own, where sumy lets sentences that read alike share a rating, and in time that grows
with the number of words.

References
----------
H. P. Luhn (1958). The Automatic Creation of Literature Abstracts. IBM Journal of Research and Development 2(2),
159-165.
A. Nenkova and L. Vanderwende (2005). The Impact of Frequency on Summarization. Microsoft Research, MSR-TR-2005-101.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from text_explorer.corpus.language.stems import stemmer
from text_explorer.summaries.ranking.kl import MOST_RANKED
from text_explorer.summaries.sentences.document import Document
from text_explorer.summaries.sentences.vectors import Rows, row_sums

LARGEST_STEP = 4
"""Significant words at most so many places apart are in one cluster, as in sumy."""

DECIMALS = 10
"""Mean probabilities that differ only beyond these decimals, as shares of the largest, differ by rounding."""

MOST_SQUARINGS = 100
"""No number but zero and one is left of a probability squared so often."""


def luhn(document: Document) -> np.ndarray:
    """Score sentences by their best cluster of significant words: their number squared over the length of the cluster.

    Significant are the content words, by stem, that the document has at least twice. Clusters of one word score 0.

    Parameters
    ----------
    document
        At least one sentence.

    Returns
    -------
    ndarray of shape (n_sentences,)
        Equal to the ratings of sumy's LuhnSummarizer.
    """
    counts = Counter(term for sentence in document.sentences for term in sentence.terms)
    significant = {term for term, count in counts.items() if count > 1}
    stems = [stemmer(language) for language in document.languages]
    sentence_of, place_in = [], []
    for index, sentence in enumerate(document.sentences):
        stem = stems[sentence.source]
        places = [place for place, word in enumerate(sentence.words) if stem(word) in significant]
        sentence_of += [index] * len(places)
        place_in += places
    scores = np.zeros(document.n_sentences)
    if place_in:
        np.maximum.at(scores, *_clusters(np.array(sentence_of), np.array(place_in)))
    return scores


def _clusters(sentence_of: np.ndarray, place_in: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the sentence of each cluster, and its score."""
    apart = (np.diff(sentence_of) != 0) | (np.diff(place_in) > LARGEST_STEP)
    first = np.flatnonzero(np.concatenate(([True], apart)))
    last = np.flatnonzero(np.concatenate((apart, [True])))
    n_words, lengths = last - first + 1, place_in[last] - place_in[first] + 1
    return sentence_of[first], np.where(n_words > 1, n_words**2 / lengths, 0.0)


def sumbasic(counts: Rows) -> np.ndarray:
    """Choose sentences one by one by the mean probability of their terms, which is squared once a term is used.

    Parameters
    ----------
    counts
        Numbers of each term in each sentence, of shape (n_sentences, n_terms).

    Returns
    -------
    ndarray of shape (n_sentences,)
        0 for the first one chosen, -1 for the second, and so on; sentences after the first ``MOST_RANKED`` all score
        the lowest.
    """
    n_sentences = counts.shape[0]
    lengths = np.maximum(row_sums(counts), 1.0)
    probabilities = row_sums(counts.T) / max(counts.sum(), 1.0)
    n_ranked = min(n_sentences, MOST_RANKED)
    scores = np.full(n_sentences, -float(n_ranked))
    chosen = np.zeros(n_sentences, dtype=bool)
    for rank in range(n_ranked):
        means = np.where(chosen, 0.0, counts @ probabilities / lengths)
        largest = means.max()
        # Chosen ones are marked after the division: by a mean of many squarings, -1 would be beyond all numbers.
        shares = np.round(means / largest, DECIMALS) if largest > 0 else means
        best = int(np.argmax(np.where(chosen, -1.0, shares)))
        scores[best], chosen[best] = -float(rank), True
        terms, n_uses = _terms_of(counts, best)
        probabilities[terms] **= 2.0 ** np.minimum(n_uses, MOST_SQUARINGS)
    return scores


def _terms_of(counts: Rows, index: int) -> tuple[np.ndarray, np.ndarray]:
    """Give the terms of a sentence and how often it has each."""
    if isinstance(counts, np.ndarray):
        terms = np.flatnonzero(counts[index])
        return terms, counts[index, terms]
    cells = slice(counts.indptr[index], counts.indptr[index + 1])
    return counts.indices[cells], counts.data[cells]
