"""Topics of the packages that cluster embeddings: BERTopic and turftopic's FASTopic, on embeddings given to them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from sklearn.cluster import KMeans

BY_KMEANS, BY_DENSITY, FASTOPIC = "BERTopic, k-means", "BERTopic, HDBSCAN", "FASTopic"
PEERS = (BY_KMEANS, BY_DENSITY, FASTOPIC)

MOST_OF_FASTOPIC = 20
"""Topics; with 89, 2,500 texts take minutes."""

LEAST_DOCUMENTS = 2
"""Documents of a term of FASTopic: with turftopic's 10, few terms are left of 1,000 texts, and its NMI halves."""


class EmbeddingMaps:
    """Maps of embeddings to five dimensions by UMAP with BERTopic's settings: one a seed, with its CPU seconds."""

    def __init__(self, embeddings: np.ndarray) -> None:
        self._embeddings = embeddings
        self.of_seed = lru_cache(maxsize=None)(self._made)

    def _made(self, seed: int) -> tuple[np.ndarray, float]:
        from umap import UMAP  # noqa: PLC0415 - not needed for the rest

        started = time.process_time()
        mapping = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed, n_jobs=1)
        embedded = np.asarray(mapping.fit_transform(self._embeddings))
        return embedded, time.process_time() - started


def peer_topics(
    way: str, texts: Sequence[str], embeddings: np.ndarray, maps: EmbeddingMaps, n_topics: int, seed: int
) -> tuple[np.ndarray, float]:
    """Return the topic of each document by one of `PEERS`, -1 for outliers, and CPU seconds, that of the map included.

    HDBSCAN finds the number of topics itself. FASTopic has the topic of the largest proportion.
    """
    before = 0.0 if way == FASTOPIC else maps.of_seed(seed)[1]
    started = time.process_time()
    if way == FASTOPIC:
        topics = _fastopic(texts, embeddings, n_topics, seed)
    else:
        topics = _bertopic(texts, maps.of_seed(seed)[0], n_topics if way == BY_KMEANS else None, seed)
    return topics, before + time.process_time() - started


def _bertopic(texts: Sequence[str], mapped: np.ndarray, n_topics: int | None, seed: int) -> np.ndarray:
    from bertopic import BERTopic  # noqa: PLC0415
    from bertopic.backend import BaseEmbedder  # noqa: PLC0415
    from bertopic.dimensionality import BaseDimensionalityReduction  # noqa: PLC0415

    clusters = {} if n_topics is None else {"hdbscan_model": KMeans(n_topics, n_init=10, random_state=seed)}
    model = BERTopic(embedding_model=BaseEmbedder(), umap_model=BaseDimensionalityReduction(), **clusters)
    topics, _ = model.fit_transform(list(texts), embeddings=mapped)
    return np.asarray(topics)


def _fastopic(texts: Sequence[str], embeddings: np.ndarray, n_topics: int, seed: int) -> np.ndarray:
    import torch  # noqa: PLC0415
    from sklearn.feature_extraction.text import CountVectorizer  # noqa: PLC0415
    from turftopic import FASTopic  # noqa: PLC0415

    torch.manual_seed(seed)  # its `random_state` is not used
    terms = CountVectorizer(min_df=LEAST_DOCUMENTS, stop_words="english")
    model = FASTopic(n_topics, encoder=_NoEncoder(), vectorizer=terms)
    return np.asarray(model.fit_transform(list(texts), embeddings=embeddings)).argmax(axis=1)


class _NoEncoder:
    """In place of a language model: embeddings are given, so none is loaded."""

    def encode(self, sentences: Any, *_: Any, **__: Any) -> np.ndarray:
        raise ValueError(f"Embeddings of {len(sentences):,} texts are missing.")
