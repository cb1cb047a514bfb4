import numpy as np
import pytest

from text_explorer.corpus import growing_array
from text_explorer.corpus.growing_array import GrowingArray


@pytest.mark.parametrize("mapped_from", [1, 20, 10_000])
def test_parts_are_joined_in_memory_or_in_a_file(monkeypatch, mapped_from):
    monkeypatch.setattr(growing_array, "MAPPED_FROM_BYTES", mapped_from)
    growing = GrowingArray(np.int32)
    for part in ([1, 2], [], [3], range(4, 9)):
        growing.append(np.array(part, dtype=np.int64))
    values = growing.array()
    assert values.tolist() == [1, 2, 3, 4, 5, 6, 7, 8]
    assert values.dtype == np.int32
    assert isinstance(values, np.memmap) == (mapped_from < 10_000)


def test_an_array_may_move_to_a_file_earlier_than_others():
    growing = GrowingArray(np.int32, mapped_from_bytes=8)
    growing.append(np.array([1, 2]))
    values = growing.array()
    assert isinstance(values, np.memmap)
    assert values.tolist() == [1, 2]


def test_without_parts_the_array_is_empty():
    assert GrowingArray(np.int64).array().tolist() == []
