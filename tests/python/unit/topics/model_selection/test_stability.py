import itertools

import numpy as np
import pytest

from text_explorer.topics.model_selection.stability import jaccard_indices, seed_stability, topic_agreement

FIRST = np.array([[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]])


def test_topics_in_another_order_with_terms_in_another_order_agree_in_full():
    assert topic_agreement(FIRST, FIRST[[2, 0, 1], ::-1]) == 1.0


def test_topics_without_a_common_term_do_not_agree():
    assert topic_agreement(FIRST, FIRST + 12) == 0.0


def test_the_index_is_terms_in_both_over_terms_in_either():
    assert jaccard_indices(FIRST[:1], np.array([[0, 1, 20, 21], [3, 2, 1, 9]])).tolist() == [[2 / 6, 3 / 5]]


def test_topics_are_matched_so_that_all_agree_best_not_one_by_one():
    first = np.array([[0, 1, 2], [0, 1, 9]])
    second = np.array([[0, 1, 2], [2, 20, 21]])
    # The first topic has its twin in the first; the greedy choice leaves the second without any term in common.
    assert topic_agreement(first, second) == pytest.approx(max(1 + 0, 2 / 4 + 1 / 5) / 2)


def test_the_match_is_the_best_of_all_there_are():
    generator = np.random.default_rng(4)
    for _ in range(20):
        first, second = (np.array([generator.permutation(12)[:5] for _ in range(4)]) for _ in range(2))
        indices = jaccard_indices(first, second)
        best = max(sum(indices[range(4), order]) for order in itertools.permutations(range(4)))
        assert topic_agreement(first, second) == pytest.approx(best / 4)


def test_a_topic_without_a_partner_counts_as_nothing_from_either_side():
    assert topic_agreement(FIRST, FIRST[:2]) == topic_agreement(FIRST[:2], FIRST) == pytest.approx(2 / 3)
    assert topic_agreement(FIRST, FIRST[:0]) == 0.0


def test_a_seed_has_the_mean_of_its_agreement_with_all_others():
    second, third = FIRST[:2], FIRST[:1]
    agreement = {(0, 1): 2 / 3, (0, 2): 1 / 3, (1, 2): 1 / 2}
    stability = seed_stability([FIRST, second, third])
    expected = [
        (agreement[0, 1] + agreement[0, 2]) / 2,
        (agreement[0, 1] + agreement[1, 2]) / 2,
        (agreement[0, 2] + agreement[1, 2]) / 2,
    ]
    assert stability.tolist() == pytest.approx(expected)


def test_one_seed_has_no_stability():
    assert np.isnan(seed_stability([FIRST])).tolist() == [True]
    assert seed_stability([]).tolist() == []


def test_lists_of_one_term_agree_or_not():
    assert topic_agreement(np.array([[0]]), np.array([[0]])) == 1.0
    assert topic_agreement(np.array([[0]]), np.array([[1]])) == 0.0
