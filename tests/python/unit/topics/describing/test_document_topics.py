import json

import numpy as np
import pytest

from text_explorer.topics import columns
from text_explorer.topics.describing import document_topics
from text_explorer.topics.describing.document_topics import distributions_json, document_columns, main_topics


def slowly_written(shares):
    """A document's shares, digit by digit by Python's own formatting."""
    scaled = shares * 1_000_000
    units = np.floor(scaled).astype(np.int64)
    left = 1_000_000 - int(units.sum())
    units[np.argsort(-(scaled - units), kind="stable")[:left]] += 1
    return "[" + ", ".join(f"{unit / 1e6:.6f}".rstrip("0").rstrip(".") for unit in units.tolist()) + "]"


@pytest.mark.parametrize("n_topics", [1, 2, 3, 7, 100, 999])
@pytest.mark.parametrize("prior", [0.01, 1.0, 100.0])
def test_rows_are_written_as_python_would_write_them(n_topics, prior):
    shares = np.random.default_rng(n_topics).dirichlet(np.full(n_topics, prior), size=40)
    assert distributions_json(shares) == [slowly_written(row) for row in shares]


@pytest.mark.parametrize("n_topics", [1, 2, 3, 7, 100, 999])
def test_rounded_shares_still_sum_to_one(n_topics):
    shares = np.random.default_rng(n_topics).dirichlet(np.full(n_topics, 0.1))
    written = json.loads(distributions_json(shares[None])[0])
    assert len(written) == n_topics
    assert round(sum(round(share * 1e6) for share in written)) == 1_000_000
    assert written == pytest.approx(shares, abs=2e-6)


def test_zeros_ones_and_trailing_zeros_are_short():
    shares = np.array([[0.0, 1.0, 0.0], [0.5, 0.25, 0.25], [0.1, 0.000001, 0.899999]])
    assert distributions_json(shares) == ["[0, 1, 0]", "[0.5, 0.25, 0.25]", "[0.1, 0.000001, 0.899999]"]


def test_thirds_are_rounded_to_a_whole_the_first_topic_gaining():
    assert distributions_json(np.full((1, 3), 1 / 3)) == ["[0.333334, 0.333333, 0.333333]"]


def test_a_document_without_topic_has_no_distribution_and_does_not_shift_the_others():
    shares = np.array([[np.nan, np.nan], [0.25, 0.75], [np.nan, np.nan], [1.0, 0.0]])
    assert distributions_json(shares) == [None, "[0.25, 0.75]", None, "[1, 0]"]


@pytest.mark.parametrize("n_docs", [0, 2])
def test_without_any_topic_nothing_is_written(n_docs):
    assert distributions_json(np.full((n_docs, 3), np.nan)) == [None] * n_docs


def test_how_many_are_written_at_once_does_not_show(monkeypatch):
    shares = np.random.default_rng(1).dirichlet(np.ones(5), size=30)
    at_once = distributions_json(shares)
    monkeypatch.setattr(document_topics, "CELLS_AT_ONCE", 7)
    assert distributions_json(shares) == at_once


def test_rows_get_topic_label_share_and_status():
    shares = np.array([[0.2, 0.8, 0.0], [np.nan] * 3, [np.nan] * 3, [0.5, 0.5, 0.0]])
    table = document_columns(["gold", None, "the", "both"], shares, ["a", "b", "c"], main_topics(shares, [-1] * 4))
    assert table[columns.TOPIC_ID].tolist()[0] == 1
    assert table[columns.TOPIC_ID].isna().tolist() == [False, True, True, False]
    assert table[columns.TOPIC_ID].dtype == "Int64"
    assert table[columns.TOPIC_LABEL].tolist() == ["b", None, None, "a"]
    assert table[columns.TOPIC_PROBABILITY].tolist()[0] == 0.8
    assert table[columns.TOPIC_STATUS].tolist() == ["ok", "empty text", "no known term", "ok"]


def test_a_document_moved_by_hand_has_its_topic_with_the_proportion_the_model_finds():
    shares = np.array([[0.2, 0.8], [0.3, 0.7], [np.nan] * 2])
    table = document_columns(["gold", "silver", "the"], shares, ["a", "b"], main_topics(shares, [0, -1, 1]))
    assert table[columns.TOPIC_ID].tolist() == [0, 1, 1]
    assert table[columns.TOPIC_LABEL].tolist() == ["a", "b", "b"]
    assert table[columns.TOPIC_PROBABILITY].tolist()[:2] == [0.2, 0.7]
    assert np.isnan(table[columns.TOPIC_PROBABILITY].tolist()[2])
    assert table[columns.TOPIC_DISTRIBUTION].tolist()[0] == "[0.2, 0.8]"
    assert table[columns.TOPIC_STATUS].tolist() == ["ok"] * 3
