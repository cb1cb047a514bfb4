"""Large arrays of integers in few bytes a cell, on their way between processes."""

import numpy as np
import pytest

from text_explorer.concurrency.sending import NARROWED_FROM, pack, pack_narrow, unpack

SMALL = np.arange(NARROWED_FROM, dtype=np.int32).reshape(-1, 8) % 100


def with_cells(array, *values):
    changed = array.copy()
    changed.reshape(-1)[: len(values)] = values
    return changed


@pytest.mark.parametrize(
    ("array", "share"),
    [
        (SMALL, 1 / 4),
        (with_cells(SMALL, -128, 127, 128, -129, 2**31 - 1, -(2**31)), 1 / 4),
        (SMALL.astype(np.int64) * 300, 1 / 4),
        ((SMALL % 3).astype(np.uint16), 1 / 2),
        (np.asfortranarray(SMALL), 1 / 4),
        (SMALL * 700_000, 1),
        (SMALL.astype(np.float32), 1),
        (SMALL[:4096], 1),
    ],
    ids=["one byte", "some wide", "two bytes", "unsigned", "by columns", "all wide", "floats", "few cells"],
)
def test_arrays_come_back_and_take_fewer_bytes(array, share):
    sent = pack_narrow({"counts": (array, 3)})
    found, number = unpack(sent)["counts"]
    assert (found.dtype, found.shape, number) == (array.dtype, array.shape, 3)
    np.testing.assert_array_equal(found, array)
    assert len(sent) == pytest.approx(share * len(pack(array)), rel=0.02)
