import numpy as np

from text_explorer.summaries.ranking.position import favour_first, places


def test_places_start_anew_in_each_text(make_document):
    document = make_document("A dog. A cat.", "", "A cow. A hen. A bee.")
    np.testing.assert_array_equal(places(document), [1, 2, 1, 2, 3])


def test_no_sentence_has_no_place(make_document):
    assert places(make_document("")).shape == (0,)


def test_first_sentences_score_more_by_the_root_of_their_place():
    scores = favour_first(np.array([1.0, 1.0, 2.0, 1.0]), np.array([1, 2, 3, 4]), 0.5)
    np.testing.assert_allclose(scores, [1.5, 1 + 0.5 / np.sqrt(2), 2 * (1 + 0.5 / np.sqrt(3)), 1.25])


def test_weight_zero_changes_nothing():
    scores = np.array([0.1, -3.0])
    np.testing.assert_array_equal(favour_first(scores, np.array([1, 2]), 0.0), scores)


def test_ranks_counted_down_are_moved_up_before_they_are_weighed():
    # The first sentence, second by rank, overtakes the best: 1 * 2 against 2 * (1 + 1 / sqrt(100)) = 2.2, and not yet.
    scores = np.array([-1.0, 0.0, -2.0])
    np.testing.assert_allclose(favour_first(scores, np.array([1, 100, 2]), 1.0), [2.0, 2.2, 0.0])
