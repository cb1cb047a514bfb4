"""A source with a model folder made by hand: six topics of four words each, so that every figure is known.

Each word occurs 50 times in its topic and never in another; GSDMM's prior of 0.1 adds that much to each count.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from tests.python.unit.explorer.memory_source import MemorySource
from tests.python.unit.topics.theme_models import COUNT, THEMES, theme_files
from text_explorer.explorer.shared.current_edits import CurrentEdits, current_edits
from text_explorer.topics.edits.edit_files import parse_entry
from text_explorer.topics.edits.edit_log import EditLog

PRIOR = 0.1
N_WORDS = 4 * len(THEMES)
OWN = (COUNT + PRIOR) / (4 * COUNT + N_WORDS * PRIOR)
"""p(term | topic) of a topic's own words."""
FOREIGN = PRIOR / (4 * COUNT + N_WORDS * PRIOR)
"""p(term | topic) of the words of the other topics."""
SHARE = OWN / (OWN + (len(THEMES) - 1) * FOREIGN)
"""p(topic | term) of a word's own topic."""


def theme_source(n_repeated: int = 1, *, with_files: bool = True, **config: Any) -> MemorySource:
    """Make one document for each topic, each ``n_repeated`` times, on the first days of 2024, in two groups.

    Group "land" has the documents of war, money and school, "rest" the others.
    """
    files = theme_files()
    source = MemorySource(
        {
            "document_topics": _documents(n_repeated),
            "topics": _topics(),
            "topic_terms": _terms(),
        },
        json.loads(files["manifest.json"]),
        date_column="day",
        group_columns=["place"],
        **config,
    )
    source.files = dict(files) if with_files else {}
    return source


def _documents(n_repeated: int) -> list[dict[str, Any]]:
    rows = []
    for repeat in range(n_repeated):
        for topic, (label, words) in enumerate(THEMES.items()):
            shares = [0.01] * len(THEMES)
            shares[topic] = 0.95
            rows.append({
                "id": f"{label}-{repeat}",
                "text": f"The {words} of {label}.",
                "day": f"2024-01-{topic + 1:02}",
                "place": "land" if topic < 3 else "rest",
                "topic_id": topic,
                "topic_label": label,
                "topic_probability": 0.95,
                "topic_distribution": json.dumps(shares),
                "topic_status": "ok",
            })  # fmt: skip
    return rows


def _topics() -> list[dict[str, Any]]:
    return [
        {
            "topic_id": topic,
            "label": label,
            "n_documents": 1,
            "token_share": 1 / len(THEMES),
            "coherence_npmi": 0.5,
            "top_terms": json.dumps(words.split()),
            "distinctive_terms": json.dumps(words.split()[::-1]),
            "representative_documents": json.dumps([
                {"row_key": f"{label}-0", "excerpt": label, "probability": 0.95}
            ]),
            "borderline_documents": json.dumps([
                {"row_key": f"{label}-0", "excerpt": label, "probability": 0.5, "other_topic_id": (topic + 1) % 6}
            ]),
            "map_x": topic / 5,
            "map_y": 0.0,
            "parent": topic // 3,
            "parent_label": ("land", "rest")[topic // 3],
            "remarks": json.dumps(["It is odd."] if topic == 5 else []),
        }
        for topic, (label, words) in enumerate(THEMES.items())
    ]  # fmt: skip


def _terms() -> list[dict[str, Any]]:
    return [
        {
            "topic_id": topic,
            "rank": rank,
            "term": word,
            "probability": OWN,
            "lift": OWN * N_WORDS,
            "relevance": -1.0,
            "frex": 0.9,
            "count": COUNT,
            "document_count": 1,
            "saliency": 0.05,
        }
        for topic, words in enumerate(THEMES.values())
        for rank, word in enumerate(words.split(), start=1)
    ]


def edited(
    *changes: dict[str, Any], parents: Sequence[int] = (), super_labels: Sequence[str] = ()
) -> Callable[[Sequence[str]], CurrentEdits]:
    """Return the edits of one person, in the form that opens an index."""
    stamp = {"author": "ann", "time": "2024-05-01T00:00:00Z"}
    edits = tuple(parse_entry({**change, **stamp}) for change in changes)
    log = EditLog("model", edits)
    return lambda labels: current_edits(log, labels, parents, super_labels, version="edited")
