"""Form of 'Compare numbers of topics': its fields and its settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from text_explorer.dss.forms import shared
from text_explorer.dss.forms.params import ChoiceParam, IntegerParam, NumbersParam, Param, read_settings
from text_explorer.dss.forms.topics import EMBEDDINGS, MAX_TOPICS, MODEL_PARAMS, ModelSettings, check_priors
from text_explorer.topics.model_selection.fits import FitSettings
from text_explorer.topics.models.engines import AUTO as AUTO_ENGINE
from text_explorer.topics.models.engines import ENGINE_CHOICES, GSDMM

ALL_ENGINES = "all"
DEFAULT_SEEDS = 3
MAX_NUMBERS, MAX_SEEDS = 100, 50
MAX_SEED = 2_000_000_000
"""The engines require that the seeds after it are below 2**31 too."""

PARAMS: tuple[Param, ...] = (
    shared.TEXT_COLUMN,
    shared.LANGUAGE,
    ChoiceParam(
        "engine", "Method", AUTO_ENGINE,
        choices={**ENGINE_CHOICES, ALL_ENGINES: "All methods (three times as long or more)"},
    ),
    NumbersParam(
        "n_topics_list", "Numbers of topics", (), minimum=2, maximum=MAX_TOPICS, max_numbers=MAX_NUMBERS
    ),
    IntegerParam("n_seeds", "Number of seeds", DEFAULT_SEEDS, minimum=1, maximum=MAX_SEEDS),
    shared.SHOW_ADVANCED,
    shared.LANGUAGE_COLUMN,
    shared.STOP_WORDS,
    *shared.TERMS,
    shared.PLACEHOLDERS,
    shared.REPEATED_LINES,
    *shared.IGNORED,
    *EMBEDDINGS,
    NumbersParam(
        "n_topics_range", "Range of numbers", None, advanced=True, minimum=2, maximum=MAX_TOPICS,
        max_numbers=MAX_NUMBERS,
    ),
    IntegerParam("seed", "First seed", 0, advanced=True, maximum=MAX_SEED),
    *MODEL_PARAMS,
)  # fmt: skip


@dataclass(frozen=True)
class CompareSettings(ModelSettings):
    """Settings of 'Compare numbers of topics'; the form explains each.

    `numbers` are ascending, none where they go by the number of documents.
    """

    engine: str
    numbers: tuple[int, ...]
    n_seeds: int
    seed: int

    def fits(self, engine: str) -> list[FitSettings]:
        """Return the models of an engine to train, by number of topics, then by seed; 0 means automatic."""
        n_iterations, alpha, beta = self.n_iterations or None, self.alpha or None, self.beta or None
        kappa = self.most_kappa if engine == GSDMM.id else None
        return [
            FitSettings(engine, number, seed, n_iterations=n_iterations, alpha=alpha, beta=beta, most_kappa=kappa)
            for number in self.numbers
            for seed in range(self.seed, self.seed + self.n_seeds)
        ]


def read_compare_settings(config: Mapping[str, Any], columns: Sequence[str]) -> CompareSettings:
    """Read and validate the form; see `read_settings`."""
    values = read_settings(PARAMS, config, columns, check=check_priors)
    by_list, by_range = values.pop("n_topics_list"), values.pop("n_topics_range")
    return shared.build_settings(CompareSettings, values, numbers=by_range or by_list)
