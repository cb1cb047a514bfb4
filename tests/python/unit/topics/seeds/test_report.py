import json

import numpy as np
import pytest

from text_explorer.topics.seeds.report import report_seeds
from text_explorer.topics.seeds.seed_terms import FoundSeed, Seed, SeededTopic

TERMS = ("army", "gold", "navy", "silver")
DISTR = np.array([[0.1, 0.6, 0.1, 0.2], [0.7, 0.1, 0.1, 0.1]])


def report(*, final_ids):
    seeds = [(0, Seed("armies", 1.0), 0), (0, Seed("navy", 2.0), 2), (0, Seed("the", 1.0), None)]
    seeds += [(1, Seed("gold", 1.0), 1), (2, Seed("xyz", 1.0), None)]
    found = [FoundSeed(*each) for each in seeds]
    topics = [
        SeededTopic(name, tuple(seed for place, seed, _ in seeds if place == number))
        for number, name in enumerate(["War", "Money", "Nothing"])
    ]
    return report_seeds(topics, found, TERMS, DISTR, final_ids)


def test_each_seed_has_its_rank_and_probability_in_its_final_topic():
    topics = report(final_ids=[1, 0, -1]).topics
    assert [(topic["name"], topic["topic_id"]) for topic in topics] == [("War", 1), ("Money", 0), ("Nothing", None)]
    assert topics[0]["seeds"] == [
        {"term": "armies", "weight": 1.0, "term_in_corpus": "army", "rank": 1, "probability": 0.7},
        {"term": "navy", "weight": 2.0, "term_in_corpus": "navy", "rank": 2, "probability": 0.1},
        {"term": "the", "weight": 1.0, "term_in_corpus": None, "rank": None, "probability": None},
    ]
    assert json.loads(json.dumps(topics, allow_nan=False)) == topics


def test_seeded_topics_carry_their_names_as_labels():
    assert report(final_ids=[1, 0, -1]).labels(["a, b", "c, d", "e, f"]) == ["Money", "War", "e, f"]


def test_unknown_seeds_and_final_topics_are_reported():
    assert report(final_ids=np.array([1, -1, 0])).sentences() == [
        "Seed terms of 'War' that are not terms of the corpus: the. They may be stop words, in too few or too many "
        "documents, or several words that are not a phrase.",
        "'War' is topic 1; its seed terms with their ranks there: armies (1), navy (2).",
        "No documents were left in the seeded topic 'Money'.",
        "Seed terms of 'Nothing' that are not terms of the corpus: xyz. They may be stop words, in too few or too many "
        "documents, or several words that are not a phrase.",
        "'Nothing' has no seed term that is a term of the corpus; its topic was fitted without them.",
    ]


@pytest.mark.parametrize("final_ids", [[], np.zeros(0, dtype=np.int64)])
def test_without_seeds_the_report_is_empty(final_ids):
    nothing = report_seeds([], [], TERMS, DISTR, final_ids)
    assert (nothing.topics, nothing.sentences(), nothing.labels(["a"])) == ([], [], ["a"])
