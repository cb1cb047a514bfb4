"""Rank sentences by KL-Sum: choose them one by one so that the summary has the word distribution of the document.

As in the package sumy, words are not stemmed, and the divergence is summed over the words of the summary. With p_w the
probability of a content word w in the document, and q_w its probability among the words of the sentences chosen so far
(including stop words) and the content words of a candidate, the candidate with the smallest sum of
``p_w * log(p_w / q_w)`` comes next.

Each choice compares all sentences, but reads only the words of those with a word of the sentence chosen last.

References
----------
A. Haghighi and L. Vanderwende (2009). Exploring Content Models for Multi-Document Summarization. NAACL-HLT, 362-370;
KLSum is section 3.2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from scipy import sparse

from text_explorer.summaries.sentences.document import Document

MAX_RANKED = 1_000
"""Sentences that get a rank of their own; a longer summary takes the rest in the order of the text."""

DECIMALS = 10
"""Divergences that differ only beyond these decimals differ by rounding; the earlier sentence is chosen."""


@dataclass(frozen=True)
class KLWords:
    """The words of a document as KL-Sum counts them.

    `content` holds the content words of each sentence, in lower case; `whole` all its words, which it adds to the
    summary if chosen; `probabilities` are those among the content words of the document.
    """

    content: list[list[str]]
    whole: Sequence[Sequence[str]]
    probabilities: dict[str, float]


def kl_words(document: Document) -> KLWords:
    """Read the words of a document for KL-Sum."""
    content = content_words(document)
    return KLWords(
        content, [sentence.words for sentence in document.sentences], word_probabilities(chain.from_iterable(content))
    )


def content_words(document: Document) -> list[list[str]]:
    """Return the content words of each sentence, in lower case and not stemmed."""
    left_out = [document.words.words_without_content(language) for language in document.languages]
    return [[word for word in s.words if word not in left_out[s.source]] for s in document.sentences]


def word_probabilities(words: Iterable[str]) -> dict[str, float]:
    """Return the relative frequency of each word."""
    counts = Counter(words)
    n_words = sum(counts.values())
    return {word: count / n_words for word, count in counts.items()}


def kl(document: Document) -> np.ndarray:
    """Score sentences by KL-Sum: 0 for the first one chosen, -1 for the second, and so on.

    Sentences after the first ``MAX_RANKED`` all get the lowest score.
    """
    divergences = Divergences(kl_words(document))
    n_ranked = min(document.n_sentences, MAX_RANKED)
    scores = np.full(document.n_sentences, -float(n_ranked))
    for rank in range(n_ranked):
        best = int(np.argmin(np.round(divergences.all(), DECIMALS)))
        scores[best] = -float(rank)
        divergences.choose(best)
    return scores


class Divergences:
    """Divergences of a growing summary with each candidate sentence.

    With S_w the count of a word in the summary, c_w its count in a sentence and T the length of both together, the
    divergence is the sum of ``p_w * (log(p_w) - log(S_w + c_w) + log(T))`` over the words of both. It is stored as the
    summary's part (``_in_summary``, without T), the change by each sentence (``_changes``), and the factors of log(T):
    the total probability of the summary's words, and that of each sentence's further words.
    """

    def __init__(self, words: KLWords):
        ids = {word: number for number, word in enumerate(words.probabilities)}
        self._probabilities = np.array(list(words.probabilities.values()))
        self._whole = [[ids[word] for word in sentence if word in ids] for sentence in words.whole]
        self._n_whole = [len(sentence) for sentence in words.whole]
        self._lengths = np.array([len(sentence) for sentence in words.content])
        self._counts = _counts_by_word(words.content, ids)
        self._summary_counts = np.zeros(len(ids))
        self._summary_length = 0
        self._chosen = np.zeros(len(words.content), dtype=bool)
        self._in_summary = self._summary_probability = 0.0
        everything = np.arange(len(ids))
        self._changes = self._by_sentence(everything, self._changes_by(everything))
        self._further_probabilities = self._by_sentence(everything, self._per_cell(everything, self._probabilities))

    def all(self) -> np.ndarray:
        """Return the divergence with each sentence, infinite for chosen ones, as an array of shape (n_sentences,)."""
        lengths = np.maximum(self._lengths + self._summary_length, 1)
        factors = self._summary_probability + self._further_probabilities
        return np.where(self._chosen, np.inf, self._in_summary + self._changes + factors * np.log(lengths))

    def choose(self, index: int) -> None:
        """Add a sentence to the summary."""
        self._chosen[index] = True
        self._summary_length += self._n_whole[index]
        words, added = np.unique(np.array(self._whole[index], dtype=np.int64), return_counts=True)
        new = words[self._summary_counts[words] == 0]
        before, changes_before = self._summary_part(words), self._changes_by(words)
        self._summary_counts[words] += added
        self._in_summary += self._summary_part(words) - before
        self._summary_probability += float(self._probabilities[new].sum())
        self._changes += self._by_sentence(words, self._changes_by(words) - changes_before)
        self._further_probabilities -= self._by_sentence(new, self._per_cell(new, self._probabilities))

    def _summary_part(self, words: np.ndarray) -> float:
        """Sum ``p_w * (log(p_w) - log(S_w))`` over those of some words that are in the summary."""
        present = words[self._summary_counts[words] > 0]
        probabilities = self._probabilities[present]
        return float((probabilities * np.log(probabilities / self._summary_counts[present])).sum())

    def _changes_by(self, words: np.ndarray) -> np.ndarray:
        """Return the changes of the divergence by words, a value for each of their cells in the matrix of counts."""
        counts, probabilities = self._counts.data[self._cells(words)], self._per_cell(words, self._probabilities)
        in_summary = self._per_cell(words, self._summary_counts)
        # A word of the summary moves from S to S + c; a further one adds p * (log(p) - log(c)).
        return probabilities * np.log(np.where(in_summary > 0, in_summary, probabilities) / (in_summary + counts))

    def _cells(self, words: np.ndarray) -> np.ndarray:
        starts = self._counts.indptr[words]
        n_cells = self._counts.indptr[words + 1] - starts
        skipped = np.repeat(starts - (np.cumsum(n_cells) - n_cells), n_cells)
        return np.arange(len(skipped)) + skipped

    def _per_cell(self, words: np.ndarray, values: np.ndarray) -> np.ndarray:
        return np.repeat(values[words], self._counts.indptr[words + 1] - self._counts.indptr[words])

    def _by_sentence(self, words: np.ndarray, values: np.ndarray) -> np.ndarray:
        """Sum the values of cells by sentence."""
        return np.bincount(self._counts.indices[self._cells(words)], weights=values, minlength=len(self._lengths))


def _counts_by_word(content: Sequence[Sequence[str]], ids: dict[str, int]) -> sparse.csc_matrix:
    """Count the content words of each sentence, in a matrix of shape (n_sentences, n_words) stored word by word."""
    columns = [ids[word] for sentence in content for word in sentence]
    rows = np.repeat(np.arange(len(content)), [len(sentence) for sentence in content])
    return sparse.csc_matrix((np.ones(len(columns)), (rows, columns)), shape=(len(content), len(ids)))
