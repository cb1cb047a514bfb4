"""How alike topics are, and the order of the matrix."""

from __future__ import annotations

import numpy as np
import pytest

from tests.python.unit.explorer.theme_source import FOREIGN, N_WORDS, OWN, edited, theme_source
from text_explorer.explorer.topic_answers.similarity import seriate, topic_similarity


def _distance(p: np.ndarray, q: np.ndarray) -> float:
    middle = (p + q) / 2
    return float(np.sqrt((p * np.log2(p / middle)).sum() / 2 + (q * np.log2(q / middle)).sum() / 2))


def _themes(*own: int) -> np.ndarray:
    """Return p(term | topic) of themes merged, by the places of their words."""
    topics = np.full((len(own), N_WORDS), FOREIGN)
    for row, theme in enumerate(own):
        topics[row, 4 * theme : 4 * theme + 4] = OWN
    return topics.mean(axis=0)


def test_similarity_is_one_less_the_jensen_shannon_distance(indexed):
    found = topic_similarity(indexed(theme_source()))
    assert found["ids"] == [0, 1, 2, 3, 4, 5]
    assert found["similarity"][0][1] == pytest.approx(1 - _distance(_themes(0), _themes(1)), abs=1e-4)
    assert [found["similarity"][place][place] for place in range(6)] == [1.0] * 6
    assert "Jensen-Shannon" in found["method"]
    assert "listed" not in found["method"]


def test_topics_merged_are_compared_as_one(indexed):
    found = topic_similarity(indexed(theme_source(), edits=edited({"topic_id": 0, "merged_into": 1})))
    assert found["ids"] == [1, 2, 3, 4, 5]
    assert found["similarity"][0][1] == pytest.approx(1 - _distance(_themes(0, 1), _themes(2)), abs=1e-4)
    assert found["similarity"][1][0] == found["similarity"][0][1]
    assert found["similarity"][1][2] == pytest.approx(1 - _distance(_themes(2), _themes(3)), abs=1e-4)


def test_all_topics_merged_into_one_are_like_themselves(indexed):
    merges = [{"topic_id": topic, "merged_into": 0} for topic in range(1, 6)]
    found = topic_similarity(indexed(theme_source(), edits=edited(*merges)))
    assert (found["ids"], found["order"], found["similarity"]) == ([0], [0], [[1.0]])


def test_without_a_model_the_listed_terms_are_compared_and_the_method_says_so(indexed):
    found = topic_similarity(indexed(theme_source(with_files=False)))
    # The topics list no term in common.
    assert found["similarity"][0][1] == 0
    assert found["method"].endswith("from the terms listed in the dataset of terms alone")


def test_a_topic_of_which_no_term_is_listed_is_like_no_other(indexed):
    source = theme_source(with_files=False)
    source.tables["topic_terms"] = [row for row in source.tables["topic_terms"] if row["topic_id"] != 2]
    found = topic_similarity(indexed(source, edits=edited({"topic_id": 0, "merged_into": 1})))
    assert found["similarity"][found["ids"].index(2)] == [0, 1, 0, 0, 0]


def test_like_topics_come_side_by_side():
    # On a line at 0, 10, 1, 11: the order walks along it, from one end or the other.
    places = np.array([0.0, 10.0, 1.0, 11.0])
    order = seriate(np.abs(places[:, None] - places)).tolist()
    assert order in ([0, 2, 1, 3], [3, 1, 2, 0])


@pytest.mark.parametrize("n_topics", [0, 1, 2])
def test_up_to_two_topics_stay_in_their_order(n_topics):
    assert seriate(np.zeros((n_topics, n_topics))).tolist() == list(range(n_topics))


def test_topics_all_similar_are_all_in_the_order():
    assert sorted(seriate(np.zeros((5, 5))).tolist()) == [0, 1, 2, 3, 4]
