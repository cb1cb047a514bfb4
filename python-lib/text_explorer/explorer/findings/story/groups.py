"""Findings on groups: the topic most typical of a value of a group column."""

from __future__ import annotations

from typing import NamedTuple, Optional

import numpy as np
from scipy.special import bdtrc

from text_explorer.explorer.findings.scope import Scope, interval_json
from text_explorer.explorer.findings.sentences import group_part, number_part, ratio_part, share_part, topic_part
from text_explorer.explorer.findings.story.page import Page, bars, share_bar
from text_explorer.explorer.topic_answers.statistics import FEWEST_IN_GROUP
from text_explorer.topics.prevalence.intervals import CONFIDENCE, difference_interval

MOST_FINDINGS, N_BARS = 2, 8
FEWEST_OF_TOPIC = 5
"""Documents of the topic in the group."""

_RULE = (
    "The share of each topic in each group is compared with its share in all other documents. Of each group column, "
    "the pair is told whose difference is the largest at the lower end of its interval (Newcombe's method 10, 95% for "
    f"all groups and topics together by Bonferroni), if that is above 0 and the binomial test agrees. Groups need "
    f"{FEWEST_IN_GROUP} documents with a topic, and {FEWEST_OF_TOPIC} of the topic."
)


class _Pair(NamedTuple):
    """A topic typical of a group; its interval is of the difference from all other documents."""

    low: float
    high: float
    confidence: float
    column: int
    code: int
    topic: int


def typical_groups(page: Page) -> None:
    """Return, for at most two group columns, the topic that is most typical of a group."""
    assigned = page.scope.part(page.scope.topics >= 0)
    names = page.scope.index.documents.group_names
    if not names:
        return
    found = [pair for column in range(len(names)) if (pair := _most_typical(assigned, column)) is not None]
    for pair in sorted(found, key=lambda pair: (-pair.low, pair.column))[:MOST_FINDINGS]:
        _tell(page, assigned, pair)
    if not found:
        columns = ", ".join(f"'{name}'" for name in names)
        sentence = f"No topic is typical of a group of {columns}: differences are within chance, or groups too small."
        page.leave_unsaid("group", sentence, _RULE, assigned.n)


def _most_typical(assigned: Scope, column: int) -> Optional[_Pair]:
    counts, of_group = _counts(assigned, column)
    codes = np.flatnonzero((of_group >= FEWEST_IN_GROUP) & (of_group < assigned.n))
    if not len(codes) or not len(assigned.visible):
        return None
    own, n_own = counts[codes], of_group[codes][:, None]
    rest, n_rest = assigned.counts[assigned.visible] - own, assigned.n - n_own
    confidence = 1 - (1 - CONFIDENCE) / own.size
    low, high = difference_interval(rest / n_rest, n_rest, own / n_own, n_own, confidence)
    sure = np.where(is_beyond_chance(own, n_own, rest, n_rest, confidence), low, 0.0)
    if not sure.any():
        return None
    group, place = np.unravel_index(int(np.argmax(sure)), sure.shape)
    at = group, place
    return _Pair(float(low[at]), float(high[at]), confidence, column, int(codes[group]), assigned.visible[place])


def is_beyond_chance(
    own: np.ndarray, n_own: np.ndarray, rest: np.ndarray, n_rest: np.ndarray, confidence: float
) -> np.ndarray:
    """Return whether a topic is more frequent in a group than in the rest: bool array of the shape of ``own``.

    Beside the interval, the binomial test must say so: among thousands of groups and topics, intervals from normal
    approximations exclude 0 too often where counts are small.
    """
    low, _ = difference_interval(rest / n_rest, n_rest, own / n_own, n_own, confidence)
    by_chance = bdtrc(own - 1, n_own, rest / n_rest)  # of so many or more, at the share of the rest
    return np.asarray((low > 0) & (own >= FEWEST_OF_TOPIC) & (by_chance < (1 - confidence) / 2))


def _counts(assigned: Scope, column: int) -> tuple[np.ndarray, np.ndarray]:
    """Count documents by value and visible topic, and by value; cells without a value are in none."""
    documents = assigned.index.documents
    codes = np.asarray(documents.groups[column][assigned.rows])
    n_values, n_topics = len(documents.group_values[column]), assigned.index.edits.n_topics
    is_value = codes >= 0
    cells = codes[is_value].astype(np.int64) * n_topics + assigned.topics[is_value]
    counts = np.bincount(cells, minlength=n_values * n_topics).reshape(n_values, n_topics)
    return counts[:, assigned.visible], counts.sum(axis=1)


def _tell(page: Page, assigned: Scope, pair: _Pair) -> None:
    documents = page.scope.index.documents
    counts, of_group = _counts(assigned, pair.column)
    of_topic = counts[:, assigned.visible.index(pair.topic)]
    n_own, n_group = int(of_topic[pair.code]), int(of_group[pair.code])
    rest = (assigned.counts[pair.topic] - n_own) / (assigned.n - n_group)
    value, name = documents.group_values[pair.column][pair.code], documents.group_names[pair.column]
    times = [" (", ratio_part(n_own / n_group / rest), ")"] if rest else []
    own = assigned.part(np.asarray(documents.groups[pair.column][assigned.rows]) == pair.code)
    eligible = np.flatnonzero(of_group >= FEWEST_IN_GROUP)
    shown = eligible[np.argsort(-of_topic[eligible] / of_group[eligible], kind="stable")][:N_BARS]
    of_chart = [
        share_bar(int(of_topic[code]), int(of_group[code]), label=documents.group_values[pair.column][code])
        for code in shown.tolist()
    ]
    filters = [f"{column}:{other}" for column, other in page.selection.groups if column != pair.column]
    page.tell(
        "group", [pair.topic],
        [
            topic_part(pair.topic), f" is most typical of {name} ", group_part(value, pair.column), ": ",
            share_part(n_own / n_group), " of its ", number_part(n_group), " documents, ", share_part(rest),
            " of all others", *times, ".",
        ],
        _RULE, n=assigned.n, number=pair.column,
        interval=interval_json(pair.low, pair.high, "Newcombe", pair.confidence),
        chart=bars("share", of_chart, float(assigned.counts[pair.topic] / assigned.n)),
        quotes=page.quotes(pair.topic, own),
        view=page.view("documents", topic=pair.topic, g=[*filters, f"{pair.column}:{value}"]),
    )  # fmt: skip
