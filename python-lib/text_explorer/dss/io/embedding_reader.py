"""Read the embeddings of a dataset, and bring them to the vectors of a corpus."""

from __future__ import annotations

import logging
from typing import Optional

import numpy as np

from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.corpus.embeddings.document_vectors import DocumentVectors
from text_explorer.corpus.embeddings.parsing import EmbeddingCollector, RowFaults
from text_explorer.corpus.embeddings.projection import LEAST_ROWS, Projection, fit_projection
from text_explorer.topics.quality.meaning_checks import RareTermCheck, check_rare_terms

logger = logging.getLogger(__name__)

_ROWS_AT_ONCE = 10_000


def document_vectors(collected: EmbeddingCollector, column: str) -> Optional[DocumentVectors]:
    """Project the embeddings of all rows; None, with a warning, where they are too few or all the same.

    Raises
    ------
    DataError
        Where the column holds no embedding, or embeddings of several lengths.
    """
    embeddings, rows, source = collected.finish(column)
    projection = projection_of(embeddings, collected.faults, column)
    if projection is None:
        return None
    values = np.zeros((collected.faults.n_rows, projection.n_dimensions), dtype=np.float32)
    for first in range(0, len(rows), _ROWS_AT_ONCE):
        values[rows[first : first + _ROWS_AT_ONCE]] = projection.units(embeddings[first : first + _ROWS_AT_ONCE])
    return DocumentVectors(values, projection, source)


def projection_of(embeddings: np.ndarray, faults: RowFaults, column: str) -> Optional[Projection]:
    """Find the projection of a column's embeddings, or of some of them, and log it; see `fit_projection`."""
    logger.info("embeddings in the column %s: %s", column, faults)
    projection = fit_projection(embeddings, faults.n_given)
    if projection is None:
        logger.warning(
            "topics are found by words alone: %s embeddings in the column %s are fewer than %s, or all the same",
            f"{faults.n_given:,}", column, LEAST_ROWS,
        )  # fmt: skip
    else:
        logger.info(
            "embeddings of %s numbers in %s dimensions, which hold %.0f%% of their variance",
            projection.n_numbers, projection.n_dimensions, 100 * projection.explained,
        )  # fmt: skip
    return projection


def warn_of_strange_embeddings(corpus: Corpus) -> RareTermCheck:
    """Check, before any training, whether embeddings belong to the texts beside them, and log the result."""
    check = check_rare_terms(corpus)
    if check.warning:
        logger.warning("%s", check.warning)
    elif check.cosine is not None:
        logger.info(
            "texts that share a rare word have embeddings of mean cosine %.2f: they belong to each other", check.cosine
        )
    return check
