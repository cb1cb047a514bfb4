"""The report of the whole model in one answer: the story, and every topic with terms, counts, groups and quotes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from text_explorer.explorer.documents.counts_over_time import count_by_time
from text_explorer.explorer.documents.selection import Selection
from text_explorer.explorer.findings.quotes import quotes_of_topic
from text_explorer.explorer.findings.scope import Scope
from text_explorer.explorer.findings.story.telling import story
from text_explorer.explorer.index.reader import IndexReader
from text_explorer.explorer.topic_answers.detail import topic_summary
from text_explorer.explorer.topic_answers.entries import TopicEntries
from text_explorer.explorer.topic_answers.statistics import group_lifts
from text_explorer.explorer.topic_answers.terms import merged_terms, trained_terms

N_TERMS = 12
_OF_TERM = ("term", "probability", "lift")


def report(index: IndexReader, selection: Selection) -> dict[str, Any]:
    """Return what a report of the model needs, for the documents that meet all filters.

    Returns
    -------
    dict
        The ``story``; ``time``, counts by period (None without dates); ``topics``, those that are not hidden, the
        largest first, each with its documents ``n``, its most relevant ``terms``, ``groups`` by lift over all
        documents, ``summary`` (None where there is none) and ``quotes``.
    """
    scope, entries = Scope.of(index, selection), TopicEntries(index, {})
    shown = [topic for topic in scope.visible if topic in entries.rows]
    return {
        "story": story(index, selection),
        "time": None if index.documents.day is None else count_by_time(index, selection),
        "topics": [
            _topic(entries, scope, topic) for topic in sorted(shown, key=lambda topic: (-scope.counts[topic], topic))
        ],
    }


def _topic(entries: TopicEntries, scope: Scope, topic: int) -> dict[str, Any]:
    index, members = entries.index, entries.members(topic)
    is_trained = len(members) == 1 and topic not in index.edits.split_from
    terms = trained_terms(index, topic) if is_trained else merged_terms(index, entries.words, members)
    top_terms = entries.entry(topic)["top_terms"]
    return {
        "topic": topic,
        "n": int(scope.counts[topic]),
        "terms": [{name: term[name] for name in _OF_TERM} for term in _most_relevant(terms)],
        "groups": group_lifts(index, np.array(members)),
        "summary": topic_summary(index, topic),
        "quotes": quotes_of_topic(scope, topic, top_terms),
    }


def _most_relevant(terms: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the terms of the highest relevance; where it is not known, they stay by falling probability."""
    return sorted(terms, key=lambda term: math.inf if term["relevance"] is None else -term["relevance"])[:N_TERMS]
