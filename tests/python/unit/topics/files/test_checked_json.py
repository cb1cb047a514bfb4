"""Counts in the files of a model."""

import pytest

from text_explorer.errors import DataError
from text_explorer.topics.files.checked_json import MOST_COUNTED, Fields


def fields(values):
    return Fields({"counts": values}, DataError)


def test_counts_may_be_none_or_as_many_as_any_corpus_has():
    assert fields([0, MOST_COUNTED]).wholes("counts", 2).tolist() == [0, MOST_COUNTED]


@pytest.mark.parametrize("values", [[0], [0, -1], [0, MOST_COUNTED + 1], [0, True], [0, 1.0], [0, None], "12", None])
def test_what_is_no_list_of_counts_of_this_length_is_refused(values):
    with pytest.raises(DataError, match="counts must be a list of 2 whole numbers from 0 to 1,000,000,000,000"):
        fields(values).wholes("counts", 2)
