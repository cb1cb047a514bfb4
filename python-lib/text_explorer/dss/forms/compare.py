"""The form of 'Compare numbers of topics': its fields, and the settings made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Optional

from text_explorer.corpus.words.preparation import Preparation
from text_explorer.dss.forms.params import (
    ChoiceParam,
    FlagParam,
    IntegerParam,
    NumberParam,
    NumbersParam,
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
from text_explorer.dss.forms.topics import MOST_TOPICS, check_priors
from text_explorer.topics.model_selection.fits import FitSettings
from text_explorer.topics.models.engines import AUTO as AUTO_ENGINE
from text_explorer.topics.models.engines import ENGINE_CHOICES

ALL_ENGINES = "all"
DEFAULT_NUMBERS = (5, 10, 15, 20, 30, 50)
"""Steps that widen: from 5 to 10 topics much changes, from 45 to 50 little."""

DEFAULT_SEEDS = 3
MOST_NUMBERS, MOST_SEEDS = 100, 50
LARGEST_SEED = 2_000_000_000
"""The seeds that follow must still be below 2**31, as the engines ask."""

PARAMS: tuple[Param, ...] = (
    TEXT_COLUMN,
    *LANGUAGE,
    ChoiceParam("engine", "Method", AUTO_ENGINE, choices={**ENGINE_CHOICES, ALL_ENGINES: "All methods"}),
    NumbersParam(
        "n_topics_list", "Numbers of topics", DEFAULT_NUMBERS, least=2, most=MOST_TOPICS, most_numbers=MOST_NUMBERS
    ),
    NumbersParam(
        "n_topics_range", "Range of numbers", None, least=2, most=MOST_TOPICS, most_numbers=MOST_NUMBERS
    ),
    IntegerParam("n_seeds", "Number of seeds", DEFAULT_SEEDS, least=1, most=MOST_SEEDS),
    STOP_WORDS,
    *TERMS,
    FlagParam("show_advanced", "Show advanced settings", False),
    IntegerParam("seed", "First seed", 0, advanced=True, most=LARGEST_SEED),
    IntegerParam("n_iterations", "Iterations", 0, advanced=True, most=10_000),
    NumberParam("alpha", "Document-topic prior (alpha)", 0.0, advanced=True, most=100.0),
    NumberParam("beta", "Topic-term prior (beta)", 0.0, advanced=True, most=100.0),
    *ADVANCED_TERMS,
    PLACEHOLDERS,
    *PASSED_OVER,
)  # fmt: skip


@dataclass(frozen=True)
class CompareSettings:
    """Checked settings of 'Compare numbers of topics'; see the form for what each does.

    Attributes
    ----------
    numbers
        The numbers of topics to compare, rising.
    """

    text_column: str
    language: str
    language_column: Optional[str]
    engine: str
    numbers: tuple[int, ...]
    n_seeds: int
    show_advanced: bool
    seed: int
    n_iterations: int
    alpha: float
    beta: float
    placeholders_as_empty: bool
    preparation: Preparation

    def fits(self, engine: str) -> list[FitSettings]:
        """Give the models of an engine, by number of topics, then by seed; zero stands for 'automatic'."""
        options = {
            "n_iterations": self.n_iterations or None,
            "alpha": self.alpha or None,
            "beta": self.beta or None,
        }
        seeds = range(self.seed, self.seed + self.n_seeds)
        return [FitSettings(engine, number, seed, **options) for number in self.numbers for seed in seeds]


def read_compare_settings(config: Mapping[str, Any], columns: Sequence[str]) -> CompareSettings:
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
    by_list, by_range = values.pop("n_topics_list"), values.pop("n_topics_range")
    return CompareSettings(**values, numbers=by_range or by_list, preparation=preparation)
