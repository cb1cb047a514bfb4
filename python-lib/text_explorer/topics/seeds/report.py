"""Report on seed terms, for the log, the model folder and the labels of topics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Optional

import numpy as np

from text_explorer.topics.seeds.seed_terms import FoundSeed, SeededTopic


@dataclass(frozen=True)
class SeedReport:
    """Result of seeded training."""

    # for each seeded topic its ``name``, its final ``topic_id`` (None where it lost all its documents) and its
    # ``seeds``: ``term`` and ``weight`` as given, ``term_in_corpus`` (None where unknown), and its ``rank`` by
    # probability (from 1) and ``probability`` in the topic
    topics: list[dict[str, Any]]

    def labels(self, labels: Sequence[str]) -> list[str]:
        """Return the labels of all topics, where seeded ones have their names."""
        named = list(labels)
        for topic in self.topics:
            if topic["topic_id"] is not None:
                named[topic["topic_id"]] = topic["name"]
        return named

    def sentences(self) -> list[str]:
        """Return sentences on unknown seeds and on the final topic of each seeded topic."""
        sentences = []
        for topic in self.topics:
            unknown = [seed["term"] for seed in topic["seeds"] if seed["term_in_corpus"] is None]
            if unknown:
                sentences.append(
                    f"Seed terms of '{topic['name']}' that are not terms of the corpus: {', '.join(unknown)}. They may "
                    "be stop words, in too few or too many documents, or several words that are not a phrase."
                )
            sentences.append(_where(topic))
        return sentences


def report_seeds(
    topics: Sequence[SeededTopic],
    found: Sequence[FoundSeed],
    terms: Sequence[str],
    topic_term_distr: np.ndarray,
    final_ids: Sequence[int],
) -> SeedReport:
    """Report the final topics and ranks of seed terms.

    `topic_term_distr` has topics by their final ids; `final_ids` has -1 for a seeded topic that is gone.
    """
    reported = []
    for index, topic in enumerate(topics):
        final = int(final_ids[index])
        distr = topic_term_distr[final] if final >= 0 else None
        reported.append(
            {
                "name": topic.name,
                "topic_id": final if final >= 0 else None,
                "seeds": [_described(each, terms, distr) for each in found if each.topic == index],
            }
        )
    return SeedReport(reported)


def _described(found: FoundSeed, terms: Sequence[str], distr: Optional[np.ndarray]) -> dict[str, Any]:
    rank, probability = None, None
    if found.term_id is not None and distr is not None:
        probability = float(distr[found.term_id])
        rank = int(np.count_nonzero(distr > probability)) + 1
    return {
        "term": found.seed.term,
        "weight": found.seed.weight,
        "term_in_corpus": None if found.term_id is None else terms[found.term_id],
        "rank": rank,
        "probability": probability,
    }


def _where(topic: dict[str, Any]) -> str:
    """Return a sentence on the final topic of a seeded topic."""
    if all(seed["term_in_corpus"] is None for seed in topic["seeds"]):
        return f"'{topic['name']}' has no seed term that is a term of the corpus; its topic was fitted without them."
    if topic["topic_id"] is None:
        return f"No documents were left in the seeded topic '{topic['name']}'."
    ranks = [f"{seed['term']} ({seed['rank']:,})" for seed in topic["seeds"] if seed["rank"] is not None]
    return f"'{topic['name']}' is topic {topic['topic_id']}; its seed terms with their ranks there: {', '.join(ranks)}."
