"""Embeddings in 'Assign topics': read them where the model was trained with some, and tell what topics rest on."""

from __future__ import annotations

import logging
from typing import Optional

import numpy as np
import pandas as pd

from text_explorer.corpus.embeddings.parsing import OTHER_LENGTH, OTHER_MODEL, RowFaults, embeddings_of_model
from text_explorer.dss.batches.embedding_cells import sources_of
from text_explorer.topics.models.gsdmm import meaning_of
from text_explorer.topics.quality.meaning_checks import FitOfVectors
from text_explorer.topics.storage.stored_model import StoredTopics

logger = logging.getLogger(__name__)


class MeaningCounts:
    """Reads the embeddings of rows where the model has meaning and a column is set, and counts what was found."""

    def __init__(self, topics: StoredTopics, column: Optional[str]):
        meaning = meaning_of(topics.model)
        self.has_meaning, self.column = meaning is not None, column
        self.n_numbers = 0 if meaning is None else meaning.projection.n_numbers
        self.source = topics.embedding_model
        self.faults, self.fit = RowFaults(), FitOfVectors()

    def embeddings_of(self, chunk: pd.DataFrame) -> Optional[np.ndarray]:
        """Read the embeddings of some rows, see `embeddings_of_model`; None where texts are scored by words."""
        if not self.has_meaning or self.column is None:
            return None
        sources = sources_of(chunk, self.column)
        return embeddings_of_model(chunk[self.column], sources, self.n_numbers, self.source, self.faults)

    def merge(self, other: MeaningCounts) -> None:
        """Add the counts of other rows."""
        self.faults.merge(other.faults)
        self.fit.merge(other.fit)

    def log(self) -> None:
        """Log how many rows had an embedding, and whether they seem to be of another model."""
        if not self.has_meaning:
            if self.column is not None:
                logger.warning(
                    "the model was trained without embeddings: those in the column %s are ignored", self.column
                )
            return
        if self.column is None:
            logger.info(
                "the model was trained with embeddings; without an 'Embedding column' texts are scored by their words "
                "alone, which is a little less accurate"
            )
            return
        logger.info("embeddings in the column %s: %s", self.column, self.faults)
        n_others = self.faults.reasons[OTHER_LENGTH]
        if n_others:
            logger.warning(
                "%s embeddings in the column %s do not have the %s numbers of the model's, so that these texts are "
                "scored by their words alone: compute embeddings by the same model as at the training",
                f"{n_others:,}", self.column, self.n_numbers,
            )  # fmt: skip
        n_of_others = self.faults.reasons[OTHER_MODEL]
        if n_of_others:
            logger.warning(
                "%s embeddings in the column %s are of another embedding model than %s, that of the training, so that "
                "these texts are scored by their words alone: compute their embeddings by %s",
                f"{n_of_others:,}", self.column, self.source, self.source,
            )  # fmt: skip
        if self.fit.warning:
            logger.warning("%s", self.fit.warning)
