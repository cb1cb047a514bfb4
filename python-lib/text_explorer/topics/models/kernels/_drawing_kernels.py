"""Draw the topics of documents from a fixed model, each document by itself; compiled by numba."""

from __future__ import annotations

import numpy as np

from text_explorer.compiled import compiled
from text_explorer.topics.models.kernels._sampling_kernels import draw, next_random


@compiled
def draw_documents(offsets, term_ids, term_probabilities, alpha, streams, n_draws, counts):
    """Add to `counts` each word of each document, by its term and the topic drawn last.

    A word is drawn first by its probabilities alone, then `n_draws` times by those times n_dk + alpha_k of the other
    words of its document (Griffiths & Steyvers, equation 5, with the topics fixed).

    Parameters
    ----------
    offsets : int64 array of shape (D + 1,); `term_ids` : int32 array of shape (n_words,)
    term_probabilities : float32 array of shape (V, K), K padded, 0 in the topics added
    alpha : float32 array of shape (K,)
    streams : uint64 array of shape (D,), not 0
        State of each document's random numbers.
    counts : int64 array of shape (V, K), changed
    """
    n_topics, state = len(alpha), np.empty(1, np.uint64)
    doc, weights = np.empty(n_topics, np.float32), np.empty(n_topics, np.float32)
    for d in range(len(offsets) - 1):
        terms = term_ids[offsets[d] : offsets[d + 1]]
        topics = np.empty(len(terms), np.int64)
        state[0] = streams[d]
        doc[:] = alpha
        for i in range(len(terms)):
            topics[i] = draw(term_probabilities[terms[i]], n_topics, next_random(state))
            doc[topics[i]] += np.float32(1.0)
        for _ in range(n_draws):
            for i in range(len(terms)):
                doc[topics[i]] -= np.float32(1.0)
                row = term_probabilities[terms[i]]
                for k in range(n_topics):
                    weights[k] = doc[k] * row[k]
                topics[i] = draw(weights, n_topics, next_random(state))
                doc[topics[i]] += np.float32(1.0)
        for i in range(len(terms)):
            counts[terms[i], topics[i]] += 1
