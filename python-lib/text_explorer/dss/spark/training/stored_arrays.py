"""Arrays as bytes for a file that others may have written or cut: numbers alone, checked by a digest, never pickles."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping

import numpy as np

_MAGIC = b"TEXARRAY1"
_DIGEST_BYTES = 32


def arrays_to_bytes(arrays: Mapping[str, np.ndarray]) -> bytes:
    """Return arrays of numbers under their names as bytes, compressed."""
    content = io.BytesIO()
    np.savez_compressed(content, allow_pickle=False, **arrays)
    written = content.getvalue()
    return _MAGIC + hashlib.sha256(written).digest() + written


def arrays_of_bytes(content: bytes) -> dict[str, np.ndarray]:
    """Return what `arrays_to_bytes` was given; raise ``ValueError`` where the content is cut, changed or another."""
    written = content[len(_MAGIC) + _DIGEST_BYTES :]
    if content[: len(content) - len(written)] != _MAGIC + hashlib.sha256(written).digest():
        raise ValueError("The file is damaged or of another kind.")
    try:
        with np.load(io.BytesIO(written), allow_pickle=False) as stored:
            return dict(stored)
    except (zipfile.BadZipFile, EOFError, OSError) as error:
        raise ValueError("The file is damaged.") from error
