"""Choose the same sentences as sumy's KL-Sum: see `kl_as_sumy`."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from text_explorer.corpus.words.tokens import words_and_spans
from text_explorer.summaries.ranking.kl import MAX_RANKED, Divergences, KLWords, content_words, word_probabilities
from text_explorer.summaries.sentences.document import Document
from text_explorer.summaries.sentences.settings import PERCENT, SENTENCES, SummarySettings

NEARLY_EQUAL = 1e-9
"""Divergences that differ by less are summed again in the order of sumy."""

MAX_SUMMED = 2_000_000
"""Words summed again for one document, in about a second; after that the earlier sentence is chosen."""

MAX_CHOSEN = 5_000
"""Choices made for one document; sumy itself would need days for these."""


def kl_as_sumy(document: Document, settings: SummarySettings, text_ids: np.ndarray) -> np.ndarray:
    """Compute the ratings of sumy's KLSummarizer, as far as the budget needs them.

    As in sumy, stop words are removed before words are lowercased, so that *The* counts in the word distribution of the
    document; the words of the summary keep their case; and a sentence with the same text as one rated before moves that
    rating to its own, later rank.

    In a budget of words or characters, which sumy does not have, ``MAX_RANKED`` sentences are rated. `text_ids` are
    numbers from 0, the same for sentences of the same text. The best has 0, the next -1, and so on to the last one
    needed, or until ``MAX_CHOSEN`` are chosen; all others have the lowest rating.
    """
    words = kl_words_as_sumy(document)
    divergences, sums = Divergences(words), _Sums(words)
    counted = settings.budget_unit in (PERCENT, SENTENCES)
    n_wanted = settings.n_sentences_of(document.n_sentences) if counted else MAX_RANKED
    n_copies, n_left = np.bincount(text_ids), np.bincount(text_ids)
    ratings: dict[int, int] = {}
    # A rating is final when all sentences of the text are chosen and no other can still get a higher one.
    n_final = n_pending = 0
    for _ in range(min(document.n_sentences, MAX_CHOSEN)):
        if n_final >= n_wanted:
            break
        best = sums.best(divergences.all())
        text = int(text_ids[best])
        n_left[text] -= 1
        if text not in ratings:
            n_final, n_pending = n_final + n_pending, 0
            n_final += int(n_copies[text] == 1)
        elif n_left[text] == 0:
            n_pending = int(n_copies[text]) + n_pending
        ratings[text] = -len(ratings)
        divergences.choose(best)
        sums.choose(best)
    by_text = np.full(len(n_copies), -float(len(ratings)))
    finished = [text for text in ratings if n_left[text] == 0]
    by_text[finished] = [ratings[text] for text in finished]
    return by_text[text_ids]


def kl_words_as_sumy(document: Document) -> KLWords:
    """Read the words of a document for KL-Sum as sumy does."""
    left_out = [document.words.words_without_content(language) for language in document.languages]
    written = list(_written_words(document))
    counted = (
        word
        for sentence, forms in zip(document.sentences, written)
        for word, form in zip(sentence.words, forms)
        if form not in left_out[sentence.source]
    )
    return KLWords(content_words(document), written, word_probabilities(counted))


def _written_words(document: Document) -> Iterator[list[str]]:
    """Yield the words of each sentence in their original case."""
    preparation = replace(document.words.preparation, lower_case=False)
    source = -1
    for sentence in document.sentences:
        if sentence.source != source:
            source = sentence.source
            forms, starts, _ = words_and_spans(document.texts[source], preparation, document.languages[source])
        following = bisect_left(starts, sentence.end)
        yield forms[following - sentence.n_words : following]


class _Sums:
    """Divergences summed word by word in the order of the words in sumy's dictionaries."""

    def __init__(self, words: KLWords):
        self._words = words
        ids: dict[tuple[str, ...], int] = {}
        self._content_ids = np.array([ids.setdefault(tuple(sentence), len(ids)) for sentence in words.content])
        self._summary: Counter[str] = Counter()
        self._summary_length = 0
        self._n_summed = 0

    def choose(self, index: int) -> None:
        """Add a sentence to the summary."""
        self._summary.update(self._words.whole[index])
        self._summary_length += len(self._words.whole[index])

    def best(self, divergences: np.ndarray) -> int:
        """Return the first sentence of the smallest divergence, with sumy's rounding."""
        nearly_best = np.flatnonzero(divergences <= divergences.min() + NEARLY_EQUAL)
        # Sentences with the same content words have the same divergence, to the last bit.
        _, first = np.unique(self._content_ids[nearly_best], return_index=True)
        candidates = nearly_best[np.sort(first)].tolist()
        n_words = sum(len(self._words.content[index]) + len(self._summary) for index in candidates)
        if len(candidates) == 1 or self._n_summed + n_words > MAX_SUMMED:
            return candidates[0]
        self._n_summed += n_words
        return min(candidates, key=self._divergence)

    def _divergence(self, index: int) -> float:
        joint = Counter(self._words.content[index])
        joint.update(self._summary)
        length = float(len(self._words.content[index]) + self._summary_length)
        divergence = 0.0
        # Not by sum(), which rounds differently since Python 3.12.
        for word, count in joint.items():
            probability = self._words.probabilities.get(word)
            if probability:
                divergence += probability * math.log(probability / (count / length))
        return divergence
