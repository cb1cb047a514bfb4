import numpy as np
import pytest

from tests.python.unit.topics.small_corpora import corpus_of_counts
from text_explorer.topics.models import inference
from text_explorer.topics.models.inference import infer_documents, padded

COUNTS = [[1, 3], [0, 0], [2, 2], [5, 0], [0, 0], [1, 0], [0, 7]]


@pytest.mark.parametrize("n_workers", [None, 1, 2, 8])
@pytest.mark.parametrize(("documents_at_once", "sizes"), [(3, [1, 3, 3]), (7, [7]), (10, [7]), (1, [1] * 7)])
def test_documents_are_inferred_in_batches_and_keep_their_order(monkeypatch, documents_at_once, sizes, n_workers):
    monkeypatch.setattr(inference, "DOCUMENTS_AT_ONCE", documents_at_once)
    corpus, seen = corpus_of_counts(COUNTS), []

    def infer_batch(offsets):
        seen.append(len(offsets) - 1)
        counts = np.array([
            np.bincount(corpus.indices[a:b], corpus.data[a:b], 2) for a, b in zip(offsets, offsets[1:])
        ])  # fmt: skip
        return np.column_stack((counts + 1e-9, np.full(len(counts), 99.0)))  # a column of padding

    shares = infer_documents(corpus, 2, infer_batch, n_workers)
    nan = [np.nan, np.nan]
    assert sorted(seen) == sizes
    assert shares == pytest.approx(
        np.array([[0.25, 0.75], nan, [0.5, 0.5], [1, 0], nan, [1, 0], [0, 1]]), abs=1e-8, nan_ok=True
    )


def test_a_corpus_without_documents_is_not_inferred():
    assert infer_documents(corpus_of_counts(np.zeros((0, 2), dtype=int)), 3, None, 2).shape == (0, 3)


@pytest.mark.parametrize(("length", "expected"), [(1, 8), (7, 8), (8, 8), (9, 16), (0, 0)])
def test_zeros_fill_the_last_axis_up_to_a_multiple_of_eight(length, expected):
    values = np.ones(length, dtype=np.float32)
    assert padded(values).tolist() == [1.0] * length + [0.0] * (expected - length)
    assert padded(values).dtype == np.float32


def test_rows_of_a_matrix_are_padded_and_lie_one_after_the_other():
    matrix = padded(np.ones((3, 5)).T)
    assert matrix.shape == (5, 8)
    assert matrix.flags.c_contiguous
    assert matrix.sum(axis=0).tolist() == [5.0] * 3 + [0.0] * 5
