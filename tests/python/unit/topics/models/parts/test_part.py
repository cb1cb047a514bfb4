import numpy as np
import pytest

from tests.python.unit.topics.small_corpora import corpus_of_counts, counts_of, random_corpus
from text_explorer.topics.models.parts.part import MOST_PARTS, WORDS_PER_PART, number_of_parts, random_state, split


@pytest.mark.parametrize(
    ("n_words", "n_parts"),
    [(0, 1), (2 * WORDS_PER_PART - 1, 1), (2 * WORDS_PER_PART, 2), (16 * WORDS_PER_PART, 16), (10**12, MOST_PARTS)],
)
def test_the_number_of_parts_depends_on_the_number_of_words(n_words, n_parts):
    assert number_of_parts(n_words) == n_parts


@pytest.mark.parametrize("n_parts", [1, 4, 16])
def test_each_document_is_in_one_part_with_its_words(n_parts):
    corpus = random_corpus(300, 20, 15)
    parts = split(corpus, n_parts)
    assert [part.number for part in parts] == list(range(n_parts))
    assert sorted(np.concatenate([part.rows for part in parts]).tolist()) == list(range(300))
    matrix = np.zeros((300, 20), dtype=np.int64)
    for part in parts:
        matrix[np.repeat(part.rows, np.diff(part.indptr)), part.indices] = part.data
    assert (matrix == counts_of(corpus)).all()
    assert sum(part.n_words for part in parts) == corpus.doc_lengths.sum()


@pytest.mark.parametrize("n_parts", [1, 5])
def test_the_order_of_rows_does_not_show_in_the_parts(n_parts):
    counts = counts_of(random_corpus(200, 10, 6))
    shuffled = counts[np.random.default_rng(1).permutation(200)]
    parts, others = (split(corpus_of_counts(rows), n_parts) for rows in (counts, shuffled))
    for name in ("indptr", "indices", "data"):
        assert [getattr(part, name).tolist() for part in parts] == [getattr(part, name).tolist() for part in others]


def test_parts_hold_about_as_many_words_even_if_most_texts_are_equal():
    equal = np.tile([2, 1, 0, 0], (900, 1))
    others = np.random.default_rng(0).integers(0, 6, (100, 4))
    sizes = [part.n_words for part in split(corpus_of_counts(np.concatenate([equal, others])), 4)]
    assert max(sizes) < 1.25 * min(sizes)


def test_more_parts_than_documents_leave_some_empty():
    parts = split(corpus_of_counts([[1, 2], [3, 0]]), 16)
    assert sum(part.n_docs for part in parts) == 2
    assert {part.n_words for part in parts if not part.n_docs} == {0}


def test_a_part_by_word_has_an_entry_for_each_word():
    (part,) = split(corpus_of_counts([[0, 3, 1]]), 1)
    words = part.by_word()
    assert (words.indptr.tolist(), words.indices.tolist(), words.n_words) == ([0, 4], [1, 1, 1, 2], 4)


def test_random_states_differ_by_seed_sweep_and_part():
    states = {int(random_state(*key)[0]) for key in np.ndindex(10, 10, 10)}
    assert len(states) == 1000
    assert 0 not in states
    # Written down, so that no version of anything changes the draws unseen.
    assert int(random_state(0, 1, 2)[0]) == 13791418408156669934
