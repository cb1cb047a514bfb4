"""The form of 'Discover topics': its fields, and the settings made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Optional

from text_explorer.corpus.bag_of_words import WordSettings
from text_explorer.corpus.languages import AUTO, LANGUAGES
from text_explorer.corpus.stop_words import own_stop_words
from text_explorer.dss.settings import (
    ChoiceParam,
    ColumnParam,
    ColumnsParam,
    FlagParam,
    IntegerParam,
    NumberParam,
    Param,
    WordsParam,
    read_settings,
)
from text_explorer.topics import gsdmm, variational_lda
from text_explorer.topics.engines import AUTO as AUTO_ENGINE
from text_explorer.topics.engines import EngineSettings

MOST_TOPICS = 1_000


PARAMS: tuple[Param, ...] = (
    ColumnParam("text_column", "Text column"),
    ChoiceParam("language", "Language", AUTO, choices=(AUTO, *LANGUAGES)),
    ColumnParam("id_column", "Document id column", None),
    ColumnParam("date_column", "Date column", None),
    ColumnsParam("group_columns", "Group columns", ()),
    ChoiceParam("engine", "Method", AUTO_ENGINE, choices=(AUTO_ENGINE, variational_lda.ENGINE, gsdmm.ENGINE)),
    IntegerParam("n_topics", "Number of topics", 20, least=2, most=MOST_TOPICS),
    WordsParam("extra_stop_words", "Further stop words", ()),
    FlagParam("show_advanced", "Show advanced settings", False),
    IntegerParam("seed", "Seed", 0, advanced=True),
    IntegerParam("n_iterations", "Iterations", 0, advanced=True, most=10_000),
    NumberParam("alpha", "Document-topic prior (alpha)", 0.0, advanced=True, most=100.0),
    NumberParam("beta", "Topic-term prior (beta)", 0.0, advanced=True, most=100.0),
    IntegerParam("min_documents", "Minimum documents per term", 0, advanced=True, most=1_000_000),
    NumberParam("max_document_share", "Maximum share of documents per term", 0.5, advanced=True, least=0.001, most=1.0),
    IntegerParam("max_terms", "Largest vocabulary", 100_000, advanced=True, least=10, most=2_000_000),
    FlagParam("keep_numbers", "Keep numbers", False, advanced=True),
)


@dataclass(frozen=True)
class TopicsSettings:
    """Checked settings of 'Discover topics'; see the form for what each does."""

    text_column: str
    language: str
    id_column: Optional[str]
    date_column: Optional[str]
    group_columns: tuple[str, ...]
    engine: str
    n_topics: int
    extra_stop_words: tuple[str, ...]
    show_advanced: bool
    seed: int
    n_iterations: int
    alpha: float
    beta: float
    min_documents: int
    max_document_share: float
    max_terms: int
    keep_numbers: bool

    def for_engine(self) -> EngineSettings:
        """Give the engine its part; zero stands for 'automatic'."""
        return EngineSettings(
            engine=self.engine,
            n_topics=self.n_topics,
            n_iterations=self.n_iterations or None,
            alpha=self.alpha or None,
            beta=self.beta or None,
            seed=self.seed,
        )

    def for_words(self, language: str, stop_words: Sequence[str]) -> WordSettings:
        """Give the corpus its part, with the language found and the words of the stop word dataset."""
        return WordSettings(
            language=language,
            extra_stop_words=own_stop_words([*self.extra_stop_words, *stop_words]),
            keep_numbers=self.keep_numbers,
            min_documents=self.min_documents,
            max_document_share=self.max_document_share,
            max_terms=self.max_terms,
        )

    def as_dict(self) -> dict[str, Any]:
        """Give all settings by name, ready for JSON."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}


def read_topics_settings(config: Mapping[str, Any], columns: Sequence[str]) -> TopicsSettings:
    """Check the form.

    Parameters
    ----------
    config
        The form's values.
    columns
        Names of the columns of the documents.

    Raises
    ------
    SettingsError
        With every fault.
    """
    return TopicsSettings(**read_settings(PARAMS, config, columns))
