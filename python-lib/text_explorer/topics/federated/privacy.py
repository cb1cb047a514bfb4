"""Noise on what a site sends, and the account of the privacy that is lost.

Every release adds Gaussian noise to a sum over documents. The standard deviation is `noise` times the largest change
that one document, added or removed, makes to the sum in the Euclidean norm; a document counts with at most `most_terms`
distinct terms, each once, so that this change is known.

A release then costs rho = 1 / (2 noise^2) in zero-concentrated differential privacy; the costs of several releases add
up, and rho means (rho + 2 sqrt(rho ln(1 / delta)), delta)-differential privacy. The terms of the vocabulary are chosen
by noisy counts above a threshold, so that a term of a single document passes with a probability of at most delta.

References
----------
Mark Bun and Thomas Steinke (2016). Concentrated differential privacy: simplifications, extensions, and lower bounds.
TCC 2016-B. Proposition 1.3 (epsilon), lemma 2.3 (composition), proposition 1.6 (Gaussian noise).
Aleksandra Korolova et al. (2009). Releasing search queries and clicks privately. WWW '09: the threshold on terms.
"""

from __future__ import annotations

import math
import os
from dataclasses import asdict, dataclass

import numpy as np
from scipy.special import ndtri

_BITS = 53


@dataclass(frozen=True)
class Privacy:
    """Noise and account of a site's releases; the unit of protection is one document."""

    noise: float  # standard deviation of the noise over the largest change by one document
    most_terms: int  # distinct terms of a document that count
    delta: float  # of the whole training: half of it for the choice of terms, half for the sum of all releases

    def as_dict(self) -> dict[str, float]:
        """Return all by name, ready for JSON."""
        return asdict(self)

    @property
    def rho(self) -> float:
        """Loss of one release."""
        return 1 / (2 * self.noise**2)

    @property
    def sigma_of_terms(self) -> float:
        """Standard deviation of the noise on document counts: a document changes its terms' counts and their number."""
        return self.noise * math.sqrt(self.most_terms + 1)

    @property
    def sigma_of_topics(self) -> float:
        """Standard deviation of the noise on word counts by term and topic: a word changes its row by a norm of 1."""
        return self.noise * math.sqrt(self.most_terms)

    @property
    def least_documents(self) -> float:
        """Noisy document count from which a term may leave a site: one of a single document hardly reaches it."""
        return 1 - self.sigma_of_terms * float(ndtri(self.delta / 2 / self.most_terms))

    def epsilon(self, n_releases: int) -> float:
        """Return epsilon after some releases, at this delta."""
        return epsilon_of(n_releases * self.rho, self.delta / 2)


def epsilon_of(rho: float, delta: float) -> float:
    """Return epsilon of (epsilon, delta)-differential privacy for a loss of rho."""
    return rho + 2 * math.sqrt(rho * math.log(1 / delta))


def gaussian_noise(shape: tuple[int, ...], sigma: float) -> np.ndarray:
    """Draw noise from the system's secure source, never from a seed: float64 array."""
    n_values = math.prod(shape)
    drawn = np.frombuffer(os.urandom(8 * n_values), dtype=np.uint64) >> np.uint64(64 - _BITS)
    noise: np.ndarray = ndtri((drawn.astype(np.float64) + 0.5) / 2.0**_BITS)
    return sigma * noise.reshape(shape)
