"""Files that keep vectors for other runs: a line of JSON, keys of texts, vectors, and a hash of all that.

They are read as untrusted input: anyone who can write to the folder may have changed them.
"""

from __future__ import annotations

import hashlib
import json

import numpy as np

from text_explorer.errors import DataError
from text_explorer.topics.files.checked_json import Fields, parse_object

FORMAT_VERSION = 1
FOLDER = "embeddings"
_KEY, _NUMBER = np.dtype("<i8"), np.dtype("<f4")
_DIGEST_BYTES, _LONGEST_HEAD = 16, 10_000


def folder_of(source: str) -> str:
    """Return the folder of the vectors of a source: a model with the settings that its vectors depend on."""
    return f"{FOLDER}/{hashlib.blake2b(source.encode('utf-8', 'replace'), digest_size=8).hexdigest()}"


def vector_file(source: str, keys: np.ndarray, vectors: np.ndarray) -> tuple[str, bytes]:
    """Return path and content of a file of vectors; its name is that of its content.

    Parameters
    ----------
    source
        Model and settings, in words.
    keys
        int64 array of shape (n,): hashes of the texts.
    vectors
        float32 array of shape (n, d).
    """
    head = {"format_version": FORMAT_VERSION, "source": source, "n_vectors": len(keys), "n_numbers": vectors.shape[1]}
    parts = (
        json.dumps(head, ensure_ascii=False).encode("utf-8", "replace") + b"\n",
        keys.astype(_KEY).tobytes(),
        vectors.astype(_NUMBER).tobytes(),
    )
    content = b"".join(parts)
    digest = _digest(content)
    return f"{folder_of(source)}/{digest.hex()}.vectors", content + digest


def parse_vectors(path: str, content: bytes, source: str) -> tuple[np.ndarray, np.ndarray]:
    """Return keys and vectors of a file, see `vector_file`; raise a `DataError` where it cannot be used."""

    def fault(reason: str) -> DataError:
        return DataError(f"{path} cannot be used ({reason}), so that its texts are embedded again.")

    body, digest = content[:-_DIGEST_BYTES], content[-_DIGEST_BYTES:]
    if _digest(body) != digest:
        raise fault("it is damaged")
    head, separator, _ = body[:_LONGEST_HEAD].partition(b"\n")
    fields = Fields(parse_object(head, fault), fault)
    if not separator or fields.values.get("format_version") != FORMAT_VERSION:
        raise fault("it is of another version")
    if fields.values.get("source") != source:
        raise fault("it is of another model")
    n_vectors, n_numbers = fields.whole("n_vectors", least=1) or 0, fields.whole("n_numbers", least=1) or 0
    start, n_key_bytes = len(head) + 1, n_vectors * _KEY.itemsize
    if len(body) != start + n_key_bytes + n_vectors * n_numbers * _NUMBER.itemsize or not n_vectors * n_numbers:
        raise fault("it does not hold the vectors it claims to")
    keys = np.frombuffer(body, _KEY, n_vectors, start).astype(np.int64)
    vectors = np.frombuffer(body, _NUMBER, n_vectors * n_numbers, start + n_key_bytes).reshape(n_vectors, n_numbers)
    if not np.isfinite(vectors).all() or not vectors.any(axis=1).all():
        raise fault("it holds vectors of zeros or of numbers that are not finite")
    return keys, vectors.astype(np.float32)


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGEST_BYTES).digest()
