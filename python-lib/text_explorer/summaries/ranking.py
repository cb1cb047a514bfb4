"""One door to all methods: a score for each sentence of a document."""

from __future__ import annotations

from typing import Callable, NamedTuple, Optional

import numpy as np

from text_explorer.summaries import settings as names
from text_explorer.summaries.baselines import lead, random_scores
from text_explorer.summaries.document import Document
from text_explorer.summaries.graph_ranking import lexrank, textrank
from text_explorer.summaries.settings import SummarySettings
from text_explorer.summaries.vector_ranking import centroid, lsa


class Limit(NamedTuple):
    """How much of a document a method ranks."""

    n_sentences: int
    n_words: int


LIMITS = {
    names.TEXTRANK: Limit(2_000, 10_000_000),
    names.LSA: Limit(10_000, 10_000_000),
    names.LUHN: Limit(2_000, 50_000),
    names.EDMUNDSON: Limit(5_000, 1_000_000),
    names.SUMBASIC: Limit(1_000, 50_000),
    names.REDUCTION: Limit(400, 10_000),
    names.KL: Limit(100, 5_000),
}
"""What a method can rank in about a second. Their time or memory grows with the square of the sentences and more (kl:
the cube), so that one long text could hold up a run for hours. Methods that are not here have no limit."""


def rank_sentences(document: Document, settings: SummarySettings) -> np.ndarray:
    """Score the sentences of a document; the higher, the better.

    Parameters
    ----------
    document
        Any document.
    settings
        Method and what belongs to it.

    Returns
    -------
    ndarray of shape (n_sentences,)
        Finite numbers on a scale of the method's own. In a document beyond the limit of its method
        (``LIMITS``), the sentences nearest to the centroid are scored, and all others get the lowest score.
    """
    if document.n_sentences == 0:
        return np.empty(0)
    score = _METHODS[settings.method]
    kept = _within_limit(document, LIMITS.get(settings.method))
    if len(kept) == document.n_sentences:
        return score(document, settings)
    kept_scores = score(document.part(kept.tolist()), settings)
    scores = np.full(document.n_sentences, kept_scores.min())
    scores[kept] = kept_scores
    return scores


def _within_limit(document: Document, limit: Optional[Limit]) -> np.ndarray:
    """Give the indices of the sentences a method ranks, in their order; one at least."""
    everything = np.arange(document.n_sentences)
    n_words = np.array([sentence.n_words for sentence in document.sentences])
    if limit is None or (document.n_sentences <= limit.n_sentences and n_words.sum() <= limit.n_words):
        return everything
    # Rounded, so that sentences of the same words stay in their order.
    nearest = np.argsort(-np.round(centroid(document.vectors), 10), kind="stable")
    n_kept = np.searchsorted(np.cumsum(n_words[nearest]), limit.n_words, side="right")
    return np.sort(nearest[: max(1, min(limit.n_sentences, int(n_kept)))])


def _sumy(document: Document, settings: SummarySettings) -> np.ndarray:
    # Imported late: sumy takes a second to load, and the default method never needs it.
    from text_explorer.summaries.sumy_ranking import sumy_scores  # noqa: PLC0415

    return sumy_scores(document, settings)


_METHODS: dict[str, Callable[[Document, SummarySettings], np.ndarray]] = {
    names.LEXRANK: lambda document, _: lexrank(document.vectors),
    names.TEXTRANK: lambda document, _: textrank(document.counts),
    names.CENTROID: lambda document, _: centroid(document.vectors),
    names.LSA: lambda document, _: lsa(document.counts),
    names.LEAD: lambda document, _: lead(document),
    names.RANDOM: lambda document, settings: random_scores(document, settings.seed),
    **dict.fromkeys((names.LUHN, names.EDMUNDSON, names.KL, names.SUMBASIC, names.REDUCTION), _sumy),
}
