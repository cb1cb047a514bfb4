import json

import numpy as np
import pytest

from tests.python.unit.topics.small_corpora import profile_of
from text_explorer.errors import DataError
from text_explorer.topics.storage.training_profile import ProfileCounter, parse_profile

SHARES = np.array([[0.75, 0.25], [0.25, 0.75], [1.0, 0.0], [np.nan, np.nan]])


def test_documents_shares_and_words_are_counted():
    profile = profile_of(SHARES, 20, 5)
    assert (profile.n_rows, profile.n_documents) == (4, 3)
    assert profile.topic_documents.tolist() == [2, 1]
    assert profile.document_shares.tolist() == [2 / 3, 1 / 3]
    assert profile.mean_shares == pytest.approx([2 / 3, 1 / 3], abs=1e-12)
    assert (profile.no_topic_share, profile.unknown_word_share) == (0.25, 0.25)


@pytest.mark.parametrize("n_rows", [0, 3])
def test_without_a_topic_shares_are_unknown(n_rows):
    profile = profile_of(np.full((n_rows, 2), np.nan), 0, 0)
    assert np.isnan(profile.document_shares).all()
    assert np.isnan(profile.mean_shares).all()
    assert np.isnan(profile.unknown_word_share)
    assert profile.as_dict()["topic_mean_shares"] is None
    assert (profile.no_topic_share == 1.0) == (n_rows > 0)


def test_neither_chunks_nor_order_show():
    shares = np.random.default_rng(5).dirichlet(np.full(7, 0.1), size=400)
    whole = profile_of(shares, 10, 1)
    counter = ProfileCounter(7)
    for first in range(0, 400, 13):
        counter.add(shares[::-1][first : first + 13], 0, 0)
    in_parts = counter.profile()
    assert in_parts.mean_shares.tobytes() == whole.mean_shares.tobytes()
    assert in_parts.topic_documents.tolist() == whole.topic_documents.tolist()


def test_words_add_up_over_chunks():
    counter = ProfileCounter(2)
    counter.add(SHARES[:1], 10, 2)
    counter.add(SHARES[1:], 30, 3)
    assert (counter.profile().n_words, counter.profile().n_unknown_words) == (40, 5)


@pytest.mark.parametrize("shares", [SHARES, SHARES[3:]])
def test_a_profile_is_read_as_it_was_written(shares):
    profile = profile_of(shares, 20, 5)
    read = parse_profile(json.loads(json.dumps(profile.as_dict())), 2)
    assert read.topic_documents.tolist() == profile.topic_documents.tolist()
    assert read.mean_shares == pytest.approx(profile.mean_shares, abs=1e-9, nan_ok=True)
    assert (read.n_rows, read.n_words, read.n_unknown_words) == (len(shares), 20, 5)


def test_an_older_manifest_has_none():
    assert parse_profile(None, 2) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"topic_documents": [1]},
        {"topic_documents": "many"},
        {"topic_documents": [-1, 3]},
        {"topic_mean_shares": [0.1, 0.2, 0.7]},
        {"n_rows": 1},
        {"n_words": None},
        {"n_unknown_words": 99},
    ],
)
def test_a_damaged_profile_is_refused(changes):
    stored = {**profile_of(SHARES, 20, 5).as_dict(), **changes}
    with pytest.raises(DataError, match=r"manifest\.json is damaged .*training_profile"):
        parse_profile(stored, 2)


@pytest.mark.parametrize("stored", [[], 7, {}, "x"])
def test_what_is_no_profile_is_refused(stored):
    with pytest.raises(DataError, match=r"manifest\.json is damaged .*training_profile"):
        parse_profile(stored, 2)
