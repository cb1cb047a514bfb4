"""Arrays of a length that suits the compiled loops."""

from __future__ import annotations

import numpy as np

from text_explorer.topics.models.kernels._sampling_kernels import LANES


def padded(values: np.ndarray) -> np.ndarray:
    """Add zeros along the last axis until its length is a multiple of ``LANES``."""
    missing = -values.shape[-1] % LANES
    return np.ascontiguousarray(np.pad(values, [(0, 0)] * (values.ndim - 1) + [(0, missing)]))
