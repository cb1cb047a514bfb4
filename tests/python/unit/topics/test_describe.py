import json

import numpy as np
import pytest

from text_explorer.topics import columns
from text_explorer.topics.describe import distribution_json, document_columns

NAN_ROW = np.full(3, np.nan)


@pytest.mark.parametrize("n_topics", [1, 2, 3, 7, 100, 999])
def test_rounded_shares_still_sum_to_one(n_topics):
    shares = np.random.default_rng(n_topics).dirichlet(np.full(n_topics, 0.1))
    written = json.loads(distribution_json(shares))
    assert len(written) == n_topics
    assert round(sum(round(share * 1e6) for share in written)) == 1_000_000
    assert written == pytest.approx(shares, abs=2e-6)


def test_a_document_without_topic_has_no_distribution():
    assert distribution_json(NAN_ROW) is None


def test_thirds_are_rounded_to_a_whole():
    assert distribution_json(np.full(3, 1 / 3)) == "[0.333334, 0.333333, 0.333333]"


def test_rows_get_topic_label_share_and_status():
    shares = np.array([[0.2, 0.8, 0.0], NAN_ROW, NAN_ROW, [0.5, 0.5, 0.0]])
    table = document_columns(["gold", None, "the", "both"], shares, ["a", "b", "c"])
    assert table[columns.TOPIC_ID].tolist()[0] == 1
    assert table[columns.TOPIC_ID].isna().tolist() == [False, True, True, False]
    assert table[columns.TOPIC_ID].dtype == "Int64"
    assert table[columns.TOPIC_LABEL].tolist() == ["b", None, None, "a"]
    assert table[columns.TOPIC_PROBABILITY].tolist()[0] == 0.8
    assert table[columns.TOPIC_STATUS].tolist() == ["ok", "empty text", "no known term", "ok"]
