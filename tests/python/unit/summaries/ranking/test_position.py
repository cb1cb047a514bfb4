import numpy as np

from text_explorer.summaries.ranking.position import sentence_positions, weight_by_position


def test_positions_start_at_one_in_each_text(make_document):
    document = make_document("A dog. A cat.", "", "A cow. A hen. A bee.")
    np.testing.assert_array_equal(sentence_positions(document), [1, 2, 1, 2, 3])


def test_no_sentences_have_no_positions(make_document):
    assert sentence_positions(make_document("")).shape == (0,)


def test_scores_grow_by_the_inverse_root_of_the_position():
    scores = weight_by_position(np.array([1.0, 1.0, 2.0, 1.0]), np.array([1, 2, 3, 4]), 0.5)
    np.testing.assert_allclose(scores, [1.5, 1 + 0.5 / np.sqrt(2), 2 * (1 + 0.5 / np.sqrt(3)), 1.25])


def test_weight_zero_changes_nothing():
    scores = np.array([0.1, -3.0])
    np.testing.assert_array_equal(weight_by_position(scores, np.array([1, 2]), 0.0), scores)


def test_negative_scores_are_shifted_before_they_are_weighted():
    # The first sentence, second by rank, almost overtakes the best: 1 * 2 against 2 * (1 + 1 / sqrt(100)) = 2.2.
    scores = np.array([-1.0, 0.0, -2.0])
    np.testing.assert_allclose(weight_by_position(scores, np.array([1, 100, 2]), 1.0), [2.0, 2.2, 0.0])
