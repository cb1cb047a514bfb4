"""Findings on the sizes of topics: the largest, and those that rose or fell the most."""

from __future__ import annotations

from typing import Any

import numpy as np

from text_explorer.explorer.documents.counts_over_time import count_by_time
from text_explorer.explorer.findings.scope import Scope, interval_json, span_json
from text_explorer.explorer.findings.sentences import Part, listed, points_part, share_part, span_part, topic_part
from text_explorer.explorer.findings.story.page import Page, bars, share_bar
from text_explorer.explorer.index.document_columns import NO_DAY
from text_explorer.topics.prevalence.intervals import CONFIDENCE, difference_interval

N_LARGEST, N_BARS = 3, 8
N_SPANS = 3
"""The first and the last third of the dated documents are compared."""
FEWEST_IN_SPAN = 30
"""Documents with a topic in each of the two thirds."""

_LARGEST = (
    "Topics by the number of documents whose main topic they are. Shares are of the documents with a topic, with "
    "Wilson's 95% interval."
)
_TRENDS = (
    "The dated documents with a topic are put in order; the shares of each topic in the first and in the last third "
    "are compared. The topic of the largest difference is told if the interval of the difference (Newcombe's method "
    f"10, 95% for all topics together by Bonferroni) excludes 0. Each third needs {FEWEST_IN_SPAN} documents."
)


def largest(page: Page) -> None:
    """Return the finding on the largest topics."""
    scope, topics = page.scope, page.by_size
    if not topics:
        page.leave_unsaid("largest", "All documents are in hidden topics.", _LARGEST, scope.n_assigned)
        return
    of_chart = [share_bar(int(scope.counts[topic]), scope.n_assigned, topic=topic) for topic in topics[:N_BARS]]
    first = of_chart[0]
    page.tell(
        "largest", topics[:N_LARGEST], _sentence_of_largest(scope, topics), _LARGEST, n=scope.n_assigned,
        interval=interval_json(first["low"], first["high"], "Wilson"), chart=bars("share", of_chart),
        quotes=page.quotes_of_each(topics[:N_LARGEST]), view=page.view("overview", order="share"),
    )  # fmt: skip


def _sentence_of_largest(scope: Scope, topics: list[int]) -> list[Part]:
    shares = {topic: share_part(scope.counts[topic] / scope.n_assigned) for topic in topics[:N_LARGEST]}
    if len(topics) == 1:
        only = topics[0]
        return ["The only topic here is ", topic_part(only), ": ", shares[only], " of the documents with a topic."]
    shown = [[topic_part(topic), " (", share, ")"] for topic, share in shares.items()]
    return ["The largest topics, by share of documents, are ", *listed(shown), "."]


def trends(page: Page) -> None:
    """Find the topics that rose and fell the most between the first and the last third of the dated documents."""
    if page.scope.index.documents.day is None:
        return
    dated = page.scope.part((page.scope.days != NO_DAY) & (page.scope.topics >= 0))
    spans = _thirds(dated)
    if spans is None:
        page.leave_unsaid("rising", _too_few(dated), _TRENDS, dated.n)
        return
    first, last = spans
    then, now = (scope.counts[scope.visible] / scope.n for scope in spans)
    confidence = 1 - (1 - CONFIDENCE) / max(len(dated.visible), 1)
    low, high = difference_interval(then, first.n, now, last.n, confidence)
    told = [_trend(page, spans, kind, then, now, (low, high), confidence) for kind in ("rising", "falling")]
    if not any(told):
        sentence = (
            f"No topic rose or fell by more than chance between {span_json(first)['label']} and "
            f"{span_json(last)['label']}."
        )
        page.leave_unsaid("rising", sentence, _TRENDS, first.n + last.n)


def _too_few(dated: Scope) -> str:
    fewest = N_SPANS * FEWEST_IN_SPAN
    if dated.n >= fewest:
        return "Too many documents have the same date for a trend: the first and the last third have days in common."
    return f"Too few dated documents for a trend: {dated.n:,}, at least {fewest} are needed."


def _thirds(dated: Scope) -> tuple[Scope, Scope] | None:
    """Return the first and the last third by date, whole days, None where these are too few or not apart."""
    if dated.n < N_SPANS * FEWEST_IN_SPAN:
        return None
    in_order = np.sort(dated.days)
    size = dated.n // N_SPANS
    last_of_first, first_of_last = in_order[size - 1], in_order[dated.n - size]
    if last_of_first >= first_of_last:
        return None
    return dated.part(dated.days <= last_of_first), dated.part(dated.days >= first_of_last)


def _trend(
    page: Page, spans: tuple[Scope, Scope], kind: str, then: np.ndarray, now: np.ndarray,
    interval: tuple[np.ndarray, np.ndarray], confidence: float,
) -> bool:  # fmt: skip
    """Add the topic that rose (or fell) the most; return whether there is one."""
    rises = kind == "rising"
    is_sure = interval[0] > 0 if rises else interval[1] < 0
    if not is_sure.any():
        return False
    difference = now - then
    place = int(np.argmax(np.where(is_sure, np.abs(difference), -1)))
    topic = page.scope.visible[place]
    described = [span_json(scope) for scope in spans]
    page.tell(
        kind, [topic],
        [
            topic_part(topic), f" {'rose' if rises else 'fell'} the most: from ", share_part(then[place]),
            " of the documents in ", span_part(described[0]), " to ", share_part(now[place]), " in ",
            span_part(described[1]), " (", points_part(difference[place]), ").",
        ],
        _TRENDS, n=spans[0].n + spans[1].n,
        interval=interval_json(interval[0][place], interval[1][place], "Newcombe", confidence),
        chart=_trend_chart(page, topic, described), quotes=page.quotes(topic, spans[1 if rises else 0]),
        view=page.view("time", topic=topic),
    )  # fmt: skip
    return True


def _trend_chart(page: Page, topic: int, spans: list[dict[str, Any]]) -> dict[str, Any]:
    """Count a topic by period."""
    index = page.scope.index
    counted = count_by_time(index, page.selection)
    totals = np.sum(list(counted["topics"].values()), axis=0)
    members = [member for member in index.edits.members_of(topic) if member in counted["topics"]]
    own = np.sum([counted["topics"][member] for member in members], axis=0)
    points = [
        {"start": period["start"], "label": period["label"], "n": int(n), "of": int(of)}
        for period, n, of in zip(counted["periods"], own, totals)
    ]
    return {
        "type": "trend", "topic": topic, "granularity": counted["granularity"], "points": points, "spans": spans
    }  # fmt: skip
