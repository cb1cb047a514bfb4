"""Score the sentences of a document by any method."""

from __future__ import annotations

from dataclasses import replace
from typing import Callable, NamedTuple, Optional

import numpy as np

from text_explorer.summaries.ranking.centroid import centroid
from text_explorer.summaries.ranking.kl import kl
from text_explorer.summaries.ranking.lexrank import lexrank
from text_explorer.summaries.ranking.lsa import lsa
from text_explorer.summaries.ranking.luhn import luhn
from text_explorer.summaries.ranking.position import lead, sentence_positions, weight_by_position
from text_explorer.summaries.ranking.query import query_cosines
from text_explorer.summaries.ranking.random_baseline import random_scores
from text_explorer.summaries.ranking.reduction import reduction
from text_explorer.summaries.ranking.sumbasic import sumbasic
from text_explorer.summaries.ranking.textrank import textrank
from text_explorer.summaries.sentences import settings as names
from text_explorer.summaries.sentences.document import Document
from text_explorer.summaries.sentences.settings import SummarySettings
from text_explorer.summaries.sumy.compatible import DENSE_SENTENCES, sumy_compatible_scores


class Limit(NamedTuple):
    """The largest document a method ranks as a whole."""

    n_sentences: int
    n_words: int


LIMITS = {names.LSA: Limit(20_000, 10_000_000), names.EDMUNDSON: Limit(20_000, 2_000_000)}
"""What a method can rank in about two seconds, so that one long text does not delay a run. Other methods have no limit:
their time grows only with the number of words."""

SUMY_COMPATIBLE_LIMITS = {names.LEXRANK: Limit(DENSE_SENTENCES, 10_000_000)}
"""The same for methods compatible with sumy, whose LexRank compares all pairs of sentences."""


def settings_with_query(document: Document, settings: SummarySettings) -> SummarySettings:
    """Return the settings for a document: ``WITH_QUERY`` replaces SumBasic where a word of the query occurs."""
    if settings.method != names.SUMBASIC or _query_cosines(document, settings) is None:
        return settings
    preset = names.WITH_QUERY
    return replace(settings, method=preset.method, min_words=preset.min_words, redundancy=preset.redundancy)


def rank_sentences(document: Document, settings: SummarySettings) -> np.ndarray:
    """Score the sentences of a document; the higher, the better.

    The scores, of shape (n_sentences,), are finite and on a scale of the method's own. In a document beyond the limit
    of its method (``LIMITS``, ``SUMY_COMPATIBLE_LIMITS``), the sentences nearest to the centroid are scored; all others
    get the lowest score.
    """
    if document.n_sentences == 0:
        return np.empty(0)
    limits = SUMY_COMPATIBLE_LIMITS if settings.follows_sumy else LIMITS
    kept = _within_limit(document, limits.get(settings.method))
    if len(kept) == document.n_sentences:
        return _weighted_scores(document, settings, sentence_positions(document))
    kept_scores = _weighted_scores(document.part(kept.tolist()), settings, sentence_positions(document)[kept])
    scores = np.full(document.n_sentences, kept_scores.min())
    scores[kept] = kept_scores
    return scores


def _weighted_scores(document: Document, settings: SummarySettings, positions: np.ndarray) -> np.ndarray:
    if settings.follows_sumy:
        return sumy_compatible_scores(document, settings)
    scores = _METHODS[settings.method](document, settings)
    if settings.method in names.BASELINES:
        return scores
    return weight_by_position(scores, positions, settings.position_weight)


def _within_limit(document: Document, limit: Optional[Limit]) -> np.ndarray:
    """Return the indices of the sentences a method ranks, in their order; at least one."""
    everything = np.arange(document.n_sentences)
    n_words = np.array([sentence.n_words for sentence in document.sentences])
    if limit is None or (document.n_sentences <= limit.n_sentences and n_words.sum() <= limit.n_words):
        return everything
    # Rounded, so that sentences with the same words stay in their order.
    nearest = np.argsort(-np.round(centroid(document.vectors), 10), kind="stable")
    n_kept = np.searchsorted(np.cumsum(n_words[nearest]), limit.n_words, side="right")
    return np.sort(nearest[: max(1, min(limit.n_sentences, int(n_kept)))])


def _query_cosines(document: Document, settings: SummarySettings) -> Optional[np.ndarray]:
    return query_cosines(document, settings.query) if settings.query.strip() else None


def _edmundson(document: Document, settings: SummarySettings) -> np.ndarray:
    # Imported late: sumy takes a second to load, and most methods do not need it.
    from text_explorer.summaries.sumy.edmundson import edmundson  # noqa: PLC0415

    return edmundson(document, settings)


_METHODS: dict[str, Callable[[Document, SummarySettings], np.ndarray]] = {
    names.LEXRANK: lambda document, settings: lexrank(document.vectors, _query_cosines(document, settings)),
    names.CENTROID: lambda document, settings: centroid(document.vectors, _query_cosines(document, settings)),
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
