import numpy as np
import pytest

from tests.python.unit.topics.small_corpora import corpus_of_counts, counts_of, random_corpus
from text_explorer.topics.model_selection import held_out
from text_explorer.topics.model_selection.held_out import bag_hashes, hold_out

N_DOCS = 400


@pytest.fixture(scope="module")
def corpus():
    return random_corpus(N_DOCS, 30, 25)


def sorted_rows(corpus):
    return sorted(map(tuple, counts_of(corpus).tolist()))


def test_a_tenth_of_the_documents_is_held_out_and_none_is_lost(corpus):
    split = hold_out(corpus, 0)
    n_usable = int((corpus.doc_lengths >= 2).sum())
    assert split.seen.n_docs == split.unseen.n_docs == n_usable // 10
    held_out_rows = [tuple(row) for row in (counts_of(split.seen) + counts_of(split.unseen)).tolist()]
    assert sorted([*held_out_rows, *map(tuple, counts_of(split.training).tolist())]) == sorted_rows(corpus)
    assert split.reason is None


def test_each_document_held_out_shows_one_half_of_its_words_and_hides_the_other(corpus):
    split = hold_out(corpus, 0)
    assert set((split.seen.doc_lengths - split.unseen.doc_lengths).tolist()) == {0, 1}


def test_documents_without_a_word_are_left_to_the_training(corpus):
    n_empty = int((corpus.doc_lengths == 0).sum())
    split = hold_out(corpus, 0)
    assert n_empty > 0
    assert int((split.training.doc_lengths == 0).sum()) == n_empty
    assert split.n_known == split.training.n_docs - n_empty


def test_rows_in_another_order_hold_out_the_same_words(corpus):
    other = corpus_of_counts(np.random.default_rng(1).permutation(counts_of(corpus)))
    split, split_of_other = hold_out(corpus, 5), hold_out(other, 5)
    assert counts_of(split.unseen).tolist() == counts_of(split_of_other.unseen).tolist()
    assert sorted_rows(split.training) == sorted_rows(split_of_other.training)


def test_the_seed_decides_which_documents_are_held_out(corpus):
    assert sorted_rows(hold_out(corpus, 1).training) != sorted_rows(hold_out(corpus, 2).training)


def test_equal_texts_stay_on_one_side():
    matrix = counts_of(random_corpus(N_DOCS, 30, 25))
    split = hold_out(corpus_of_counts(np.repeat(matrix[matrix.sum(axis=1) > 1], 3, axis=0)), 0)
    learnt = set(sorted_rows(split.training))
    foretold = [tuple(row) for row in (counts_of(split.seen) + counts_of(split.unseen)).tolist()]
    assert len(foretold) > 90
    assert [row for row in foretold if row in learnt] == []


def test_a_text_repeated_all_over_the_corpus_is_trained_on():
    matrix = counts_of(random_corpus(N_DOCS, 30, 25))
    corpus = corpus_of_counts(np.concatenate([matrix, np.tile(matrix[:1] + 1, (N_DOCS, 1))]))
    split = hold_out(corpus, 0)
    assert (counts_of(split.training) == matrix[0] + 1).all(axis=1).sum() == N_DOCS
    assert split.unseen.n_docs == pytest.approx(70, abs=15)


@pytest.mark.parametrize(
    "corpus",
    [
        corpus_of_counts([[2, 1], [1, 2]] * 5),
        corpus_of_counts([[1, 0], [0, 1]] * 500),
        corpus_of_counts([[2, 1], [1, 2]] * 500),
        corpus_of_counts([[0, 0]]),
    ],
    ids=["ten texts", "single words", "two texts repeated", "no word"],
)
def test_with_too_few_documents_to_hold_out_all_are_trained_on_with_a_reason(corpus):
    split = hold_out(corpus, 0)
    assert split.training is corpus
    assert split.seen is split.unseen is None
    assert split.reason.startswith("No perplexity: of ")
    assert "at least 200 documents" in split.reason


def test_hashes_depend_on_counts_and_terms_and_not_on_position():
    hashes = bag_hashes(corpus_of_counts([[1, 2, 0], [2, 1, 0], [1, 2, 0], [0, 0, 0], [1, 2, 1]]), 3)
    assert hashes[0] == hashes[2]
    assert len(set(hashes.tolist())) == 4


def test_hashes_are_the_same_for_any_number_of_documents_at_once(corpus, monkeypatch):
    usual = bag_hashes(corpus, 3).tolist()
    monkeypatch.setattr(held_out, "DOCUMENTS_AT_ONCE", 7)
    assert bag_hashes(corpus, 3).tolist() == usual


def test_no_two_of_many_random_bags_have_one_hash():
    matrix = np.unique(np.random.default_rng(0).integers(0, 3, size=(20_000, 12)), axis=0)
    assert len(np.unique(bag_hashes(corpus_of_counts(matrix), 0))) == len(matrix)


def test_no_more_than_the_most_are_held_out(corpus, monkeypatch):
    monkeypatch.setattr(held_out, "MOST_HELD_OUT", 25)
    assert hold_out(corpus, 0).seen.n_docs == 25
