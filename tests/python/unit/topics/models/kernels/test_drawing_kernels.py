"""Topics of documents drawn from a fixed model."""

import numpy as np
import pytest

from text_explorer.topics.models.kernels._drawing_kernels import draw_documents


def drawn(offsets, term_ids, probabilities, alpha, n_draws=5):
    counts = np.zeros(probabilities.shape, dtype=np.int64)
    streams = np.arange(1, len(offsets), dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    given = np.array(offsets, dtype=np.int64), np.array(term_ids, dtype=np.int32)
    draw_documents(*given, probabilities.astype(np.float32), alpha.astype(np.float32), streams, n_draws, counts)
    return counts


def padded_to_eight(rows):
    return np.pad(np.array(rows, dtype=np.float64), [(0, 0), (0, 8 - len(rows[0]))])


ALPHA = padded_to_eight([[0.1, 0.1]])[0]


def test_terms_of_one_topic_are_drawn_in_it_and_padding_never():
    counts = drawn([0, 2, 2, 3], [0, 1, 1], padded_to_eight([[1.0, 0.0], [0.0, 1.0]]), ALPHA)
    assert counts[:, :2].tolist() == [[1, 0], [0, 2]]
    assert counts[:, 2:].sum() == 0


def test_an_ambiguous_term_follows_the_other_words_of_its_document():
    n_docs, probabilities = 1000, padded_to_eight([[0.5, 0.5], [0.5, 0.0]])
    together = drawn(np.arange(n_docs + 1) * 2, [0, 1] * n_docs, probabilities, ALPHA)
    # p(topic of the word beside it) = (1 + alpha) / (1 + 2 alpha)
    assert together[0, 0] / n_docs == pytest.approx(1.1 / 1.2, abs=0.04)
    alone = drawn(np.arange(n_docs + 1), [0] * n_docs, probabilities, ALPHA)
    assert alone[0, 0] / n_docs == pytest.approx(0.5, abs=0.07)
