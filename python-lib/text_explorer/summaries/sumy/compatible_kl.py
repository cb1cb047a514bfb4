"""Choose the sentences that sumy's KL-Sum chooses, with its ways: see `kl_as_sumy`."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from text_explorer.corpus.words.tokens import words_and_spans
from text_explorer.summaries.ranking.kl import MOST_RANKED, Divergences, KLWords, content_words, shares_of
from text_explorer.summaries.sentences.document import Document
from text_explorer.summaries.sentences.settings import PERCENT, SENTENCES, SummarySettings

NEARLY_EQUAL = 1e-9
"""Divergences that differ by less are summed once more in the order of sumy."""

MOST_SUMMED = 2_000_000
"""Words summed once more for one document, in about a second; from then on the earlier sentence is chosen."""

MOST_CHOSEN = 5_000
"""Choices made for one document; sumy itself would need days for them."""


def kl_as_sumy(document: Document, settings: SummarySettings, text_ids: np.ndarray) -> np.ndarray:
    """Give ratings of sumy's KLSummarizer, as far as they are needed for the budget.

    Its ways are kept: stop words are left out before words are brought to lower case, so that *The* counts in the
    document's mix of words; the words of the summary are taken as they are written; and a sentence that reads like one
    rated already takes the rating along to its own, later place.

    Parameters
    ----------
    document
        At least one sentence.
    settings
        The budget. In words or characters, of which sumy knows nothing, ``MOST_RANKED`` sentences are rated.
    text_ids
        Array of shape (n_sentences,): the same number for sentences of the same text, from 0.

    Returns
    -------
    ndarray of shape (n_sentences,)
        0 for the best, and so on down to the last one needed, or until ``MOST_CHOSEN`` are chosen; all others have the
        lowest rating.
    """
    words = kl_words_as_sumy(document)
    divergences, sums = Divergences(words), _Sums(words)
    counted = settings.budget_unit in (PERCENT, SENTENCES)
    n_wanted = settings.n_sentences_of(document.n_sentences) if counted else MOST_RANKED
    n_copies, n_left = np.bincount(text_ids), np.bincount(text_ids)
    ratings: dict[int, int] = {}
    # A rating is sure when all sentences of the text are chosen, and above what any other can still get.
    n_sure = n_pending = 0
    for _ in range(min(document.n_sentences, MOST_CHOSEN)):
        if n_sure >= n_wanted:
            break
        best = sums.best(divergences.all())
        text = int(text_ids[best])
        n_left[text] -= 1
        if text not in ratings:
            n_sure, n_pending = n_sure + n_pending, 0
            n_sure += int(n_copies[text] == 1)
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
    return KLWords(content_words(document), written, shares_of(counted))


def _written_words(document: Document) -> Iterator[list[str]]:
    """Yield the words of each sentence with their capitals."""
    preparation = replace(document.words.preparation, lower_case=False)
    source = -1
    for sentence in document.sentences:
        if sentence.source != source:
            source = sentence.source
            forms, starts, _ = words_and_spans(document.texts[source], preparation, document.languages[source])
        following = bisect_left(starts, sentence.end)
        yield forms[following - sentence.n_words : following]


class _Sums:
    """Divergences summed word by word in the order in which sumy's dictionaries hold the words."""

    def __init__(self, words: KLWords):
        self._words = words
        ids: dict[tuple[str, ...], int] = {}
        self._content_ids = np.array([ids.setdefault(tuple(sentence), len(ids)) for sentence in words.content])
        self._summary: Counter[str] = Counter()
        self._summary_length = 0
        self._n_summed = 0

    def choose(self, index: int) -> None:
        """Put a sentence into the summary."""
        self._summary.update(self._words.whole[index])
        self._summary_length += len(self._words.whole[index])

    def best(self, divergences: np.ndarray) -> int:
        """Find the first sentence of the smallest divergence, as sumy's rounding has it."""
        nearly_best = np.flatnonzero(divergences <= divergences.min() + NEARLY_EQUAL)
        # Sentences of the same content words have the same divergence, to the last bit.
        _, first = np.unique(self._content_ids[nearly_best], return_index=True)
        candidates = nearly_best[np.sort(first)].tolist()
        n_words = sum(len(self._words.content[index]) + len(self._summary) for index in candidates)
        if len(candidates) == 1 or self._n_summed + n_words > MOST_SUMMED:
            return candidates[0]
        self._n_summed += n_words
        return min(candidates, key=self._divergence)

    def _divergence(self, index: int) -> float:
        joint = Counter(self._words.content[index])
        joint.update(self._summary)
        length = float(len(self._words.content[index]) + self._summary_length)
        divergence = 0.0
        # Not by sum(), which rounds in another way since Python 3.12.
        for word, count in joint.items():
            share = self._words.shares.get(word)
            if share:
                divergence += share * math.log(share / (count / length))
        return divergence
