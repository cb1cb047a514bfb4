"""Arrays in files that others may have written or cut."""

import hashlib
import io

import numpy as np
import pytest

from text_explorer.dss.spark.training.stored_arrays import arrays_of_bytes, arrays_to_bytes

ARRAYS = {
    "counts": np.arange(12, dtype=np.int32).reshape(3, 4),
    "prior": np.array(0.25),
    "none": np.empty(0, np.uint16),
}


def test_arrays_come_back_as_they_were():
    found = arrays_of_bytes(arrays_to_bytes(ARRAYS))
    assert sorted(found) == sorted(ARRAYS)
    for name, array in ARRAYS.items():
        assert (found[name].dtype, found[name].shape) == (array.dtype, array.shape)
        assert found[name].tobytes() == array.tobytes()


CONTENT = arrays_to_bytes(ARRAYS)


class Trap:
    """Pickles to a call that would be made where a file is executed."""

    called = False

    def __reduce__(self):
        return setattr, (Trap, "called", True)


def with_digest(written):
    """Return what stands for a file with a right digest."""
    return b"TEXARRAY1" + hashlib.sha256(written).digest() + written


def forged():
    content = io.BytesIO()
    np.savez(content, counts=np.array([Trap()], dtype=object))
    return with_digest(content.getvalue())


CONTENTS = {
    "empty": b"",
    "cut": CONTENT[:-1],
    "cut head": CONTENT[:20],
    "changed": CONTENT[:60] + bytes([CONTENT[60] ^ 1]) + CONTENT[61:],
    "other kind": b"PK" + CONTENT,
    "no archive": with_digest(b"PK\x03\x04"),
    "objects": forged(),
}


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_other_content_is_refused_and_never_executed(content):
    with pytest.raises(ValueError, match=r"damaged|pickle"):
        arrays_of_bytes(content)
    assert not Trap.called
