"""Form of 'Discover topics': its fields and its settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Optional

from text_explorer.concurrency.threads import available_workers
from text_explorer.dss.forms import shared
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
from text_explorer.topics.models.engines import AUTO as AUTO_ENGINE
from text_explorer.topics.models.engines import ENGINE_CHOICES, GIBBS_LDA, VARIATIONAL_LDA
from text_explorer.topics.models.meaning.clusters import HIGH, LOW, NORMAL
from text_explorer.topics.models.training import EngineSettings

MAX_TOPICS = 1_000
MIN_PRIOR = 1e-4
"""Smaller priors have no further effect, and products of probabilities would underflow."""


def _by_gensim(values: Mapping[str, Any]) -> bool:
    return bool(values["engine"] == VARIATIONAL_LDA.id)


def _may_use_embeddings(values: Mapping[str, Any]) -> bool:
    return values["engine"] not in (GIBBS_LDA.id, VARIATIONAL_LDA.id)


NO_MEANING, NORMAL_MEANING = "none", "normal"
KAPPA_OF_MEANING = {NO_MEANING: 0.0, "low": LOW, NORMAL_MEANING: NORMAL, "high": HIGH}
MEANING_LABELS = {NO_MEANING: "None (words only)", "low": "Low", NORMAL_MEANING: "Normal", "high": "High"}
EMBEDDINGS: tuple[Param, ...] = (
    replace(shared.EMBEDDING_COLUMN, applies=_may_use_embeddings, advanced=True),
    ChoiceParam(
        "meaning_weight",
        "Weight of meaning",
        NORMAL_MEANING,
        _may_use_embeddings,
        advanced=True,
        choices=MEANING_LABELS,
    ),
)
PRIORS = (
    NumberParam("alpha", "Document-topic prior (alpha)", 0.0, advanced=True, maximum=100.0),
    NumberParam("beta", "Topic-term prior (beta)", 0.0, advanced=True, maximum=100.0),
)
MODEL_PARAMS: tuple[Param, ...] = (
    IntegerParam("n_iterations", "Iterations", 0, advanced=True, maximum=10_000),
    *PRIORS,
)
PARAMS: tuple[Param, ...] = (
    shared.TEXT_COLUMN,
    shared.LANGUAGE,
    shared.ID_COLUMN,
    ColumnParam("date_column", "Date column", None),
    ColumnsParam("group_columns", "Group columns", ()),
    ChoiceParam("engine", "Method", AUTO_ENGINE, choices=ENGINE_CHOICES),
    IntegerParam("n_topics", "Number of topics", 20, minimum=2, maximum=MAX_TOPICS),
    shared.SHOW_ADVANCED,
    shared.LANGUAGE_COLUMN,
    shared.STOP_WORDS,
    *shared.TERMS,
    shared.PLACEHOLDERS,
    shared.REPEATED_LINES,
    *shared.IGNORED,
    *EMBEDDINGS,
    IntegerParam("seed", "Seed", 0, advanced=True),
    *MODEL_PARAMS,
    NumberParam("seed_strength", "Seed term strength", 1.0, advanced=True, minimum=0.1, maximum=10.0),
    NumberParam("previous_weight", "Weight of the previous model", 0.1, advanced=True, maximum=10.0),
    FlagParam("several_processes", "Use several processes", False, _by_gensim, advanced=True),
    shared.SHARE_COLUMNS,
)


@dataclass(frozen=True)
class ModelSettings(shared.CorpusSettings):
    """Settings of the recipes that fit topic models."""

    n_iterations: int
    alpha: float
    beta: float
    embedding_column: Optional[str]
    meaning_weight: str

    @property
    def used_embeddings(self) -> Optional[str]:
        """Column of embeddings to read; None where words alone count."""
        return None if self.meaning_weight == NO_MEANING else self.embedding_column

    @property
    def most_kappa(self) -> Optional[float]:
        """Weight of embeddings in training; None without them."""
        return KAPPA_OF_MEANING[self.meaning_weight] if self.used_embeddings else None


@dataclass(frozen=True)
class TopicsSettings(ModelSettings):
    """Settings of 'Discover topics'; the form explains each. The manifest of the model holds all of them."""

    id_column: Optional[str]
    date_column: Optional[str]
    group_columns: tuple[str, ...]
    engine: str
    n_topics: int
    seed_strength: float
    previous_weight: float
    share_columns: bool
    show_advanced: bool
    seed: int
    several_processes: bool

    def for_engine(self) -> EngineSettings:
        """Return the settings of the engine; 0 means automatic."""
        return EngineSettings(
            engine=self.engine,
            n_topics=self.n_topics,
            n_iterations=self.n_iterations or None,
            alpha=self.alpha or None,
            beta=self.beta or None,
            seed=self.seed,
            most_kappa=self.most_kappa,
            n_processes=available_workers() if self.several_processes else 1,
        )

    def as_dict(self) -> dict[str, Any]:
        """Return all settings by param, ready for JSON; the weight of a previous model is told with that model."""
        left_out = ("preparation", "previous_weight")
        own = {field.name: getattr(self, field.name) for field in fields(self) if field.name not in left_out}
        return {**own, "group_columns": list(self.group_columns), **self.preparation.as_dict()}


def check_priors(values: Mapping[str, Any]) -> list[str]:
    """Return the faults of priors that are too small, but not 0, which is automatic."""
    return [
        f"'{param.label}' must be 0 (automatic) or a number from {MIN_PRIOR:g} to {param.maximum:g}. "
        f"Got {values[param.name]:g}."
        for param in PRIORS
        if 0 < (values[param.name] or 0) < MIN_PRIOR
    ]


def read_topics_settings(config: Mapping[str, Any], columns: Sequence[str]) -> TopicsSettings:
    """Read and validate the form; see `read_settings`."""
    values = read_settings(PARAMS, config, columns, check=check_priors)
    return shared.build_settings(TopicsSettings, values, show_advanced=values[shared.SHOW_ADVANCED.name])
