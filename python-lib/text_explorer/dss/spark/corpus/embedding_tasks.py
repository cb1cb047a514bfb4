"""What workers of Spark do with the embeddings of the blocks of `tasks.read_blocks`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from text_explorer.concurrency.sending import pack, unpack
from text_explorer.corpus.embeddings.parsing import EmbeddingKind
from text_explorer.corpus.embeddings.projection import Projection, embedding_hashes, smallest_hashes


def hash_embeddings(kind: EmbeddingKind, blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the smallest hashes of the embeddings of a partition; see `smallest_hashes`."""
    found = smallest_hashes(np.zeros(0, dtype=np.uint64))
    for content in blocks:
        embeddings, _ = unpack(content).embeddings.of_kind(kind)
        found = smallest_hashes(found, embedding_hashes(embeddings))
    yield pack(found)


def add_hashes(first: bytes, second: bytes) -> bytes:
    """Return the smallest hashes of two partitions."""
    return pack(smallest_hashes(unpack(first), unpack(second)))


def select_embeddings(kind: EmbeddingKind, hashes: np.ndarray, blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the hashes of the embeddings of each block that are among these, each once, and the embeddings."""
    met = np.zeros(len(hashes), dtype=np.bool_)
    for content in blocks:
        embeddings, _ = unpack(content).embeddings.of_kind(kind)
        own, rows = np.unique(embedding_hashes(embeddings), return_index=True)
        places = np.minimum(np.searchsorted(hashes, own), len(hashes) - 1)
        new = (hashes[places] == own) & ~met[places]
        met[places[new]] = True
        yield pack((own[new], embeddings[rows[new]]))


def project_embeddings(kind: EmbeddingKind, projection: Projection, blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the keys of the documents of each block, and their unit vectors, zeros where one has none."""
    for content in blocks:
        block = unpack(content)
        embeddings, rows = block.embeddings.of_kind(kind)
        values = np.zeros((len(block.keys), projection.n_dimensions), dtype=np.float32)
        values[rows] = projection.units(embeddings)
        yield pack((block.keys, values))
