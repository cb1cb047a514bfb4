"""The story: what is in the documents that meet the filters, as a few findings computed from counts.

A finding is told only where its interval bears it. What cannot be told is listed with the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from text_explorer.explorer.documents.selection import Selection
from text_explorer.explorer.findings.scope import Scope
from text_explorer.explorer.findings.sentences import unsaid
from text_explorer.explorer.findings.story.documents import quality, typical_documents, unexplained
from text_explorer.explorer.findings.story.groups import typical_groups
from text_explorer.explorer.findings.story.page import Page
from text_explorer.explorer.findings.story.super_topics import super_topics
from text_explorer.explorer.findings.story.topics import largest, trends
from text_explorer.explorer.index.reader import IndexReader
from text_explorer.topics.prevalence.intervals import CONFIDENCE
from text_explorer.wording import plural

FEWEST_DOCUMENTS = 20
"""Shares of fewer documents with a topic are mostly chance."""

_RULE = f"Shares are told from {FEWEST_DOCUMENTS} documents with a topic on."
_OF_TOPICS: tuple[Callable[[Page], None], ...] = (largest, trends, super_topics, typical_groups, typical_documents)


def story(index: IndexReader, selection: Selection) -> dict[str, Any]:
    """Return the findings on the documents that meet all filters.

    Returns
    -------
    dict
        ``findings``, each with its sentence, the rule it was found by, the interval, the number of documents behind it,
        figures for a chart, quotes and the view that shows more; ``unsaid``: what cannot be told, and why.
    """
    page = Page(Scope.of(index, selection), selection)
    scope = page.scope
    if scope.n_assigned < FEWEST_DOCUMENTS:
        page.unsaid.append(unsaid("largest", _too_few(scope.n_assigned), _RULE, scope.n_assigned))
    elif not scope.visible:
        page.unsaid.append(unsaid("largest", "All topics are hidden, so no topic is told of.", _RULE, 0))
    else:
        for tell in _OF_TOPICS:
            tell(page)
    if scope.n:
        unexplained(page)
    quality(page)
    return {
        "n": scope.n,
        "of": index.documents.n_rows,
        "n_assigned": scope.n_assigned,
        "level": CONFIDENCE,
        "building": not index.is_complete,
        "findings": page.findings,
        "unsaid": page.unsaid,
    }


def _too_few(n_assigned: int) -> str:
    if not n_assigned:
        return "None of these documents has a topic."
    with_topic = plural(n_assigned, "document with a topic", "documents with a topic")
    return f"Too few documents to compare topics: {with_topic}, at least {FEWEST_DOCUMENTS} are needed."
