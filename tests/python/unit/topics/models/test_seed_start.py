import numpy as np

from tests.python.unit.topics.small_corpora import corpus_of_counts
from text_explorer.topics.models.seed_start import seeded_documents


def test_documents_with_a_seed_start_in_the_topic_that_pulls_them_most():
    seeds = np.zeros((6, 4), dtype=np.int64)
    seeds[5, 0], seeds[3, 1], seeds[2, 2], seeds[4, 2] = 9, 4, 7, 7
    corpus = corpus_of_counts([[1, 0, 0, 0], [1, 2, 0, 3], [1, 3, 0, 0], [0, 0, 0, 5], [0, 0, 1, 0], [0, 0, 0, 0]])
    documents, topics = seeded_documents(corpus, seeds)
    # The third has 9 from topic 5 and 12 from topic 3; the fifth, attracted equally by two, goes to the lower.
    assert documents.tolist() == [0, 1, 2, 4]
    assert topics.tolist() == [5, 5, 3, 2]


def test_without_seeds_no_document_starts_anywhere():
    documents, topics = seeded_documents(corpus_of_counts([[1, 2], [0, 3]]), np.zeros((3, 2), dtype=np.int64))
    assert (len(documents), len(topics)) == (0, 0)
