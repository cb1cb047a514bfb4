"""Which topics a merge is previewed for."""

from __future__ import annotations

import pytest

from text_explorer.explorer.shared.errors import BadRequestError
from text_explorer.explorer.topic_answers.merge_preview import MOST_TOPICS, MergeRequest, merge_request

MOST = tuple(range(MOST_TOPICS))


@pytest.mark.parametrize(("topics", "expected"), [("3,1", (3, 1)), ("1,3,1", (1, 3)), (",".join(map(str, MOST)), MOST)])
def test_two_to_fifty_topics_are_merged_into_one_of_them(topics, expected):
    assert merge_request({"topics": topics, "into": "1"}) == MergeRequest(expected, 1)


@pytest.mark.parametrize(
    ("topics", "into", "sentence"),
    [
        ("1,1", "1", "'topics' must be 2 to 50 different topics. Got 1."),
        (",".join(map(str, range(MOST_TOPICS + 1))), "1", "'topics' must be 2 to 50 different topics. Got 51."),
        ("1," * 301, "1", "'topics' must be 2 to 50 numbers of topics with commas between them."),
        ("1,2", "3", "'into' must be one of 'topics'. Got 3."),
        ("1,x", "1", "'topics' must be a whole number from 0 to "),
    ],
)
def test_other_merges_are_refused(topics, into, sentence):
    with pytest.raises(BadRequestError) as refusal:
        merge_request({"topics": topics, "into": into})
    assert str(refusal.value).startswith(sentence)
