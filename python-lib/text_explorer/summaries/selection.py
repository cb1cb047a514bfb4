"""Select the sentences of a summary by their scores, within the budget and without repetition or fragments.

References
----------
J. Carbonell and J. Goldstein (1998). The Use of MMR, Diversity-Based Reranking for Reordering Documents and Producing
Summaries. SIGIR, 335-336. With lambda = 1 - redundancy, the next sentence maximizes
``lambda * relevance - (1 - lambda) * largest cosine with a chosen sentence``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

import numpy as np

from text_explorer.summaries.sentences.completeness import complete_sentences, presentable_sentences
from text_explorer.summaries.sentences.document import Document, Sentence
from text_explorer.summaries.sentences.settings import BASELINES, CHARACTERS, WORDS, SummarySettings
from text_explorer.summaries.sentences.vectors import similarities_to

DUPLICATE_COSINE = 0.95
"""Sentences at least this similar are duplicates."""

MAX_COMPARED = 1_000
"""Sentences chosen one by one and checked for repetition; the rest of a longer summary is chosen by score alone, since
each choice compares the whole document."""

DECIMALS = 10
"""Scores that differ only beyond these decimals differ by rounding; the position in the text decides."""


def select(
    document: Document,
    scores: np.ndarray,
    settings: SummarySettings,
    *,
    drop_duplicates: bool,
    keep_fragments: bool = False,
) -> list[int]:
    """Choose sentences one by one until the budget is used up; return their indices in the order of choice.

    In budgets of words and characters, sentences that are longer than the rest of the budget are skipped. If no
    sentence fits, the best one is returned although it exceeds the budget (see `exceeds_budget`).

    With `drop_duplicates`, a sentence that repeats a chosen one is never chosen, even if this makes the summary
    shorter; ``settings.follows_sumy`` ignores it. With `keep_fragments`, these follow the other sentences.
    """
    costs, budget = _costs(document, settings)
    if settings.follows_sumy:
        ranked = np.argsort(-scores, kind="stable")
        return _fill(ranked, np.ones(document.n_sentences, dtype=bool), costs, budget) or ranked[:1].tolist()
    redundancy = 0.0 if settings.method in BASELINES else settings.redundancy
    whole = _whole_sentences(document, settings)
    relevance = (1.0 - redundancy) * scaled(scores)
    similarity = np.zeros(document.n_sentences)
    remaining = np.full(document.n_sentences, keep_fragments) | whole
    wordless = _wordless(document) if drop_duplicates else {}
    chosen: list[int] = []
    while len(chosen) < MAX_COMPARED:
        candidates = remaining & (costs <= budget)
        if not candidates.any() and not chosen:
            candidates = remaining
        gains = np.round(relevance - redundancy * similarity, DECIMALS)
        best = _best(gains, candidates, whole)
        if best is None:
            return chosen
        chosen.append(best)
        budget -= costs[best]
        remaining[best] = False
        if redundancy > 0 or drop_duplicates:
            similarities = similarities_to(document.vectors, best)
            similarity = np.maximum(similarity, similarities)
            if drop_duplicates:
                remaining &= similarities < DUPLICATE_COSINE
                remaining[wordless.get(normalized_text(document, best), [])] = False
    return chosen + _fill(np.lexsort((-relevance, ~whole)), remaining, costs, budget)


def has_sentence(document: Document, indices: Sequence[int], settings: SummarySettings) -> bool:
    """Return whether one of these sentences has the minimum number of content words, which sumy does not have."""
    return settings.follows_sumy or any(
        _n_content_words(document.sentences[index]) >= settings.min_words for index in indices
    )


def _whole_sentences(document: Document, settings: SummarySettings) -> np.ndarray:
    """Return which sentences may be chosen before the others, the fragments, as a bool array (n_sentences,).

    They have the minimum number of content words; if no sentence has that many, it is halved until one has. If some of
    them are complete, or at least no code and no parts of sentences, only these are returned. Without a minimum, every
    sentence is.
    """
    n_words, minimum = np.array(list(map(_n_content_words, document.sentences))), settings.min_words
    while minimum > n_words.max():
        minimum //= 2
    whole: np.ndarray = n_words >= minimum
    if minimum > 0:
        for flags_of in (complete_sentences, presentable_sentences):
            preferred: np.ndarray = whole & flags_of(document)
            if preferred.any():
                return preferred
    return whole


def _n_content_words(sentence: Sentence) -> int:
    """Count the distinct content words of a sentence, but not numbers and time stamps, which have no letter."""
    terms = set(sentence.terms)
    if "".join(terms).isalpha():  # most sentences have only letters
        return len(terms)
    return sum(any(map(str.isalpha, term)) for term in terms)


def exceeds_budget(document: Document, index: int, settings: SummarySettings) -> bool:
    """Return whether a sentence is longer than the budget."""
    costs, budget = _costs(document, settings)
    return bool(costs[index] > budget)


def _best(gains: np.ndarray, candidates: np.ndarray, whole: np.ndarray) -> Optional[int]:
    """Return the candidate of the largest gain, fragments last; None without candidates."""
    preferred = candidates & whole
    pool = preferred if preferred.any() else candidates
    return int(np.argmax(np.where(pool, gains, -np.inf))) if pool.any() else None


def _fill(ranked: np.ndarray, remaining: np.ndarray, costs: np.ndarray, budget: int) -> list[int]:
    """Choose sentences by score alone as long as they fit."""
    chosen = []
    for index in ranked[remaining[ranked]].tolist():
        if costs[index] <= budget:
            chosen.append(index)
            budget -= costs[index]
    return chosen


def is_within_budget(document: Document, settings: SummarySettings) -> bool:
    """Return whether the whole document is within the budget."""
    if settings.budget_unit == WORDS:
        return int(_costs(document, settings)[0].sum()) <= settings.budget
    if settings.budget_unit == CHARACTERS:
        return len(" ".join(text.strip() for text in document.texts)) <= settings.budget
    return document.n_sentences <= settings.n_sentences_of(document.n_sentences)


def _costs(document: Document, settings: SummarySettings) -> tuple[np.ndarray, int]:
    """Return the cost of each sentence, and the budget."""
    if settings.budget_unit == WORDS:
        # A line without words costs as much as a word, or all such lines would always fit.
        return np.array([max(sentence.n_words, 1) for sentence in document.sentences]), settings.budget
    if settings.budget_unit == CHARACTERS:
        # Each sentence but the first needs a space.
        return np.array([sentence.end - sentence.start + 1 for sentence in document.sentences]), settings.budget + 1
    return np.ones(document.n_sentences, dtype=np.int64), settings.n_sentences_of(document.n_sentences)


def scaled(scores: np.ndarray) -> np.ndarray:
    """Scale scores to 0 to 1, to compare them with cosines; scores that differ only by rounding become equal."""
    largest = np.abs(scores).max()
    rounded = np.round(scores / largest, DECIMALS) if largest > 0 else scores
    low, high = rounded.min(), rounded.max()
    return (rounded - low) / (high - low) if high > low else np.zeros(len(scores))


def _wordless(document: Document) -> dict[str, list[int]]:
    """Return the sentences without content words, which have no cosines, by their normalized text."""
    indices: dict[str, list[int]] = {}
    for index in np.flatnonzero(document.n_distinct_terms == 0).tolist():
        indices.setdefault(normalized_text(document, index), []).append(index)
    return indices


def normalized_text(document: Document, index: int) -> str:
    """Return the words of a sentence in their normal form, or its text where it has no words."""
    return " ".join(document.sentences[index].words) or document.text_of(index)
