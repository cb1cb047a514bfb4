import numpy as np
import pytest

from text_explorer.topics.models.kernels._expectation_kernels import ENTRIES_AT_ONCE, add_expected_counts

LARGER = 2 * ENTRIES_AT_ONCE + 3


def work_space(n_topics, dtype):
    return np.full((n_topics, ENTRIES_AT_ONCE), np.nan, dtype), np.full(ENTRIES_AT_ONCE, np.nan, dtype)


def drawn_document(n_entries, n_topics, dtype):
    generator = np.random.default_rng(n_entries)
    term_ids = generator.permutation(3 * LARGER)[:n_entries].astype(np.int32)
    counts = generator.integers(1, 9, n_entries, dtype=np.int32)
    term_weights = generator.gamma(0.3, size=(3 * LARGER, n_topics)).astype(dtype)
    return term_ids, counts, term_weights, generator.random(n_topics).astype(dtype)


def slow_expected_counts(term_ids, counts, term_weights, topic_weights):
    sums = np.zeros(len(topic_weights))
    for term, count in zip(term_ids, counts):
        row = term_weights[term].astype(np.float64)
        sums += count * row / (row @ topic_weights)
    return sums


@pytest.mark.parametrize("n_entries", [0, 1, 3, 4, 9, ENTRIES_AT_ONCE, ENTRIES_AT_ONCE + 1, LARGER])
@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-12), (np.float32, 2e-5)])
@pytest.mark.parametrize("n_topics", [4, 24])
def test_expected_counts_are_those_of_a_plain_loop(n_entries, dtype, tolerance, n_topics):
    document = drawn_document(n_entries, n_topics, dtype)
    sums = np.zeros(n_topics, dtype)
    add_expected_counts(*document, True, *work_space(n_topics, dtype), sums)
    assert sums == pytest.approx(slow_expected_counts(*document), rel=tolerance)


@pytest.mark.parametrize("n_entries", [9, LARGER])
def test_a_document_seen_before_is_weighed_by_other_topic_weights(n_entries):
    *document, topic_weights = drawn_document(n_entries, 8, np.float64)
    space = work_space(8, np.float64)
    add_expected_counts(*document, topic_weights, True, *space, np.zeros(8))
    sums = np.ones(8)
    add_expected_counts(*document, topic_weights**2, False, *space, sums)
    assert sums == pytest.approx(1 + slow_expected_counts(*document, topic_weights**2), rel=1e-12)


def test_a_word_that_no_topic_knows_divides_nothing_by_zero():
    term_weights = np.zeros((2, 4))
    sums = np.zeros(4)
    add_expected_counts(
        np.array([1], np.int32), np.array([3], np.int32), term_weights, np.ones(4), True, *work_space(4, float), sums
    )
    assert sums.tolist() == [0.0] * 4
