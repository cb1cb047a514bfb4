"""The kernel of window counts against a slow, obvious version."""

import numpy as np
import pytest

from text_explorer.topics.quality._coherence_kernels import count_windows


def slow_windows(words, window_size):
    """Return the terms that count in each window; one that leaves by a word is out until its next word comes in."""
    windows = [set(words[:window_size])]
    for start in range(1, len(words) - window_size + 1):
        windows.append((windows[-1] - {words[start - 1]}) | {words[start + window_size - 1]})
    return windows


def counted(documents, pairs, n_terms, window_size):
    """Count by the kernel; `pairs` are pairs of terms, each one way."""
    both_ways = sorted({pair for a, b in pairs for pair in ((a, b), (b, a))})
    looked_for = sorted({term for pair in both_ways for term in pair})
    numbers = np.full(n_terms, -1, dtype=np.int32)
    numbers[looked_for] = np.arange(len(looked_for))
    firsts = [a for a, _ in both_ways]
    starts = np.searchsorted(firsts, [*looked_for, n_terms]).astype(np.int64)
    partners = np.array([numbers[b] for _, b in both_ways], dtype=np.int32)
    words = np.array([word for document in documents for word in document], dtype=np.int32)
    offsets = np.cumsum([0, *map(len, documents)]).astype(np.int64)
    alone, together = count_windows(words, offsets, numbers, starts, partners, window_size)
    ways = dict(zip(both_ways, together.tolist()))
    return dict(zip(looked_for, alone.tolist())), {(a, b): ways[a, b] + ways[b, a] for a, b in pairs}


@pytest.mark.parametrize("window_size", [1, 2, 5, 10])
@pytest.mark.parametrize("longest", [1, 4, 6, 60])
def test_windows_are_counted_as_the_slow_version_does(window_size, longest):
    generator = np.random.default_rng(longest)
    documents = [generator.integers(0, 8, generator.integers(0, longest + 1)).tolist() for _ in range(40)]
    pairs = [(0, 1), (1, 2), (0, 5), (5, 6)]
    windows = [window for document in documents for window in slow_windows(document, window_size)]
    alone, together = counted(documents, pairs, 8, window_size)
    assert alone == {term: sum(term in window for window in windows) for term in (0, 1, 2, 5, 6)}
    assert together == {pair: sum(set(pair) <= window for window in windows) for pair in pairs}
    assert sum(alone.values()) > 0


def test_words_stand_together_where_a_window_reaches_from_one_to_the_other():
    assert counted([[0, 7, 7, 1]], [(0, 1)], 8, 3) == ({0: 1, 1: 1}, {(0, 1): 0})
    assert counted([[0, 7, 7, 1]], [(0, 1)], 8, 4) == ({0: 1, 1: 1}, {(0, 1): 1})


def test_windows_do_not_reach_from_one_document_into_the_next():
    assert counted([[0], [1]], [(0, 1)], 2, 10) == ({0: 1, 1: 1}, {(0, 1): 0})


def test_a_word_that_leaves_takes_its_double_with_it_as_in_gensim():
    # Windows of three words: 0 0 7, then 0 7 1, where the second 0 is not counted any more.
    assert counted([[0, 0, 7, 1]], [(0, 1)], 8, 3) == ({0: 1, 1: 1}, {(0, 1): 0})
