"""What requests to the same index share."""

from __future__ import annotations

import numpy as np
import pytest

from tests.python.unit.explorer.filterable_source import filterable_source, two_merged_into_zero
from text_explorer.explorer.index.reader import RowsCache


def asked(cache, key, size):
    """Return whether rows had to be found."""
    calls = []
    cache.get(key, lambda: calls.append(key) or np.zeros(size, np.uint8))
    return bool(calls)


def test_what_was_found_is_not_found_again():
    cache = RowsCache()
    assert [asked(cache, "a", 3), asked(cache, "a", 3), asked(cache, "b", 3)] == [True, False, True]


def test_the_least_used_rows_go_first_when_there_are_too_many():
    cache = RowsCache(most_bytes=10)
    for key in ("a", "b", "a", "c"):
        asked(cache, key, 4)
    assert [asked(cache, key, 4) for key in ("a", "c")] == [False, False]
    assert asked(cache, "b", 4)


def test_more_rows_than_are_kept_push_nothing_out():
    cache = RowsCache(most_bytes=10)
    asked(cache, "a", 4)
    assert asked(cache, "huge", 11)
    assert asked(cache, "huge", 11)
    assert not asked(cache, "a", 4)


def test_searches_that_find_nothing_are_not_kept_without_end():
    cache = RowsCache(most_answers=3)
    for number in range(5):
        asked(cache, number, 0)
    assert [asked(cache, number, 0) for number in (4, 3, 2)] == [False, False, False]
    assert asked(cache, 0, 0)


def test_of_an_array_of_two_dimensions_all_numbers_count():
    cache = RowsCache(most_bytes=10)
    for key in ("a", "b"):
        cache.get(key, lambda: np.zeros((3, 3), np.uint8))
    assert asked(cache, "a", 3)


def test_an_array_kept_under_two_keys_counts_once():
    cache, rows = RowsCache(most_bytes=10), np.zeros(5, np.uint8)
    for key in ("searched", "selected"):
        cache.get(key, lambda: rows)
    asked(cache, "other", 5)
    assert [asked(cache, key, 5) for key in ("searched", "selected", "other")] == [False, False, False]
    asked(cache, "more", 5)
    assert asked(cache, "searched", 5)


def test_kept_rows_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        RowsCache().get("a", lambda: np.arange(3))[0] = 1


def test_topics_are_counted_as_trained_and_as_merged(indexed):
    index = indexed(filterable_source(), edits=two_merged_into_zero)
    assert index.trained_counts().tolist() == [2, 2, 2]
    assert index.final_counts().tolist() == [4, 2, 0]
    assert index.final_counts(np.array([0, 4, 5])).tolist() == [2, 0, 0]
    assert index.final_topics() == [0, 1]
    assert [index.edits.final_of(topic) for topic in (0, 2, 99)] == [0, 0, 99]


def test_a_topic_id_without_documents_between_others_has_a_place(indexed):
    source = filterable_source([(0, 1.0, "", "", "", "x")])
    source.tables["document_topics"][0] |= {"topic_id": 7, "topic_label": "seven"}
    index = indexed(source)
    assert index.edits.labels == ("topic 0", "topic 1", "topic 2", "Topic 3", "Topic 4", "Topic 5", "Topic 6", "seven")
    assert index.trained_counts().tolist() == [0] * 7 + [1]
    assert index.final_topics() == [0, 1, 2, 7]


@pytest.mark.parametrize("topic", [-1, 100_000, 2**40, 1e300, "x"])
def test_an_id_that_numbers_no_topic_is_none(indexed, topic):
    source = filterable_source([(0, 1.0, "", "", "", "x")])
    source.tables["document_topics"][0]["topic_id"] = topic
    assert indexed(source).documents.topic.tolist() == [-1]
