"""What changed: the last period against those before, this model against others or its training."""

from __future__ import annotations

from collections import Counter
from typing import Any, Optional

import numpy as np

from text_explorer.explorer.documents.selection import Selection
from text_explorer.explorer.findings.compare import FEWEST_DOCUMENTS, RULE_OF_TOPICS, compare_topics
from text_explorer.explorer.findings.distinctive_words.comparison import RULE, RULE_OF_DOCUMENTS, compare_words
from text_explorer.explorer.findings.drift import drift
from text_explorer.explorer.findings.last_period import last_period
from text_explorer.explorer.findings.previous_model import since_previous_model
from text_explorer.explorer.findings.scope import Scope, by_chance, interval_json, share_rows, span_json
from text_explorer.explorer.findings.sentences import unsaid
from text_explorer.explorer.index.other_documents import document_flow
from text_explorer.explorer.index.reader import IndexReader, read_report
from text_explorer.explorer.shared.errors import BadRequestError, NotFoundError
from text_explorer.explorer.topic_answers.entries import TopicEntries
from text_explorer.explorer.topic_answers.model_match import (
    other_model,
    why_no_drift,
    why_no_other_model,
    why_no_previous_model,
)
from text_explorer.explorer.topic_answers.statistics import why_no_time
from text_explorer.topics.prevalence.intervals import CONFIDENCE, wilson_interval

BEFORE, OTHER, DRIFT, PREVIOUS = AGAINST = ("before", "other", "drift", "previous")
NEW, GROWN, SHRUNK, VANISHED, SAME = CHANGES = ("new", "grown", "shrunk", "vanished", "same")
MOST_CELLS = 200

_NAMES = ("then", "now")
_RULE_OF_PERIODS = (
    f"{RULE_OF_TOPICS} Of those that differ, a topic without documents before is new, and one without documents since "
    "has vanished."
)
_RULE_OF_RUNS = (
    "Topics of the two runs are matched by their ten top terms: one to one, with the largest sum of Jaccard indices. "
    f"One without a match is new or has vanished. {RULE_OF_TOPICS} For two runs on the same documents, this interval "
    "is wider than needed. Shares of the other run are those of its dataset of topics."
)
_RULE_OF_MOVED = (
    "Documents in both runs whose topic in this run is not the match of their topic in the other, or that have a topic "
    "in one run alone. Wilson's 95% interval."
)


def changes(index: IndexReader, selection: Selection, against: Optional[str], since: Optional[int]) -> dict[str, Any]:
    """Describe what changed.

    Parameters
    ----------
    against
        ``before`` for the documents before the last period, ``other`` for the other model, ``drift`` for the training
        documents and those assigned last, ``previous`` for the model this one goes on from, None for the first there
        is.
    since
        First day of the last period, days since 1970-01-01; None for the default.

    Returns
    -------
    dict
        ``topics``, each with its ``change``, by the size of the difference; ``words`` and ``documents`` of the last
        period (``a``) and before (``b``); ``moved``: the documents that changed topic between two runs; ``unsaid``.

    Raises
    ------
    BadRequestError, NotFoundError
        Where there are no dates, no other model, no drift, or no previous model.
    """
    available = {
        BEFORE: why_no_time(index),
        OTHER: why_no_other_model(index),
        DRIFT: why_no_drift(index),
        PREVIOUS: why_no_previous_model(index),
    }
    against = against or next((kind for kind in AGAINST if available[kind] is None), BEFORE)
    reason = available[against]
    if reason is not None:
        raise (BadRequestError if against == BEFORE else NotFoundError)(reason)
    scope = Scope.of(index, selection)
    found = _found(scope, selection, against, since)
    counts = Counter(topic["change"] for topic in found["topics"])
    return {
        "against": against,
        "available": available,
        "level": CONFIDENCE,
        **found,
        "counts": {change: counts[change] for change in CHANGES},
        "by_chance": by_chance(len(scope.visible)),
    }


def _found(scope: Scope, selection: Selection, against: str, since: Optional[int]) -> dict[str, Any]:
    if against == BEFORE:
        return _between_periods(scope, selection, since)
    if against == OTHER:
        return _between_runs(scope, selection)
    if against == PREVIOUS:
        return since_previous_model(scope.index, selection)
    found = drift(scope.index, selection)
    return {**found, "topics": [{**topic, "change": _grown_or_shrunk(topic)} for topic in found["topics"]]}


def _between_periods(scope: Scope, selection: Selection, since: Optional[int]) -> dict[str, Any]:
    split = last_period(scope, selection, since)
    then, now = split.then, split.now
    words, documents = compare_words(scope.index, now.rows, then.rows)
    topics = [
        {**topic, "other": None, "other_label": None, "change": _change(topic)}
        for topic in compare_topics(then, now, _NAMES)
    ]
    return {
        "then": span_json(then),
        "now": span_json(now),
        "since": split.since_json,
        "choices": split.choices,
        "topics": topics,
        "words": words,
        "documents": documents,
        "moved": None,
        "other_name": None,
        "notes": [],
        "unsaid": _too_few((("before", then), ("since", now))),
        "rules": {"topics": _RULE_OF_PERIODS, "words": RULE, "documents": RULE_OF_DOCUMENTS, "moved": None},
    }


def _change(topic: dict[str, Any]) -> str:
    if not topic["differs"]:
        return SAME
    if topic["difference"] > 0:
        return GROWN if topic["n_then"] else NEW
    return SHRUNK if topic["n_now"] else VANISHED


def _too_few(sides: tuple[tuple[str, Scope], ...]) -> list[dict[str, Any]]:
    return [
        unsaid(
            "topics",
            f"Too few documents with a topic {name} to see changes: {side.n_assigned:,}, at least {FEWEST_DOCUMENTS} "
            "are needed.",
            _RULE_OF_PERIODS,
            side.n_assigned,
        )
        for name, side in sides
        if side.n_assigned < FEWEST_DOCUMENTS
    ]


def _between_runs(scope: Scope, selection: Selection) -> dict[str, Any]:
    index = scope.index
    everything = Scope.of(index, Selection())
    match = other_model(index)
    moved = _moved(index, {(pair["topic"], pair["other"]) for pair in match["pairs"]})
    n_other = sum(topic["n_documents"] for topic in match["topics"])
    nothing = {"from": None, "to": None, "label": ""}
    return {
        "then": {**nothing, "n": n_other, "n_assigned": n_other},
        "now": {**nothing, "n": everything.n, "n_assigned": everything.n_assigned},
        "since": None,
        "choices": [],
        "topics": _topics_of_runs(everything, match, n_other),
        "words": None,
        "documents": None,
        "moved": moved,
        "other_name": match["name"],
        "notes": ["Filters do not apply to the comparison with another run."] if selection != Selection() else [],
        "unsaid": [] if moved else [unsaid("moved", match["reason"], _RULE_OF_MOVED, 0)],
        "rules": {"topics": _RULE_OF_RUNS, "words": None, "documents": None, "moved": _RULE_OF_MOVED},
    }


def _topics_of_runs(scope: Scope, match: dict[str, Any], n_other: int) -> list[dict[str, Any]]:
    """Compare the share of each topic with that of its match, the largest difference first."""
    theirs = {topic["id"]: topic for topic in match["topics"]}
    pairs = [(pair["topic"], pair["other"], pair["similarity"]) for pair in match["pairs"]]
    pairs += [(topic, None, None) for topic in match["only_here"]] + [
        (None, other, None) for other in match["only_there"]
    ]
    pairs = [pair for pair in pairs if not scope.index.edits.is_hidden(pair[0])]
    n_then = np.array([0 if other is None else theirs[other]["n_documents"] for _, other, _ in pairs], dtype=np.int64)
    n_now = np.array([0 if topic is None else scope.counts[topic] for topic, _, _ in pairs], dtype=np.int64)
    rows = share_rows(range(len(pairs)), (n_then, n_other), (n_now, scope.n_assigned), _NAMES)
    entries = TopicEntries(scope.index, {})
    return [_topic_of_runs(row, pairs[row["topic"]], theirs, entries) for row in rows]


def _topic_of_runs(
    row: dict[str, Any], pair: tuple[Any, Any, Any], theirs: dict[int, dict[str, Any]], entries: TopicEntries
) -> dict[str, Any]:
    topic, other, similarity = pair
    here = [] if topic is None else entries.entry(topic)["top_terms"]
    there = [] if other is None else theirs[other]["top_terms"]
    return {
        **row,
        "topic": topic,
        "other": other,
        "other_label": None if other is None else theirs[other]["label"],
        "change": NEW if other is None else VANISHED if topic is None else _grown_or_shrunk(row),
        "similarity": similarity,
        "shared_terms": [term for term in here if term in there],
        "new_terms": [term for term in here if term not in there],
        "gone_terms": [term for term in there if term not in here],
    }


def _grown_or_shrunk(row: dict[str, Any]) -> str:
    return SAME if not row["differs"] else GROWN if row["difference"] > 0 else SHRUNK


def _moved(index: IndexReader, matched: set[tuple[int, int]]) -> dict[str, Any] | None:
    """Count the documents that changed topic, None where that is not known."""
    report = read_report(index.connection, "other_documents")
    if not report or report["reason"]:
        return None
    flow = document_flow(index)
    stayed = {*matched, (None, None)}
    n_moved = sum(n for cell, n in flow.items() if cell not in stayed)
    low, high = wilson_interval(n_moved / report["n"], report["n"])
    largest = sorted(flow.items(), key=lambda cell: (-cell[1], str(cell[0])))[:MOST_CELLS]
    return {
        "n": report["n"],
        "n_moved": n_moved,
        "share": round(n_moved / report["n"], 6),
        "interval": interval_json(float(low), float(high), "Wilson"),
        "n_lost": report["n_lost"],
        "cells": [{"topic": cell[0], "other": cell[1], "n": n, "moved": cell not in stayed} for cell, n in largest],
    }
