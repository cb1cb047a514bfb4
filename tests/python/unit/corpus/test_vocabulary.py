from collections import Counter
from itertools import permutations

import numpy as np
import pytest

from tests.python.unit.english_texts import english
from text_explorer.corpus.document_term_matrix import build_corpus
from text_explorer.corpus.vocabulary import TermTable, automatic_min_documents, build_vocabulary, prune
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


# Counts by part

TEXTS = ["gold coin gold", "silver coin", "gold bank", "coin", "bank gold bank", "silver"]


def table_of(texts):
    """Count the documents and the words of each term of a part."""
    words = Counter(word for text in texts for word in text.split())
    documents = Counter(word for text in texts for word in set(text.split()))
    return {word: (documents[word], words[word]) for word in words}


def test_terms_are_numbered_by_falling_document_count_then_in_their_order():
    table = TermTable.of([table_of(TEXTS)])
    assert table.terms == ("coin", "gold", "bank", "silver")
    assert (table.document_counts.tolist(), table.term_counts.tolist()) == ([3, 3, 2, 2], [3, 4, 3, 2])


def test_parts_in_any_order_give_the_vocabulary_of_the_whole():
    whole = TermTable.of([table_of(TEXTS)])
    parts = [table_of(TEXTS[:1]), table_of(TEXTS[1:4]), {}, table_of(TEXTS[4:])]
    tables = [TermTable.of(order) for order in permutations(parts)]
    # A sum of sums, as several machines make it.
    tables.append(TermTable.of([TermTable.of(parts[2:]).counts_by_term(), TermTable.of(parts[:2]).counts_by_term()]))
    assert {table.terms for table in tables} == {whole.terms}
    assert {table.document_counts.tobytes() for table in tables} == {whole.document_counts.tobytes()}
    assert {table.term_counts.tobytes() for table in tables} == {whole.term_counts.tobytes()}


def test_a_summed_table_is_pruned_to_the_vocabulary_of_one_corpus():
    preparation = Preparation(min_documents=2, max_terms=3)
    table = TermTable.of([table_of(TEXTS[3:]), table_of(TEXTS[:3])])
    kept, _ = prune(table.document_counts, table.terms, len(TEXTS), preparation)
    assert tuple(table.terms[term] for term in kept) == terms(TEXTS, min_documents=2, max_terms=3)


def test_phrases_are_summed_like_terms():
    table = TermTable.of([{("new", "york"): (1, 2)}, {("hot", "dog"): (1, 1), ("new", "york"): (2, 2)}])
    assert (table.terms, table.term_counts.tolist()) == ((("new", "york"), ("hot", "dog")), [4, 1])


@pytest.mark.parametrize("forged", [(0, 1), (-1, 3), (3, 2)])
def test_impossible_counts_of_a_part_are_refused(forged):
    with pytest.raises(ValueError, match=r"^'gold' cannot occur -?\d times in -?\d documents\.$"):
        TermTable.of([{"gold": forged}])


def test_no_parts_have_no_terms():
    assert TermTable.of([]).document_counts.shape == (0,)
