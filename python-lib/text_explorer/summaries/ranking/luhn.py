"""Rank sentences by Luhn's method: dense clusters of frequent words.

Each sentence has a score of its own, where sumy lets sentences of the same text share one, and time grows with the
number of words.

References
----------
H. P. Luhn (1958). The Automatic Creation of Literature Abstracts. IBM Journal of Research and Development 2(2),
159-165.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from text_explorer.corpus.language.stems import stemmer
from text_explorer.summaries.sentences.document import Document

MAX_STEP = 4
"""Largest distance between two neighbouring significant words of a cluster, as in sumy."""


def luhn(document: Document) -> np.ndarray:
    """Score sentences by their best cluster of significant words: their number squared over the length of the cluster.

    Significant words are the content words, by stem, that occur at least twice in the document. Clusters of one word
    score 0. The scores are equal to the ratings of sumy's LuhnSummarizer.
    """
    counts = Counter(term for sentence in document.sentences for term in sentence.terms)
    significant = {term for term, count in counts.items() if count > 1}
    stems = [stemmer(language) for language in document.languages]
    sentence_ids: list[int] = []
    positions: list[int] = []
    for index, sentence in enumerate(document.sentences):
        stem = stems[sentence.source]
        found = [position for position, word in enumerate(sentence.words) if stem(word) in significant]
        sentence_ids += [index] * len(found)
        positions += found
    scores = np.zeros(document.n_sentences)
    if positions:
        np.maximum.at(scores, *_clusters(np.array(sentence_ids), np.array(positions)))
    return scores


def _clusters(sentence_ids: np.ndarray, positions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the sentence and the score of each cluster."""
    apart = (np.diff(sentence_ids) != 0) | (np.diff(positions) > MAX_STEP)
    first = np.flatnonzero(np.concatenate(([True], apart)))
    last = np.flatnonzero(np.concatenate((apart, [True])))
    n_words, lengths = last - first + 1, positions[last] - positions[first] + 1
    return sentence_ids[first], np.where(n_words > 1, n_words**2 / lengths, 0.0)
