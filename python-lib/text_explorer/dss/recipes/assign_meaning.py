"""Embeddings in 'Assign topics': read them where the model was trained with some, and tell what topics rest on."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Optional

import numpy as np
import pandas as pd

from text_explorer.columns import Column
from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.corpus.embeddings.parsing import OTHER_LENGTH, RowFaults, embeddings_of_length
from text_explorer.topics import columns
from text_explorer.topics.describing.scored_by import with_scored_by
from text_explorer.topics.models.gsdmm import GsdmmModel
from text_explorer.topics.quality.meaning_checks import FitOfVectors
from text_explorer.topics.storage.stored_model import StoredTopics

logger = logging.getLogger(__name__)


@dataclass
class MeaningOfRows:
    """Reads the embeddings of rows for a model; none where it was trained without, or no column is set."""

    model: Optional[GsdmmModel]  # trained with embeddings, else None
    column: Optional[str]
    faults: RowFaults = field(default_factory=RowFaults)
    fit: FitOfVectors = field(default_factory=FitOfVectors)

    @classmethod
    def of(cls, topics: StoredTopics, column: Optional[str]) -> MeaningOfRows:
        """Take a model and the column of embeddings, and log how texts are scored."""
        model = topics.model
        if not isinstance(model, GsdmmModel) or model.meaning is None:
            if column is not None:
                logger.warning("the model was trained without embeddings: those in the column %s are ignored", column)
            return cls(None, None)
        if column is None:
            logger.info(
                "the model was trained with embeddings; without an 'Embedding column' texts are scored by their words "
                "alone, which is a little less accurate"
            )
        return cls(model, column)

    @property
    def columns(self) -> list[Column]:
        """Columns to add."""
        return [] if self.model is None else columns.MEANING

    def embeddings_of(self, chunk: pd.DataFrame) -> Optional[np.ndarray]:
        """Read the embeddings of some rows; see `embeddings_of_length`."""
        if self.model is None or self.model.meaning is None or self.column is None:
            return None
        return embeddings_of_length(chunk[self.column], self.model.meaning.projection.n_numbers, self.faults)

    def added_to(self, added: pd.DataFrame, bags: Corpus) -> pd.DataFrame:
        """Add what the topics of some rows rest on."""
        if self.model is None:
            return added
        self.fit.add(self.model, bags)
        return with_scored_by(added, bags)

    def log(self) -> None:
        """Log how many rows had an embedding, and whether they seem to be of another model."""
        if self.model is None or self.model.meaning is None or self.column is None:
            return
        n_numbers, n_others = self.model.meaning.projection.n_numbers, self.faults.reasons[OTHER_LENGTH]
        logger.info("embeddings in the column %s: %s", self.column, self.faults)
        if n_others:
            logger.warning(
                "%s embeddings in the column %s do not have the %s numbers of the model's, so that these texts are "
                "scored by their words alone: compute embeddings by the same model as at the training",
                f"{n_others:,}", self.column, n_numbers,
            )  # fmt: skip
        if self.fit.warning:
            logger.warning("%s", self.fit.warning)
