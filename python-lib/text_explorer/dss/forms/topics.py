"""The form of 'Discover topics': its fields, and the settings made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Optional

from text_explorer.concurrency.threads import available_workers
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.dss.forms.outputs import SHARE_COLUMNS
from text_explorer.dss.forms.params import (
    ChoiceParam,
    ColumnParam,
    ColumnsParam,
    FlagParam,
    IntegerParam,
    NumberParam,
    Param,
    read_settings,
)
from text_explorer.dss.forms.preparation import (
    ADVANCED_TERMS,
    LANGUAGE,
    PASSED_OVER,
    PLACEHOLDERS,
    STOP_WORDS,
    TERMS,
    TEXT_COLUMN,
    pop_preparation,
)
from text_explorer.topics.models.engines import AUTO as AUTO_ENGINE
from text_explorer.topics.models.engines import ENGINE_CHOICES, VARIATIONAL_LDA
from text_explorer.topics.models.training import EngineSettings

MOST_TOPICS = 1_000
LEAST_PRIOR = 1e-4
"""Smaller ones mean nothing more, and would bring products of probabilities near to what a number can hold."""


def _by_gensim(values: Mapping[str, Any]) -> bool:
    return values["engine"] == VARIATIONAL_LDA.id


PARAMS: tuple[Param, ...] = (
    TEXT_COLUMN,
    *LANGUAGE,
    ColumnParam("id_column", "Document id column", None),
    ColumnParam("date_column", "Date column", None),
    ColumnsParam("group_columns", "Group columns", ()),
    ChoiceParam("engine", "Method", AUTO_ENGINE, choices=ENGINE_CHOICES),
    IntegerParam("n_topics", "Number of topics", 20, least=2, most=MOST_TOPICS),
    STOP_WORDS,
    *TERMS,
    NumberParam("seed_strength", "Strength of seed terms", 1.0, least=0.1, most=10.0),
    SHARE_COLUMNS,
    FlagParam("show_advanced", "Show advanced settings", False),
    IntegerParam("seed", "Seed", 0, advanced=True),
    IntegerParam("n_iterations", "Iterations", 0, advanced=True, most=10_000),
    NumberParam("alpha", "Document-topic prior (alpha)", 0.0, advanced=True, most=100.0),
    NumberParam("beta", "Topic-term prior (beta)", 0.0, advanced=True, most=100.0),
    FlagParam("several_processes", "Several processes", False, _by_gensim, advanced=True),
    *ADVANCED_TERMS,
    PLACEHOLDERS,
    *PASSED_OVER,
)


@dataclass(frozen=True)
class TopicsSettings:
    """Checked settings of 'Discover topics'; see the form for what each does."""

    text_column: str
    language: str
    language_column: Optional[str]
    id_column: Optional[str]
    date_column: Optional[str]
    group_columns: tuple[str, ...]
    engine: str
    n_topics: int
    seed_strength: float
    share_columns: bool
    show_advanced: bool
    seed: int
    n_iterations: int
    alpha: float
    beta: float
    several_processes: bool
    placeholders_as_empty: bool
    preparation: Preparation

    def for_engine(self) -> EngineSettings:
        """Give the engine its part; zero stands for 'automatic'."""
        return EngineSettings(
            engine=self.engine,
            n_topics=self.n_topics,
            n_iterations=self.n_iterations or None,
            alpha=self.alpha or None,
            beta=self.beta or None,
            seed=self.seed,
            n_processes=available_workers() if self.several_processes else 1,
        )

    def as_dict(self) -> dict[str, Any]:
        """Give all settings by the names of the form, ready for JSON."""
        own = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "preparation"}
        return {**own, "group_columns": list(self.group_columns), **self.preparation.as_dict()}


def check_priors(values: Mapping[str, Any]) -> list[str]:
    """Give the faults of priors that are above 0, which is automatic, and yet too small."""
    return [
        f"'{param.label}' must be 0 (automatic) or a number from {LEAST_PRIOR:g} to {param.most:g}. "
        f"Got {values[param.name]:g}."
        for param in PARAMS
        if param.name in ("alpha", "beta") and 0 < (values[param.name] or 0) < LEAST_PRIOR
    ]


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
    values = read_settings(PARAMS, config, columns, check=check_priors)
    preparation = pop_preparation(values)
    return TopicsSettings(**values, preparation=preparation)
