import numpy as np
import pytest

from text_explorer.topics.models.padding import padded


@pytest.mark.parametrize(("length", "expected"), [(1, 8), (7, 8), (8, 8), (9, 16), (0, 0)])
def test_zeros_fill_the_last_axis_up_to_a_multiple_of_eight(length, expected):
    values = np.ones(length, dtype=np.float32)
    assert padded(values).tolist() == [1.0] * length + [0.0] * (expected - length)
    assert padded(values).dtype == np.float32


def test_rows_of_a_matrix_are_padded_and_lie_one_after_the_other():
    matrix = padded(np.ones((3, 5)).T)
    assert matrix.shape == (5, 8)
    assert matrix.flags.c_contiguous
    assert matrix.sum(axis=0).tolist() == [5.0] * 3 + [0.0] * 5
