import numpy as np
import pytest

from tests.python.unit.english_texts import english
from text_explorer.corpus.document_term_matrix import build_corpus
from text_explorer.corpus.vocabulary import automatic_min_documents, build_vocabulary, prune
from text_explorer.corpus.words.preparation import Preparation


def terms(texts, **options):
    return build_corpus(english(texts), Preparation(**{"min_documents": 1, **options}))[0].vocabulary.terms


def test_rare_terms_are_left_out():
    assert terms(["gold silver", "gold copper", "gold"], min_documents=2) == ("gold",)


def test_common_terms_are_left_out_from_twenty_documents_on():
    texts = [f"currency word{i:02}x" for i in range(20)]
    assert "currency" not in terms(texts)
    assert "currency" in terms(texts[:19])


def test_the_maximum_size_keeps_terms_in_most_documents_then_in_alphabetical_order():
    counts, names = np.array([1, 3, 1, 2]), ["b", "c", "a", "d"]
    kept, reasons = prune(counts, names, 3, Preparation(min_documents=1, max_terms=3))
    assert [names[term] for term in kept] == ["a", "c", "d"]
    assert reasons.tolist() == [2, -1, -1, -1]


@pytest.mark.parametrize(("n_docs", "expected"), [(1, 1), (99, 1), (100, 2), (1_000, 3), (10_000, 5)])
def test_the_automatic_minimum_grows_with_the_corpus(n_docs, expected):
    assert automatic_min_documents(n_docs) == expected


def test_a_vocabulary_keeps_only_stems_and_phrases_of_its_terms():
    passes = [(("new", "york"), ("old", "town")), (("new york", "city"), ("old town", "hall"))]
    vocabulary = build_vocabulary(
        ("new york city",), np.ones(1), np.ones(1), {"citi": "city", "hall": "hall", "new": "new"}, passes
    )
    assert vocabulary.phrases == ((("new", "york"),), (("new york", "city"),))
    assert vocabulary.names_of_stems == {"citi": "city", "new": "new"}
