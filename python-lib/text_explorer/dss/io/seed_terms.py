"""Read the optional dataset of seed terms, and find its terms in the corpus."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np

from text_explorer.dss.io.corpus_reader import DatasetCorpus
from text_explorer.dss.io.datasets import InputDataset
from text_explorer.errors import DataError
from text_explorer.topics.models.training import TrainedTopics
from text_explorer.topics.seeds.report import SeedReport, report_seeds
from text_explorer.topics.seeds.seed_terms import FoundSeed, SeededTopic, find_seeds, read_seeds, seed_counts

logger = logging.getLogger(__name__)


def read_seed_terms(names: list[str], n_topics: int) -> tuple[SeededTopic, ...]:
    """Read topic name, term and weight, the first three columns of the dataset, if there is one.

    One column alone is a `DataError`; the faults of the rows come in one `SettingsError`.
    """
    if not names:
        return ()
    dataset = InputDataset(names[0])
    if len(dataset.columns) < 2:
        raise DataError(
            f"The dataset of seed terms {dataset.name} must have at least two columns: the name of a topic and a term "
            f"of it; a third may hold its weight. It has: {', '.join(dataset.columns) or 'none'}."
        )
    wanted = dataset.columns[:3]
    rows = (
        (*cells, None)[:3]
        for chunk in dataset.chunks(wanted)
        for cells in chunk[wanted].itertuples(index=False, name=None)
    )
    return read_seeds(rows, n_topics)


@dataclass(frozen=True)
class SeedsOfCorpus:
    """Seeded topics and their seeds in a corpus, none for none.

    `counts` are int of shape (n_topics, n_terms) for the engine; None without seeds.
    """

    topics: tuple[SeededTopic, ...]
    found: list[FoundSeed]
    counts: Optional[np.ndarray]

    @classmethod
    def of(
        cls, topics: tuple[SeededTopic, ...], read: DatasetCorpus, *, n_topics: int, strength: float
    ) -> SeedsOfCorpus:
        """Find seeds in a corpus, in its languages; `strength` multiplies the weights."""
        if not topics:
            return cls((), [], None)
        languages = list(read.languages.as_dict()["n_texts"])
        found = find_seeds(topics, read.corpus.vocabulary, read.preparation, languages)
        return cls(topics, found, seed_counts(found, read.corpus, n_topics, strength=strength))

    def report(self, trained: TrainedTopics, first_topics: Optional[Sequence[int]] = None) -> SeedReport:
        """Return and log what became of the seeds; seeded topics began as the first ones unless given otherwise."""
        first_topics = range(len(self.topics)) if first_topics is None else first_topics
        report = report_seeds(
            self.topics, self.found, trained.corpus.vocabulary.terms, trained.model.topic_term_distr,
            trained.final_ids(first_topics),
        )  # fmt: skip
        for remark in report.sentences():
            logger.info("seed terms: %s", remark)
        return report
