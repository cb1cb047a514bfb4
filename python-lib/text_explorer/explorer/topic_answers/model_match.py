"""Other models: those compared by number of topics, and the topics and documents of a second one beside these.

References
----------
Harold W. Kuhn (1955). The Hungarian method for the assignment problem. Naval Research Logistics Quarterly 2.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from text_explorer.explorer.index.other_documents import document_flow
from text_explorer.explorer.index.reader import IndexReader, read_fact, read_facts, read_report
from text_explorer.explorer.shared import roles
from text_explorer.explorer.shared.errors import NotFoundError
from text_explorer.explorer.topic_answers.entries import TopicEntries
from text_explorer.topics.models.engines import ENGINES

_CURRENT = ("n_topics", "seed", "n_documents", "n_terms", "n_words", "engine_reason")
_MEASURES = ("coherence_npmi", "coherence_cv", "diversity")
MOST_CELLS = 200
DIGITS = 4
NO_OTHER_MODEL = (
    "No other model is set. Run 'Discover topics' once more with other settings and select its outputs in the settings "
    "of this webapp, under 'Show advanced settings'."
)
NO_DRIFT = (
    "No drift is set. Give 'Assign topics' an output 'Drift', run it, and select the dataset in the settings of this "
    "webapp, under 'Show advanced settings'."
)
NO_PREVIOUS_MODEL = (
    "No previous model is known. Give 'Discover topics' an input 'Previous model' and an output 'Topic changes', run "
    "it, and select the dataset in the settings of this webapp, under 'Show advanced settings'."
)
_STILL_READING = "The documents are still being read; the comparison appears once all are read."


def compared_models(index: IndexReader) -> dict[str, Any]:
    """Return what is known of other models.

    Returns
    -------
    dict
        ``comparison``: a row for each model, of its own seed, in the columns the recipe 'Compare numbers of topics'
        wrote (None without such a dataset); ``suggestion``: its one row; ``current``: the current model, figures
        from its manifest; ``other``: name and number of topics of the second model; ``engines``: by id, the ``name``
        of each engine and whether its number of topics ``is_limit``; ``notes``: what could not be read.
    """
    report, facts = read_report(index.connection, "models"), read_facts(index.connection)
    model = facts.get("model") or {}
    quality = read_report(index.connection, "model").get("quality") or {}
    other = read_report(index.connection, "other_model")
    n_other = index.connection.execute("SELECT count(*) FROM other_topics").fetchone()[0]
    n_topics = index.connection.execute("SELECT count(*) FROM topics").fetchone()[0]
    return {
        "comparison": report.get("comparison"),
        "suggestion": report.get("suggestion"),
        "current": {
            "engine": facts.get("engine"),
            **{name: model.get(name) for name in _CURRENT},
            "n_topics": model.get("n_topics") or n_topics,
            **{name: quality.get(name) for name in _MEASURES},
        },
        "other": {"name": other.get("name"), "n_topics": n_other} if n_other else None,
        "engines": {
            engine.id: {"name": engine.name, "is_limit": engine.one_topic_per_document} for engine in ENGINES.values()
        },
        "notes": [*report.get("notes", []), *other.get("notes", [])],
    }


def other_model(index: IndexReader) -> dict[str, Any]:
    """Compare the final topics with those of the second model.

    Returns
    -------
    dict
        ``pairs`` by the one-to-one match of the largest total Jaccard index of the topics' ten most probable terms;
        topics that share none with their match are in ``only_here`` and ``only_there``. ``flow`` counts documents by
        topic here and there (None for none), or ``reason`` is the sentence on why it cannot.

    Raises
    ------
    NotFoundError
        Where there is no second model.
    """
    theirs = [
        {"label": label, "n_documents": n_documents, "id": topic, "top_terms": json.loads(terms)}
        for topic, label, n_documents, terms in index.connection.execute("SELECT * FROM other_topics ORDER BY topic")
    ]
    report = read_report(index.connection, "other_model")
    if reason := why_no_other_model(index):
        raise NotFoundError(reason)
    entries = TopicEntries(index, {})
    ours = [entries.entry(topic) for topic in index.final_topics()]
    pairs = match_topics([topic["top_terms"] for topic in ours], [topic["top_terms"] for topic in theirs])
    matched = {here: there for here, there, _ in pairs}
    flow, why_no_flow = _flow(index)
    return {
        "name": report.get("name"),
        "topics": theirs,
        "pairs": [
            {
                "topic": ours[here]["id"],
                "other": theirs[there]["id"],
                "similarity": round(similarity, DIGITS),
                "shared_terms": [term for term in ours[here]["top_terms"] if term in theirs[there]["top_terms"]],
            }
            for here, there, similarity in pairs
        ],
        "only_here": [ours[here]["id"] for here in range(len(ours)) if here not in matched],
        "only_there": [theirs[there]["id"] for there in range(len(theirs)) if there not in matched.values()],
        "flow": flow,
        "reason": why_no_flow,
    }


def why_no_other_model(index: IndexReader) -> str | None:
    """Return the sentence on why there is no second model, None where there is one."""
    if index.connection.execute("SELECT count(*) FROM other_topics").fetchone()[0]:
        return None
    return " ".join(read_report(index.connection, "other_model").get("notes", [])) or NO_OTHER_MODEL


def why_no_drift(index: IndexReader) -> str | None:
    """Return the sentence on why there is no drift, None where there is one."""
    report = read_report(index.connection, "drift")
    return None if report.get("drift") else " ".join(report.get("notes", [])) or NO_DRIFT


def why_no_previous_model(index: IndexReader) -> str | None:
    """Return the sentence on why changes since the previous model are not known, None where they are."""
    report = read_report(index.connection, "topic_changes")
    return None if report.get("topics") else " ".join(report.get("notes", [])) or NO_PREVIOUS_MODEL


def match_topics(ours: Sequence[Sequence[str]], theirs: Sequence[Sequence[str]]) -> list[tuple[int, int, float]]:
    """Match topics one to one by their terms, so that the sum of the Jaccard indices is the largest.

    Returns
    -------
    list of (place in ours, place in theirs, Jaccard index)
        Pairs with at least one term in common, the most similar first.
    """
    jaccard = np.zeros((len(ours), len(theirs)))
    for here, there in np.ndindex(jaccard.shape):
        either = {*ours[here], *theirs[there]}
        jaccard[here, there] = len(set(ours[here]).intersection(theirs[there])) / max(len(either), 1)
    places = zip(*linear_sum_assignment(-jaccard))
    pairs = [(int(here), int(there), float(jaccard[here, there])) for here, there in places if jaccard[here, there]]
    return sorted(pairs, key=lambda pair: (-pair[2], pair[0]))


def _flow(index: IndexReader) -> tuple[dict[str, Any] | None, str | None]:
    """Count the documents that are in both models by topic here and there, with the edits in force."""
    report = read_report(index.connection, "other_documents")
    if not report:
        label = roles.ROLE_LABELS[roles.OTHER_DOCUMENT_TOPICS]
        is_set = read_fact(index.connection, "datasets").get(roles.OTHER_DOCUMENT_TOPICS)
        missing = f"It is not known which documents changed topic: select '{label}' in the settings of this webapp."
        return None, _STILL_READING if is_set and not index.is_complete else missing
    if report["reason"]:
        return None, report["reason"]
    counts = document_flow(index)
    largest = sorted(counts.items(), key=lambda cell: (-cell[1], str(cell[0])))[:MOST_CELLS]
    cells = [{"topic": topic, "other": other, "n": n} for (topic, other), n in largest]
    totals: Counter[int | None] = Counter()
    for (topic, _), n in counts.items():
        totals[topic] += n
    of_topics = [{"topic": topic, "n": n} for topic, n in totals.items()]
    return {"n": report["n"], "n_lost": report["n_lost"], "cells": cells, "totals": of_topics}, None
