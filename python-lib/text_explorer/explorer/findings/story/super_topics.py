"""The finding on super-topics: how the documents divide among them."""

from __future__ import annotations

from collections import Counter

from text_explorer.explorer.findings.scope import interval_json
from text_explorer.explorer.findings.sentences import listed, number_part, share_part, super_topic_part
from text_explorer.explorer.findings.story.page import Page, bars, share_bar

N_LARGEST, N_BARS = 3, 12
_RULE = (
    "Super-topics group topics with similar words. Each has the documents of its topics that are not hidden; shares "
    "are of the documents with a topic, with Wilson's 95% interval."
)


def super_topics(page: Page) -> None:
    """Return the finding on the largest super-topics, where topics have two levels."""
    parents = {topic: page.entries.entry(topic)["parent"] for topic in page.by_size if topic in page.entries.rows}
    sizes: Counter[int] = Counter()
    for topic, parent in parents.items():
        if parent is not None:
            sizes[parent] += int(page.scope.counts[topic])
    if not 1 < len(sizes) < len(parents):
        return
    labels = {each["id"]: each["label"] for each in page.entries.super_topics}
    order = sorted(sizes, key=lambda parent: (-sizes[parent], parent))
    n = page.scope.n_assigned
    shown = [
        [super_topic_part(parent, labels[parent]), " (", share_part(sizes[parent] / n), ")"]
        for parent in order[:N_LARGEST]
    ]
    of_chart = [share_bar(sizes[parent], n, label=labels[parent]) for parent in order[:N_BARS]]
    first = of_chart[0]
    page.tell(
        "super_topics", [],
        [
            "The topics form ", number_part(len(sizes)), " super-topics; the largest, by share of documents, are ",
            *listed(shown), ".",
        ],
        _RULE, n=n, interval=interval_json(first["low"], first["high"], "Wilson"), chart=bars("share", of_chart),
        view=page.view("overview", levels="grouped"),
    )  # fmt: skip
