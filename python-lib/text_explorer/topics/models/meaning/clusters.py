"""The meaning of clusters: the sum of the vectors of their documents, and how strongly vectors count."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from text_explorer.corpus.embeddings.projection import Projection
from text_explorer.topics.models.inference import padded, rows_in_order
from text_explorer.topics.models.kernels import _meaning_kernels as kernels

LOW, NORMAL, HIGH = 10.0, 30.0, 60.0
"""Largest kappa of a weight of meaning; from 20 to 40 topics are equally good on nearly all texts."""

MOST_KAPPA = 80.0
"""A float32 holds the exponential of a pull, which is at most kappa."""

_PREFIX = "meaning_"


@dataclass(frozen=True)
class MeaningRun:
    """Figures of a training with embeddings."""

    cosine: float  # mean cosine of a vector with the sum of the others in its cluster
    log_joints: tuple[float, ...]  # log joint probabilities of the short chains


@dataclass(frozen=True)
class ClusterMeaning:
    """What a model knows of the vectors of its clusters."""

    projection: Projection
    sums: np.ndarray  # float32 of shape (n_topics, p): sum of the unit vectors of each topic's documents
    n_vectors: np.ndarray  # int64 of shape (n_topics,): documents with a vector
    kappa: float  # concentration of the vectors around their cluster's direction

    @property
    def pull_scales(self) -> np.ndarray:
        """float64 array of shape (n_topics,): factors of the products with sums, see `kernels.pull_scale`."""
        squares = (self.sums.astype(np.float64) ** 2).sum(axis=1)
        return np.array([kernels.pull_scale(square, self.kappa, self.sums.shape[1]) for square in squares])

    @property
    def sums_by_dimension(self) -> np.ndarray:
        """float32 array of shape (p padded, n_topics), as kernels read it."""
        return np.ascontiguousarray(padded(self.sums).T)

    def reordered(self, order: np.ndarray) -> ClusterMeaning:
        """Return the same with topic ``order[i]`` as topic ``i``; where the order is -1, it has no vectors."""
        return replace(self, sums=rows_in_order(self.sums, order), n_vectors=rows_in_order(self.n_vectors, order))

    def arrays(self) -> dict[str, np.ndarray]:
        """Return what is needed to rebuild this by `from_arrays`."""
        held = {
            "centre": self.projection.centre, "directions": self.projection.directions, "sums": self.sums,
            "n_vectors": self.n_vectors, "kappa": np.array(self.kappa),
        }  # fmt: skip
        return {_PREFIX + name: array for name, array in held.items()}

    @staticmethod
    def is_in(arrays: dict[str, np.ndarray]) -> bool:
        """Return whether the arrays of a model have those of meaning."""
        return _PREFIX + "kappa" in arrays

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray]) -> ClusterMeaning:
        """Build what `arrays` was taken from."""
        centre, directions, sums, n_vectors, kappa = (
            arrays[_PREFIX + name] for name in ("centre", "directions", "sums", "n_vectors", "kappa")
        )
        return cls(Projection(centre, directions), sums, n_vectors, float(kappa))
