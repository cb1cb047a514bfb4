import numpy as np

from text_explorer.summaries.ranking.centroid import centroid


def test_centroid_is_the_cosine_with_the_mean():
    units = np.array([[1.0, 0.0], [0.6, 0.8], [0.0, 0.0]])
    mean = units.mean(axis=0)
    np.testing.assert_allclose(centroid(units), units @ mean / np.linalg.norm(mean))


def test_centroid_with_a_query_is_the_mean_of_both_cosines():
    units = np.array([[1.0, 0.0], [0.6, 0.8], [0.0, 0.0]])
    query_cosines = np.array([0.0, 0.5, 1.0])
    np.testing.assert_allclose(centroid(units, query_cosines), (centroid(units) + query_cosines) / 2)


def test_centroid_without_content_words_is_zero():
    np.testing.assert_array_equal(centroid(np.zeros((3, 0))), [0, 0, 0])
