"""What is known of a corpus without its documents."""

import numpy as np
import pytest

from tests.python.unit.topics.small_corpora import corpus_of_counts, random_corpus
from text_explorer.corpus.outline import CorpusOutline, DocumentLengths


def test_an_outline_tells_what_its_corpus_tells():
    corpus = random_corpus(n_docs=60, n_terms=9, mean_length=4)
    outline = CorpusOutline(corpus.vocabulary, corpus.lengths)
    assert 0 < corpus.n_known < corpus.n_docs == 60
    for fact in ("n_docs", "n_terms", "n_words", "n_known"):
        assert getattr(outline, fact) == getattr(corpus, fact)


@pytest.mark.parametrize(
    ("lengths", "median"), [([], 1.0), ([0, 0], 1.0), ([7], 7.0), ([0, 0, 0, 2, 9], 5.5), ([4, 1, 8], 4.0)]
)
def test_the_median_is_that_of_the_documents_with_words(lengths, median):
    assert DocumentLengths.of(np.array(lengths, dtype=np.int64)).median == median


def test_lengths_of_parts_add_up_to_those_of_the_whole():
    lengths = np.random.default_rng(0).integers(0, 9, 200)
    whole, parts = (
        DocumentLengths.of(lengths),
        DocumentLengths.of(lengths[150:]).plus(DocumentLengths.of(lengths[:150])),
    )
    assert parts.lengths.tolist() == whole.lengths.tolist() == list(range(9))
    assert parts.n_documents.tolist() == whole.n_documents.tolist()
    assert parts.median == np.median(lengths[lengths > 0])


@pytest.mark.parametrize(("n_at_once", "sizes"), [(2, [2, 2, 1]), (5, [5]), (9, [5])])
def test_batches_hold_each_document_once_in_order(n_at_once, sizes):
    corpus = corpus_of_counts([[1, 0], [0, 2], [0, 0], [3, 1], [1, 1]])
    batches = list(corpus.batches(n_at_once))
    assert [part.n_docs for part in batches] == sizes
    assert np.concatenate([part.doc_lengths for part in batches]).tolist() == corpus.doc_lengths.tolist()


def test_no_document_is_one_batch_without_any():
    assert [part.n_docs for part in corpus_of_counts(np.zeros((0, 3), dtype=int)).batches(4)] == [0]
