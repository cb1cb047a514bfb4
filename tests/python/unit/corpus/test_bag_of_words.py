import numpy as np
import pytest

from text_explorer.corpus.bag_of_words import WordSettings, automatic_min_documents, bags_of_words, build_corpus

PLAIN = WordSettings(min_documents=1)


def bags(corpus):
    terms = corpus.vocabulary.terms
    return [
        {terms[corpus.term_ids[i]]: int(corpus.counts[i]) for i in range(corpus.offsets[d], corpus.offsets[d + 1])}
        for d in range(corpus.n_docs)
    ]


def test_documents_become_counts_of_terms():
    corpus = build_corpus(["War and peace, war", None, "a peace treaty"], PLAIN)
    assert bags(corpus) == [{"war": 2, "peace": 1}, {}, {"peace": 1, "treaty": 1}]
    assert corpus.vocabulary.terms == ("peace", "treaty", "war")
    assert corpus.vocabulary.document_counts.tolist() == [2, 1, 1]
    assert corpus.vocabulary.term_counts.tolist() == [2, 1, 2]
    assert corpus.doc_lengths.tolist() == [3, 0, 2]


def test_rare_terms_are_left_out():
    corpus = build_corpus(["gold silver", "gold copper", "gold"], WordSettings(min_documents=2))
    assert corpus.vocabulary.terms == ("gold",)


def test_common_terms_are_left_out_from_twenty_documents_on():
    texts = [f"currency word{i:02}x" for i in range(20)]
    assert "currency" not in build_corpus(texts, PLAIN).vocabulary.terms
    assert "currency" in build_corpus(texts[:19], PLAIN).vocabulary.terms


def test_the_largest_vocabulary_keeps_terms_in_most_documents():
    corpus = build_corpus(["gold silver", "gold silver", "gold copper"], WordSettings(min_documents=1, max_terms=2))
    assert corpus.vocabulary.terms == ("gold", "silver")


def test_own_stop_words_and_numbers_are_left_out():
    settings = WordSettings(min_documents=1, extra_stop_words=frozenset({"gold"}))
    assert build_corpus(["Gold 1849 rush"], settings).vocabulary.terms == ("rush",)


def test_no_text_makes_an_empty_corpus():
    corpus = build_corpus([], PLAIN)
    assert (corpus.n_docs, corpus.n_terms) == (0, 0)
    assert build_corpus([None, "the"], PLAIN).doc_lengths.tolist() == [0, 0]


def test_new_texts_are_counted_in_the_known_terms_alone():
    corpus = build_corpus(["gold silver", "gold"], PLAIN)
    assert bags(bags_of_words(["gold gold copper", None], corpus.vocabulary, PLAIN)) == [{"gold": 2}, {}]


@pytest.mark.parametrize(("n_docs", "expected"), [(1, 1), (99, 1), (100, 2), (1_000, 3), (10_000, 5)])
def test_the_automatic_minimum_grows_with_the_corpus(n_docs, expected):
    assert automatic_min_documents(n_docs) == expected


def test_many_identical_words_are_one_entry():
    corpus = build_corpus(["gold " * 100_000], PLAIN)
    assert corpus.counts.tolist() == [100_000]
    assert corpus.counts.dtype == np.int32
