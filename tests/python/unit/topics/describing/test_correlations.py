import json

import numpy as np
import pytest

from text_explorer.topics.describing import correlations
from text_explorer.topics.describing.correlations import CorrelationCounts, strongest


def shares_of_logs(logs):
    weights = np.exp(logs - logs.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


def correlated_shares(n_docs, n_topics, seed=0):
    """Build shares in which topics 0 and 1 go together, and 2 and 3 part, and no others are related."""
    generator = np.random.default_rng(seed)
    logs = generator.normal(size=(n_docs, n_topics))
    logs[:, 1] = 0.8 * logs[:, 0] + 0.6 * logs[:, 1]
    logs[:, 3] = -0.8 * logs[:, 2] + 0.6 * logs[:, 3]
    return shares_of_logs(logs)


def correlated(shares, chunk=10**6):
    counts = CorrelationCounts(shares.shape[1])
    for first in range(0, len(shares), chunk):
        counts.add(shares[first : first + chunk])
    return counts.correlations()


def test_correlations_are_those_behind_the_shares_though_these_sum_to_one():
    found = correlated(correlated_shares(20_000, 60)).correlations
    assert found[0, 1] == pytest.approx(0.8, abs=0.05)
    assert found[2, 3] == pytest.approx(-0.8, abs=0.07)
    others = np.ones((60, 60), dtype=bool)
    others[[0, 1, 2, 3], [1, 0, 3, 2]] = False
    others[np.diag_indices(60)] = False
    assert np.abs(found[others]).max() < 0.06
    assert np.array_equal(found, found.T)
    assert found.diagonal().tolist() == [1] * 60


def test_unrelated_topics_do_not_correlate_negatively_as_their_shares_do():
    shares = shares_of_logs(np.random.default_rng(0).normal(size=(20_000, 5)))
    pairs = np.triu_indices(5, 1)
    assert np.corrcoef(shares.T)[pairs].mean() < -0.2
    assert np.abs(correlated(shares).correlations[pairs]).max() < 0.05


@pytest.mark.parametrize("chunk", [1, 7, 999])
def test_chunks_do_not_show_to_the_last_bit(monkeypatch, chunk):
    shares = correlated_shares(1_000, 6)
    expected = correlated(shares)
    monkeypatch.setattr(correlations, "_ROWS_AT_ONCE", 64)
    assert correlated(shares, chunk).correlations.tobytes() == expected.correlations.tobytes()


def test_documents_without_a_topic_are_left_out():
    shares = correlated_shares(500, 5)
    with_gaps = np.insert(shares, [0, 77, 500], np.nan, axis=0)
    found = correlated(with_gaps)
    assert found.n_documents == 500
    assert np.array_equal(found.correlations, correlated(shares).correlations)


def test_a_topic_whose_share_is_always_the_same_has_no_correlation():
    shares = np.column_stack((0.75 * correlated_shares(400, 6), np.full(400, 0.25)))
    found = correlated(shares).as_dict()["correlations"]
    assert found[6] == [None] * 7
    assert [row[6] for row in found] == [None] * 7
    assert None not in found[0][:6]


@pytest.mark.parametrize(
    "shares",
    [
        np.zeros((0, 6)),
        np.full((3, 6), np.nan),
        np.full((1, 6), 1 / 6),
        np.full((9, 6), 1 / 6),
        np.full((5, 1), 1.0),
        correlated_shares(9, 4)[:, :3],
    ],
)
def test_where_nothing_can_be_said_all_are_none(shares):
    found = correlated(shares).as_dict()
    assert {value for row in found["correlations"] for value in row} == {None}
    assert len(found["correlations"]) == shares.shape[1]


def test_shares_of_zero_and_one_have_finite_correlations():
    shares = np.eye(5)[np.random.default_rng(0).integers(5, size=300)]
    found = correlated(shares)
    assert np.isfinite(found.correlations).all()
    assert json.loads(json.dumps(found.as_dict(), allow_nan=False))["n_documents"] == 300


def test_the_strongest_are_the_positive_ones_in_falling_order():
    found = correlated(correlated_shares(20_000, 12))
    assert strongest(found, 0)[0] == (1, found.correlations[0, 1])
    values = [value for _, value in strongest(found, 2, 12)]
    assert values == sorted(values, reverse=True)
    assert 3 not in [other for other, _ in strongest(found, 2, 12)]
    assert strongest(correlated(np.full((9, 6), 1 / 6)), 0) == []
