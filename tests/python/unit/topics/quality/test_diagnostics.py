import numpy as np
import pytest

from text_explorer.topics.models.training import best_topics
from text_explorer.topics.quality.diagnostics import (
    DocumentTally,
    corpus_distance,
    distinctness,
    topic_diversity,
    uniform_distance,
)

NO_TOPIC = [np.nan, np.nan]
FIGURES = (
    "n_documents", "document_share", "mean_share", "token_share", "n_words", "effective_documents",
    "two_largest_share", "document_focus",
)  # fmt: skip


def tally_of(doc_topic_distr, doc_lengths):
    shares = np.array(doc_topic_distr, dtype=np.float64)
    tally = DocumentTally(shares.shape[1])
    tally.add(shares, np.array(doc_lengths))
    return tally


def random_shares(n_docs=200, n_topics=7, seed=0):
    """Draw shares and lengths; one document in ten is without a known term."""
    generator = np.random.default_rng(seed)
    shares = generator.dirichlet(np.full(n_topics, 0.3), n_docs)
    lengths = generator.integers(1, 50, n_docs)
    unknown = generator.random(n_docs) < 0.1
    shares[unknown], lengths[unknown] = np.nan, 0
    return shares, lengths


@pytest.mark.parametrize(
    ("topics", "diversity"),
    [([[0, 1], [2, 3]], 1.0), ([[0, 1], [1, 2]], 0.75), ([[0, 1], [0, 1]], 0.5), ([[4]], 1.0)],
)
def test_diversity_is_the_part_of_terms_that_are_different(topics, diversity):
    assert topic_diversity(np.array(topics)) == diversity


def test_no_topics_have_no_diversity():
    assert np.isnan(topic_diversity(np.zeros((0, 10), dtype=int)))


def test_a_topic_without_preference_has_no_distance_from_uniform():
    distr = np.array([[0.25] * 4, [1, 0, 0, 0], [0.5, 0.5, 0, 0]])
    assert uniform_distance(distr) == pytest.approx([0, np.log(4), np.log(2)])


def test_the_distance_from_the_corpus_is_the_divergence_from_its_frequencies():
    distr = np.array([[0.5, 0.25, 0.25], [0, 0, 1], [0.25, 0.5, 0.25]])
    expected = [0, np.log(4), 0.25 * np.log(0.5) + 0.5 * np.log(2)]
    assert corpus_distance(distr, np.array([20, 10, 10])) == pytest.approx(expected)


def test_topics_that_share_no_term_are_wholly_distinct():
    distr = np.array([[0.5, 0.5, 0, 0], [0, 0, 0.5, 0.5]])
    assert distinctness(distr, np.array([3, 3, 1, 1]), np.array([0.75, 0.25])) == pytest.approx([1, 1])


def test_topics_like_the_corpus_are_not_distinct_however_small():
    distr = np.tile([0.5, 0.25, 0.25], (3, 1))
    assert distinctness(distr, np.array([2, 1, 1]), np.array([0.9, 0.1, 1e-9])) == pytest.approx([0, 0, 0])


def test_a_topic_of_all_words_or_none_is_neither_distinct_nor_like_the_corpus():
    assert np.isnan(distinctness(np.full((2, 2), 0.5), np.array([1, 1]), np.array([1.0, 0.0]))).all()


def test_documents_are_counted_for_the_topic_of_their_largest_share():
    tally = tally_of([[0.9, 0.1], [0.5, 0.5], [0.2, 0.8], NO_TOPIC], [10, 10, 20, 0])
    assert tally.n_documents.tolist() == [2, 1]
    assert tally.n_known == 3
    assert tally.document_share == pytest.approx([2 / 3, 1 / 3])


def test_prevalence_weights_documents_equally_or_by_their_words():
    tally = tally_of([[1, 0], [0, 1], NO_TOPIC], [30, 10, 0])
    assert tally.mean_share == pytest.approx([0.5, 0.5])
    assert tally.token_share == pytest.approx([0.75, 0.25])
    assert tally.n_words == pytest.approx([30, 10])


@pytest.mark.parametrize(
    ("doc_topic_distr", "doc_lengths", "expected"),
    [
        ([[1, 0], [1, 0], [1, 0]], [5, 5, 5], [3, 0]),
        ([[1, 0], [0, 1], [0, 1]], [5, 1, 1], [1, 2]),
        ([[0.5, 0.5], [0.25, 0.75]], [10, 20], [2, np.exp(0.25 * np.log(4) + 0.75 * np.log(4 / 3))]),
        ([[1, 0], NO_TOPIC], [5, 0], [1, 0]),
    ],
)
def test_the_effective_number_of_documents_is_that_of_equal_shares_of_a_topics_words(
    doc_topic_distr, doc_lengths, expected
):
    assert tally_of(doc_topic_distr, doc_lengths).effective_documents == pytest.approx(expected)


def test_the_two_documents_with_most_of_a_topics_words_are_found_wherever_they_stand():
    lengths = [3, 50, 1, 30, 6, 10]
    tally = tally_of([[1, 0]] * 5 + [[0.5, 0.5]], lengths)
    assert tally.two_largest_share == pytest.approx([80 / 95, 1])
    assert tally_of([[1, 0]] * 6, lengths[::-1]).two_largest_share[0] == pytest.approx(0.8)


def test_a_topic_of_the_same_share_everywhere_has_no_focus():
    assert tally_of([[0.3, 0.7]] * 3, [5, 50, 1]).document_focus == pytest.approx([0, 0])


def test_topics_of_documents_of_their_own_have_full_focus():
    tally = tally_of([[1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1]], [5, 50, 1, 8])
    assert tally.document_focus == pytest.approx([1, 1, 1])


def test_focus_is_the_divergence_from_all_documents_over_its_bound():
    tally = tally_of([[0.5, 0.5], [0.1, 0.9]], [10, 10])
    of_document = np.array([5 / 6, 1 / 6])
    expected = (of_document * np.log(of_document / 0.5)).sum() / -np.log(0.3)
    assert tally.document_focus[0] == pytest.approx(expected)


def test_a_topic_of_all_words_or_none_has_no_focus():
    assert np.isnan(tally_of([[1, 0], [1, 0]], [5, 5]).document_focus).all()


def test_sums_are_those_of_the_slow_version():
    shares, lengths = random_shares()
    tally = tally_of(shares, lengths)
    words = shares[lengths > 0] * lengths[lengths > 0, None]
    of_document = words / words.sum(axis=0)
    assert tally.effective_documents == pytest.approx(np.exp(-(of_document * np.log(of_document)).sum(axis=0)))
    assert tally.token_share == pytest.approx(words.sum(axis=0) / words.sum())
    assert tally.mean_share == pytest.approx(np.nanmean(shares, axis=0))
    best = best_topics(shares)
    assert tally.n_documents.tolist() == np.bincount(best[best >= 0], minlength=7).tolist()
    expected = lengths[lengths > 0] / lengths.sum()
    divergence = (of_document * np.log(of_document / expected[:, None])).sum(axis=0)
    assert tally.document_focus == pytest.approx(divergence / -np.log(tally.token_share))


@pytest.mark.parametrize("size", [1, 3, 64])
def test_the_parts_in_which_documents_come_do_not_show(size):
    shares, lengths = random_shares()
    whole, parts = tally_of(shares, lengths), DocumentTally(7)
    for first in range(0, len(shares), size):
        parts.add(shares[first : first + size], lengths[first : first + size])
    for figure in FIGURES:
        assert getattr(parts, figure).tobytes() == getattr(whole, figure).tobytes()


@pytest.mark.parametrize("seed", range(3))
def test_neither_the_order_of_documents_nor_that_of_additions_shows(seed):
    shares, lengths = random_shares(n_docs=500)
    order = np.random.default_rng(seed).permutation(500)
    whole, parts = tally_of(shares, lengths), DocumentTally(7)
    for rows in np.array_split(order, 9):
        parts.merge(tally_of(shares[rows], lengths[rows]))
    for figure in FIGURES:
        assert getattr(parts, figure).tobytes() == getattr(whole, figure).tobytes()


def test_small_shares_are_not_lost_beside_many_words():
    whole = tally_of([[1 - 1e-9, 1e-9]], [10**9])
    for _ in range(9):
        whole.merge(tally_of([[1 - 1e-9, 1e-9]], [10**9]))
    assert whole.n_words == pytest.approx([10 * (10**9 - 1), 10.0], rel=1e-12)
    assert whole.mean_share == pytest.approx([1 - 1e-9, 1e-9], rel=1e-3)


def test_documents_without_a_known_term_do_not_show():
    shares, lengths = random_shares()
    whole, known = tally_of(shares, lengths), tally_of(shares[lengths > 0], lengths[lengths > 0])
    assert whole.n_known == known.n_known == (lengths > 0).sum() < len(lengths)
    for figure in FIGURES:
        assert getattr(known, figure).tobytes() == getattr(whole, figure).tobytes()


@pytest.mark.parametrize("doc_topic_distr", [np.zeros((0, 2)), [NO_TOPIC, NO_TOPIC]])
def test_no_documents_make_no_shares(doc_topic_distr):
    tally = tally_of(doc_topic_distr, [0] * len(doc_topic_distr))
    assert tally.effective_documents.tolist() == tally.n_documents.tolist() == [0, 0]
    assert np.isnan([tally.mean_share, tally.token_share, tally.two_largest_share, tally.document_focus]).all()


def test_shares_of_another_number_of_topics_are_refused():
    with pytest.raises(ValueError, match=r"2 documents in 3 topics. Got the shape \(2, 2\)"):
        DocumentTally(3).add(np.full((2, 2), 0.5), np.array([1, 1]))
