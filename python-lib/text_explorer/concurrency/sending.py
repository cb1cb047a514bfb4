"""Values as bytes on their way from one process of a run to another.

Such bytes are never stored, so they never come from a file or a folder that others could have written.
"""

from __future__ import annotations

import pickle
from multiprocessing.reduction import ForkingPickler
from typing import Any


def pack(value: Any) -> bytes:
    """Return a value, types of this package included, as bytes."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def unpack(content: bytes) -> Any:
    """Return the value of bytes that another process of this run packed."""
    return ForkingPickler.loads(content)
