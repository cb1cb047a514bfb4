"""Findings on documents and on the model: the most typical ones, those no topic explains well, quality."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from text_explorer.explorer.findings.quotes import N_QUOTES, quotes_of_rows
from text_explorer.explorer.findings.scope import interval_json
from text_explorer.explorer.findings.sentences import Part, listed, number_part, share_part, topic_part
from text_explorer.explorer.findings.story.page import Page, bars, share_bar
from text_explorer.explorer.index.reader import read_fact
from text_explorer.explorer.shared.roles import engine_wording
from text_explorer.topics.models.engines import ENGINES
from text_explorer.wording import plural

N_TOPICS = 3
LOW_PROPORTION, LOW_PROBABILITY = 0.2, 0.5
"""Of the main topic: at most a fifth of a document that may mix topics, or an even chance where it has just one."""

_N_BUCKETS = 10
_TYPICAL = (
    "The representative documents of the largest topics, as Discover topics chose them; where these do not match the "
    "filters, the documents of the highest proportion."
)
_QUALITY = (
    "The mean over topics of NPMI (normalized pointwise mutual information, -1 to 1) of their top terms, without "
    "topics that others were merged into. Warnings are those of Discover topics, and coherence below 0."
)


def typical_documents(page: Page) -> None:
    """Quote the most typical documents of the largest topics."""
    topics = page.by_size[:N_TOPICS]
    quotes = page.quotes_of_each(topics)
    if not quotes:
        return
    of_topics: list[Part] = listed([[topic_part(topic)] for topic in topics])
    page.tell(
        "documents", topics, ["These documents are the most typical of ", *of_topics, "."], _TYPICAL,
        n=int(page.scope.counts[topics].sum()), quotes=quotes,
        view=page.view("documents", topic=topics[0], sort="-probability"),
    )  # fmt: skip


def unexplained(page: Page) -> None:
    """Return the finding on documents that no topic explains well."""
    scope, engine = page.scope, read_fact(page.scope.index.connection, "engine")
    limit = LOW_PROBABILITY if engine in ENGINES and ENGINES[engine].one_topic_per_document else LOW_PROPORTION
    name = engine_wording(engine)["probability_name"].lower()
    probability = np.asarray(scope.index.documents.probability[scope.rows])
    has_topic = scope.topics >= 0
    is_low = has_topic & (probability <= limit)  # of NaN, not known, this is false
    n_without, n_low = int(np.count_nonzero(~has_topic)), int(np.count_nonzero(is_low))
    bar = share_bar(n_without + n_low, scope.n)
    rule = (
        f"Documents without a topic, and those whose {name} of the main topic is at most {limit:.0%}. Share of all "
        "documents that match the filters, with Wilson's 95% interval."
    )
    lowest = scope.rows[is_low][np.argsort(probability[is_low], kind="stable")]
    rows = [*lowest[: 2 * N_QUOTES].tolist(), *scope.rows[~has_topic][: 2 * N_QUOTES].tolist()]
    page.tell(
        "unexplained", [],
        _sentence_of_unexplained(bar["value"], n_without, n_low, limit),
        rule, n=scope.n, interval=interval_json(bar["low"], bar["high"], "Wilson"),
        chart=_histogram(probability[has_topic]), quotes=quotes_of_rows(scope.index, rows, [], N_QUOTES),
        view=page.view("documents", max=limit) if n_low else page.view("documents", topic="none"),
    )  # fmt: skip


def _sentence_of_unexplained(share: float, n_without: int, n_low: int, limit: float) -> list[Part]:
    reasons: list[list[Part]] = []
    if n_without:
        reasons.append([number_part(n_without), f" {'has' if n_without == 1 else 'have'} no topic"])
    if n_low:
        reasons.append(["in ", number_part(n_low), f" the main topic has at most {limit:.0%}"])
    if not reasons:
        return [f"Every document has a topic, and in none the main topic has at most {limit:.0%}."]
    return ["No topic explains ", share_part(share), " of the documents well: ", *listed(reasons), "."]


def _histogram(probability: np.ndarray) -> dict[str, Any] | None:
    """Count documents by the proportion of their main topic, None where none is known."""
    values = probability[np.isfinite(probability)]
    if not len(values):
        return None
    counts, edges = np.histogram(np.clip(values, 0, 1), bins=_N_BUCKETS, range=(0, 1))
    labels = [f"{100 * low:.0f}–{100 * high:.0f}%" for low, high in zip(edges, edges[1:])]
    return bars("share", [share_bar(int(n), len(values), label=label) for n, label in zip(counts, labels)])


def _warned(n: int) -> str:
    return f"{plural(n, 'topic') if n else 'no topic'} {'have' if n > 1 else 'has'}"


def quality(page: Page) -> None:
    """Return the finding on the quality of the model."""
    entries = page.entries
    topics = [topic for topic in page.scope.visible if topic in entries.rows]
    rows = {topic: entries.rows[topic] for topic in topics if len(entries.members(topic)) == 1}
    coherence = {topic: row["coherence_npmi"] for topic, row in rows.items() if row["coherence_npmi"] is not None}
    n_warned = sum(bool(json.loads(row["remarks"])) or coherence.get(topic, 0) < 0 for topic, row in rows.items())
    if not coherence:
        page.leave_unsaid("quality", "The quality of the topics is not known.", _QUALITY, 0)
        return
    by_coherence = sorted(coherence, key=lambda topic: (-coherence[topic], topic))
    of_chart = [
        {"topic": topic, "label": None, "value": round(coherence[topic], 4), "low": None, "high": None,
         "n": int(page.scope.counts[topic]), "of": page.scope.n_assigned}
        for topic in by_coherence
    ]  # fmt: skip
    page.tell(
        "quality", [],
        [
            "The top terms of ", plural(len(coherence), "topic"), " have a mean coherence (NPMI) of ",
            number_part(float(np.mean(list(coherence.values()))), 2), "; ", _warned(n_warned), " a warning.",
        ],
        _QUALITY, n=len(coherence), chart=bars("number", of_chart), view=page.view("overview", order="coherence"),
    )  # fmt: skip
