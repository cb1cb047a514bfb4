"""One door to all methods: a score for each sentence of a document."""

from __future__ import annotations

from typing import Callable, NamedTuple, Optional

import numpy as np

from text_explorer.summaries.ranking.baselines import lead, random_scores
from text_explorer.summaries.ranking.frequency import luhn, sumbasic
from text_explorer.summaries.ranking.graph import lexrank, reduction, textrank
from text_explorer.summaries.ranking.kl import kl
from text_explorer.summaries.ranking.position import favour_first, places
from text_explorer.summaries.ranking.query import query_cosines
from text_explorer.summaries.ranking.vector import centroid, lsa
from text_explorer.summaries.sentences import settings as names
from text_explorer.summaries.sentences.document import Document
from text_explorer.summaries.sentences.settings import SummarySettings
from text_explorer.summaries.sumy.compatible import DENSE_SENTENCES, sumy_compatible_scores


class Limit(NamedTuple):
    """How much of a document a method ranks."""

    n_sentences: int
    n_words: int


LIMITS = {
    names.LSA: Limit(20_000, 10_000_000),
    names.EDMUNDSON: Limit(20_000, 2_000_000),
}
"""What a method can rank in about two seconds, so that one long text holds up no run. Methods that are not here have no
limit: their time grows with the number of words alone."""

SUMY_COMPATIBLE_LIMITS = {names.LEXRANK: Limit(DENSE_SENTENCES, 10_000_000)}
"""The same for the methods that follow sumy, whose LexRank links each sentence to each."""


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
        Finite numbers on a scale of the method's own. In a document beyond the limit of its method (``LIMITS``,
        ``SUMY_COMPATIBLE_LIMITS``), the sentences nearest to the centroid are scored, and all others get the lowest
        score.
    """
    if document.n_sentences == 0:
        return np.empty(0)
    limits = SUMY_COMPATIBLE_LIMITS if settings.follows_sumy else LIMITS
    kept = _within_limit(document, limits.get(settings.method))
    if len(kept) == document.n_sentences:
        return _weighed_scores(document, settings, places(document))
    kept_scores = _weighed_scores(document.part(kept.tolist()), settings, places(document)[kept])
    scores = np.full(document.n_sentences, kept_scores.min())
    scores[kept] = kept_scores
    return scores


def _weighed_scores(document: Document, settings: SummarySettings, place_of: np.ndarray) -> np.ndarray:
    if settings.follows_sumy:
        return sumy_compatible_scores(document, settings)
    scores = _METHODS[settings.method](document, settings)
    return scores if settings.method in names.BASELINES else favour_first(scores, place_of, settings.position_weight)


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


def _asked_for(document: Document, settings: SummarySettings) -> Optional[np.ndarray]:
    return query_cosines(document, settings.query) if settings.query.strip() else None


def _edmundson(document: Document, settings: SummarySettings) -> np.ndarray:
    # Imported late: sumy takes a second to load, and the default method never needs it.
    from text_explorer.summaries.sumy.edmundson import edmundson  # noqa: PLC0415

    return edmundson(document, settings)


_METHODS: dict[str, Callable[[Document, SummarySettings], np.ndarray]] = {
    names.LEXRANK: lambda document, settings: lexrank(document.vectors, _asked_for(document, settings)),
    names.CENTROID: lambda document, settings: centroid(document.vectors, _asked_for(document, settings)),
    names.TEXTRANK: lambda document, _: textrank(document.counts),
    names.REDUCTION: lambda document, _: reduction(document.counts),
    names.KL: lambda document, _: kl(document),
    names.LSA: lambda document, _: lsa(document.counts),
    names.LEAD: lambda document, _: lead(document),
    names.RANDOM: lambda document, settings: random_scores(document, settings.seed),
    names.LUHN: lambda document, _: luhn(document),
    names.SUMBASIC: lambda document, _: sumbasic(document.counts),
    names.EDMUNDSON: _edmundson,
}
